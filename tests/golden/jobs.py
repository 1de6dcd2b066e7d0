"""Short runs that go through every part of the engine, and what is remembered of their results.

`python -m tests.golden.jobs` writes them anew, after a change that is meant to change the results.
"""

from __future__ import annotations

import hashlib
import json
import platform
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import numpy as np
import torch
from PIL import Image

from tests.runs import returned
from zssr_studio import pipeline
from zssr_studio.engine.config import Scale
from zssr_studio.engine.damage import Damage, Noise
from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.estimation.inspection import find_damage
from zssr_studio.engine.estimation.kernel_estimate import estimate_kernel
from zssr_studio.engine.kernels.shapes import Shape
from zssr_studio.imaging.picture import Crop, Picture
from zssr_studio.job import Job
from zssr_studio.jpeg_tables import JpegTables
from zssr_studio.resource import resource_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from zssr_studio.job import Result

FOLDER = Path(__file__).parent
VALUES, HASHES = FOLDER / "results.npz", FOLDER / "hashes.json"
BLURS = ("gaussian:2.4,1.6,30", "disc:5", "motion:10,120")
NO_HALF = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")


def sample() -> NDArray[np.float32]:
    """Return the sample photo, (H, W, 3)."""
    with Image.open(resource_path("sample.png")) as image:
        return np.asarray(image.convert("RGB"), np.float32) / 255


def jobs() -> dict[str, Job]:
    """Return one run for each way through the engine."""
    pixels = sample()
    colour, gray = Picture(pixels), Picture(pixels.mean(axis=2, keepdims=True))
    crop, double = Crop(100, 120, 72, 88), (2.0, 2.0)
    uncertain = Shape.parse("gaussian:1.6,1.1,30").kernel(double)
    uncertain = type(uncertain)(uncertain.taps, uncertain.name, 0.25)
    poor = Damage(Noise((0.02, 0.03, 0.025), (0.05, 0.0, 0.01)), JpegTables.of_quality(60), grain=0.3)
    return {
        "fast": Job(colour, crop=crop, steps=48, seed=1),
        "fast-kernel": Job(colour, crop=crop, steps=48, seed=2, kernel=uncertain),
        "fast-poor": Job(colour, crop=crop, steps=24, seed=3, kernel=uncertain, damage=poor),
        "fast-x4": Job(gray, Scale(4, 4), crop=Crop(90, 90, 40, 48), steps=48, seed=4),
        "fast-1.5x2": Job(colour, Scale(1.5, 2), crop=crop, steps=24, seed=5),
        "best": Job(gray, preset="best", crop=crop, steps=12, seed=6),
        "paper": Job(colour, preset="paper", crop=crop, steps=10, seed=7),
        "paper-motion": Job(
            colour, preset="paper", crop=crop, steps=8, seed=8, kernel=Shape.parse("motion:5,30").kernel(double)
        ),
        "gradual": Job(gray, preset="gradual", crop=Crop(90, 90, 40, 48), steps=12, seed=9),
    }


@contextmanager
def one_way_to_compute() -> Iterator[None]:
    """Compute with one thread and in 32 bits, so that other processors come near."""
    threads = torch.get_num_threads()
    with mock.patch.multiple(torch.cpu, **{name: lambda: False for name in NO_HALF if hasattr(torch.cpu, name)}):
        torch.set_num_threads(1)
        try:
            yield
        finally:
            torch.set_num_threads(threads)


def result_of(job: Job) -> Result:
    """Do a run."""
    with one_way_to_compute():
        return returned(pipeline.upscale(job, previews=False))[1]


def thinned(result: Result) -> NDArray[np.uint8]:
    """Return every third pixel of a result in 8 bits."""
    return np.rint(result.picture.pixels[::3, ::3] * 255).astype(np.uint8)


def found() -> dict[str, list[float]]:
    """Return what the estimates find in three made pictures, as numbers."""
    pixels = sample()[:240, :320]
    draws = np.random.default_rng(5).normal(0, 0.04, pixels.shape)
    noisy = (pixels + draws).clip(0, 1).astype(np.float32)
    made = {"sharp": pixels, "noisy": noisy, **{shape: _shrunk(sample(), Shape.parse(shape)) for shape in BLURS}}
    told: dict[str, list[float]] = {}
    for name, picture in made.items():
        damage = find_damage(picture)
        kernel = estimate_kernel(picture, (2.0, 2.0), damage).kernel
        noise = () if damage.noise is None else (*damage.noise.std, *damage.noise.gain)
        shape = () if kernel is None else (*kernel.widths_px, *kernel.centre_of_mass)
        told[name] = [float(value) for value in (*noise, *shape)]
    return told


def _shrunk(pixels: NDArray[np.float32], shape: Shape) -> NDArray[np.float32]:
    """Halve a picture under a blur, and round it as a file does."""
    lr = Degradation((2.0, 2.0), shape.kernel((2.0, 2.0))).downscale(torch.from_numpy(pixels).permute(2, 0, 1)[None])
    return np.ascontiguousarray(np.rint(255 * lr[0].permute(1, 2, 0).numpy().clip(0, 1)) / 255, np.float32)


def machine() -> str:
    """Name what decides the last bits: torch, and the processor."""
    cpu = Path("/proc/cpuinfo")
    model = (
        ""
        if not cpu.exists()
        else "".join(
            line.partition(":")[2]
            for line in cpu.read_text().splitlines()[:12]
            if line.startswith(("cpu family", "model"))
        )
    )
    return f"torch {torch.__version__}, {platform.machine()}, {torch.backends.cpu.get_cpu_capability()},{model}"


def sha256(result: Result) -> str:
    """Hash the pixels and, since they may be interpolation's, what the network learned."""
    digest = hashlib.sha256(np.ascontiguousarray(result.picture.pixels))
    assert result.outcome.weights is not None
    for name, array in sorted(result.outcome.weights.arrays.items()):
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(array))
    return digest.hexdigest()


def main() -> None:
    results = {name: result_of(job) for name, job in jobs().items()}
    np.savez_compressed(VALUES, **{name: thinned(result) for name, result in results.items()})
    known = json.loads(HASHES.read_text()) if HASHES.exists() else {"found": {}, "results": {}}
    known["found"] = found()
    known["results"][machine()] = {name: sha256(result) for name, result in results.items()}
    HASHES.write_text(json.dumps(known, indent=2) + "\n")
    print(machine())


if __name__ == "__main__":
    main()
