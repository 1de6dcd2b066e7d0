"""Enlarge a piece of a photo and look at what came out.

A script, and a notebook too: editors such as VS Code, Spyder and PyCharm run the cells between the `# %%` lines. It
takes under a minute on two cores, and needs scikit-image for its photo:

    python examples/enlarge_a_crop.py [--steps 200] [--folder .]
"""

# %% What it needs
import argparse
from pathlib import Path

import numpy as np
from PIL import Image
from skimage import data

import zssr_studio as zs
from zssr_studio.engine.events import Step

parser = argparse.ArgumentParser(description="Enlarge a piece of a photo, from that piece alone.")
parser.add_argument("--steps", type=int, default=200, help="training steps; more make it sharper")
parser.add_argument("--folder", type=Path, default=Path(), help="where the results are written")
asked = parser.parse_known_args()[0]  # a notebook has arguments of its own

# %% [markdown]
# ## The photo
# A cup of coffee by Rachel Michetti, who gave it into the public domain (CC0). It comes with scikit-image as an array
# of shape (400, 600, 3), uint8. To judge a result one has to know the truth: the piece is made half as large, by
# averaging squares of four pixels, and enlarged again.

# %% A piece, and its smaller version
truth = data.coffee()[60:188, 230:390]
squares = truth.reshape(64, 2, 80, 2, 3)
small = np.rint(squares.mean(axis=(1, 3))).astype(np.uint8)
print("the small piece:", small.shape, small.dtype)

# %% What the small piece tells of itself
print("noise and compression:", zs.find_damage(small) or "none that would be worth cleaning")
print("its blur:", zs.estimate_kernel(small, scale=2).kernel or "that of an ordinary downscaling")


# %% [markdown]
# ## Enlarge it
# The network is trained on this piece alone, here and now. Averaging squares of four pixels is a box of 2 pixels, so
# the blur is known here, and is named. Leave `kernel` away where you do not know it.


# %% Train, and say now and then how far it is
def tell(event: object) -> None:
    """Say now and then how far the training is."""
    if isinstance(event, Step) and event.step % 50 == 0:
        print(f"  step {event.step}, loss {event.loss:.4f}")


result = zs.upscale(small, scale=2, kernel="box:2", steps=asked.steps, on_event=tell)
print(result.settings)
print("the result:", result.pixels.shape, result.pixels.dtype)

# %% [markdown]
# ## How good is it?
# `consistency_db` tells how well the result, made small again, meets the piece. It is high for every method that adds
# nothing that the piece denies, and does not make a detail true. Here the truth is known, so it can be asked.


# %% Against the truth
def psnr_db(pixels: np.ndarray) -> float:
    """Peak signal-to-noise ratio against the truth, in dB."""
    error = np.mean((pixels.astype(float) - truth) ** 2)
    return float(10 * np.log10(255**2 / error))


print(f"consistency with the small piece: {result.consistency_db:.1f} dB")
print(f"against the truth: {psnr_db(result.pixels):.2f} dB")
bicubic = Image.fromarray(small).resize((160, 128), Image.Resampling.BICUBIC)
print(f"bicubic interpolation: {psnr_db(np.asarray(bicubic)):.2f} dB")

# %% Keep it
for note in result.save(asked.folder / "coffee_twice.png", overwrite=True):
    print(note)
print("saved", asked.folder / "coffee_twice.png")

# %% In a notebook, the last line of a cell shows the result
result  # noqa: B018
