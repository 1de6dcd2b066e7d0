"""`python packaging/first_screen.py` makes the two pictures of the first screen anew, with the program itself.

Both show the same part of the sample photo at the same size: as bicubic interpolation enlarges it, and as the program
does, from that part alone. The number of steps and the seed make it repeatable on a processor.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image

import zssr_studio as zs

FOLDER = Path(__file__).parents[1] / "resources" / "first-screen"
# The eyes: rows and columns of the sample photo, chosen for the fur and the whiskers in it.
TOP, LEFT, HEIGHT, WIDTH = 76, 96, 128, 236
SCALE, STEPS = 3, 300
# Without a trace of the codec at the size at which they are shown; chosen.
JPEG_QUALITY = 90


def main() -> None:
    """Write both pictures."""
    FOLDER.mkdir(exist_ok=True)
    sample = zs.resource_path("sample.png")
    with Image.open(sample) as photo:
        part = photo.crop((LEFT, TOP, LEFT + WIDTH, TOP + HEIGHT))
    before = part.resize((SCALE * WIDTH, SCALE * HEIGHT), Image.Resampling.BICUBIC)
    result = zs.upscale(
        sample, scale=SCALE, crop=(TOP, LEFT, HEIGHT, WIDTH), kernel="auto", steps=STEPS, device="cpu", seed=0
    )
    for name, picture in (("before", before), ("after", Image.fromarray(result.pixels))):
        picture.save(FOLDER / f"{name}.jpg", quality=JPEG_QUALITY, subsampling=0, optimize=True)


if __name__ == "__main__":
    main()
