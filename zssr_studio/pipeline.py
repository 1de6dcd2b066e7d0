"""Job to events to result: the only place where a picture becomes a tensor and a tensor becomes a picture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import torch

from zssr_studio.engine.augment import MIN_FATHER_PX, SMALLER_FATHERS, Fathers, liveliest_part, versions
from zssr_studio.engine.config import PRESETS, Preset, Scale
from zssr_studio.engine.config import Stage as StageConfig
from zssr_studio.engine.degradation import Degradation
from zssr_studio.engine.device import CPU, choose_device, is_out_of_memory
from zssr_studio.engine.events import Enlarging, Notice, Reason, StageStarted, Started
from zssr_studio.engine.metrics import psnr_db, rmse
from zssr_studio.engine.network import build
from zssr_studio.engine.refine import back_projected
from zssr_studio.engine.refine import enlarged as self_ensemble
from zssr_studio.engine.train import Stage, Trainer
from zssr_studio.errors import FailureError
from zssr_studio.job import Job, Result

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from zssr_studio.engine.events import Event
    from zssr_studio.imaging.picture import Picture

Size = tuple[int, int]
RESULT_VERSIONS = (0.875, 0.75, 0.625, 0.5, 0.375)
LEAST_GAIN = 1.1


def never() -> bool:
    """Let a run come to its own end."""
    return False


def upscale(job: Job, stop: Callable[[], bool] = never, *, previews: bool = True) -> Generator[Event, None, Result]:
    """Train on the job's picture and enlarge it.

    Parameters
    ----------
    job : Job
    stop : callable
        Asked between two steps; once it says True, training ends and the best so far is enlarged and returned.
    previews : bool
        Whether to spend about a twentieth of the time on previews.

    Yields
    ------
    Event
        Advancing is what makes the run go on; not advancing pauses it, closing discards it.

    Returns
    -------
    Result

    Raises
    ------
    BadInputError, FailureError
        With a sentence for a person.
    """
    device = choose_device(job.device)
    try:
        return (yield from _Run(job, device, stop, previews).events())
    except (RuntimeError, MemoryError) as error:
        if not is_out_of_memory(error):
            raise
        if device.type == CPU:
            raise _memory_failure(job) from error
    yield Notice(f"The memory of the {device.type} device is full: the run starts again on the processor.")
    if device.type == "cuda":
        torch.cuda.empty_cache()
    try:
        return (yield from _Run(job, torch.device(CPU), stop, previews).events())
    except (RuntimeError, MemoryError) as error:
        if not is_out_of_memory(error):
            raise
        raise _memory_failure(job) from error


def _memory_failure(job: Job) -> FailureError:
    height, width = job.scale.out_size(job.source.height, job.source.width)
    return FailureError(
        f"This machine's memory is not enough to enlarge to {width} x {height} pixels. Close other programs, draw a "
        "smaller crop or choose a smaller scale. The picture is untouched."
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Run:
    """One job on one device."""

    job: Job
    device: torch.device
    stop: Callable[[], bool]
    previews: bool

    def events(self) -> Generator[Event, None, Result]:
        job = self.job
        source = job.source
        lr = to_tensor(source.pixels, self.device)
        preset = PRESETS[job.preset]
        stages = _stages(job, preset)
        out_size = job.scale.out_size(source.height, source.width)
        trainer = self._trainer(preset, source.channels)
        parameters = sum(weight.numel() for weight in trainer.network.parameters())
        yield Started(str(self.device), *out_size, len(stages), parameters)
        if len(stages) < len(preset.stages):
            yield Notice("A kernel is known for the wanted scale only, so the gradual steps between are left out.")
        return (yield from self._stages(trainer, lr, stages, preset))

    def _trainer(self, preset: Preset, channels: int) -> Trainer:
        generator = torch.Generator().manual_seed(self.job.seed)
        network = build(preset, channels, self.job.scale.factors, generator).to(self.device)
        return Trainer(network, preset, generator, previews=self.previews)

    def _stages(
        self, trainer: Trainer, lr: torch.Tensor, stages: tuple[StageConfig, ...], preset: Preset
    ) -> Generator[Event, None, Result]:
        """Train, enlarge, and let each result join the HR fathers of the next stage."""
        fathers = Fathers(lr, () if preset.affine else versions(lr, SMALLER_FATHERS, MIN_FATHER_PX))
        total = sum(stage.share for stage in stages)
        done = 0.0
        for index, config in enumerate(stages):
            stage = _stage(self.job, preset, fathers, config, index, done / total, config.share / total)
            yield StageStarted(index, stage.degradation.scale, trainer.steps)
            yield from trainer.train(stage, self.stop)
            done += config.share
            final = index == len(stages) - 1 or self.stop()
            if final:
                stage = replace(stage, degradation=self._degradation())
            source = lr if final or preset.affine else liveliest_part(lr)
            out = yield from self._enlarge(trainer, source, stage, preset)
            if final:
                break
            results = (*fathers.results, out) if preset.affine else (out, *_result_versions(out, source))
            fathers = replace(fathers, results=results)
        return self._result(out, lr, trainer)

    def _degradation(self) -> Degradation:
        return Degradation(self.job.scale.factors, self.job.kernel)

    def _enlarge(
        self, trainer: Trainer, lr: torch.Tensor, stage: Stage, preset: Preset
    ) -> Generator[Event, None, torch.Tensor]:
        out_size = Scale(*stage.degradation.scale).out_size(lr.shape[-2], lr.shape[-1])
        rounds = _rounds(self.job, preset)
        # Written so that a reconstruction error that is no number counts as lost.
        if not trainer.reconstruction_rmse(stage) <= trainer.interpolation_rmse(stage):
            yield Notice(
                "Training did not beat interpolation on this picture's own reconstruction, so the result is bicubic "
                "interpolation with back-projection."
            )
            return back_projected(stage.degradation.upscale(lr, out_size), lr, stage.degradation, rounds)
        steps = self_ensemble(trainer.averaged, lr, stage.degradation, preset, out_size, rounds)
        while True:
            try:
                progress = next(steps)
            except StopIteration as end:
                return end.value  # type: ignore[no-any-return]
            yield Enlarging(stage.index, progress)

    def _result(self, out: torch.Tensor, lr: torch.Tensor, trainer: Trainer) -> Result:
        source, degradation = self.job.source, self._degradation()
        clipped = out.clamp(0, 1)
        error = rmse(degradation.downscale(clipped, (source.height, source.width)), lr)
        bicubic = degradation.upscale(lr, (out.shape[-2], out.shape[-1])).clamp(0, 1)
        return Result(
            picture=self._picture(clipped),
            bicubic=self._picture(bicubic),
            reason=Reason.STOPPED if self.stop() else Reason.COMPLETED,
            device=str(self.device),
            steps=trainer.steps,
            training_s=trainer.elapsed_s,
            psnr_consistency_db=psnr_db(error),
        )

    def _picture(self, out: torch.Tensor) -> Picture:
        """Make a picture of an enlarged tensor, with alpha enlarged by interpolation."""
        source = self.job.source
        alpha = None
        if source.alpha is not None:
            plane = to_tensor(source.alpha[:, :, None], out.device)
            enlarged_alpha = Degradation(self.job.scale.factors).upscale(plane, (out.shape[-2], out.shape[-1]))
            alpha = np.ascontiguousarray(to_array(enlarged_alpha.clamp(0, 1))[:, :, 0])
        return replace(source, pixels=to_array(out), alpha=alpha, pixels_per_inch=self._resolution())

    def _resolution(self) -> tuple[float, float] | None:
        """Scale the resolution with the picture, so that its physical size is kept."""
        ppi = self.job.source.pixels_per_inch
        scale = self.job.scale
        return None if ppi is None else (ppi[0] * scale.vertical, ppi[1] * scale.horizontal)


def to_tensor(pixels: np.ndarray[tuple[int, ...], np.dtype[np.float32]], device: torch.device) -> torch.Tensor:
    """Turn pixels (H, W, C), float32, into a tensor (1, C, H, W)."""
    return torch.from_numpy(pixels.transpose(2, 0, 1)[None].copy()).to(device)


def to_array(x: torch.Tensor) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Turn a tensor (1, C, H, W) into pixels (H, W, C), float32."""
    array: np.ndarray[tuple[int, ...], np.dtype[np.float32]] = x[0].permute(1, 2, 0).cpu().contiguous().numpy()
    return array


def _stages(job: Job, preset: Preset) -> tuple[StageConfig, ...]:
    """Leave out steps that the scale makes empty (an axis of 1) and, with a kernel, those at other scales."""
    wanted = job.scale.factors
    kept: list[StageConfig] = []
    seen: set[tuple[float, float]] = set()
    for stage in preset.stages:
        scale = _scale_of(stage, job.scale)
        final = scale == wanted
        if (final or (job.kernel is None and scale not in seen)) and max(scale) > 1:
            kept.append(stage)
            seen.add(scale)
    return tuple(kept)


def _scale_of(stage: StageConfig, scale: Scale) -> tuple[float, float]:
    vertical, horizontal = (
        round(factor**exponent, 6) for factor, exponent in zip(scale.factors, stage.exponent, strict=True)
    )
    return (vertical, horizontal) if stage.exponent != (1, 1) else scale.factors


def _stage(
    job: Job, preset: Preset, fathers: Fathers, config: StageConfig, index: int, done_before: float, share: float
) -> Stage:
    scale = _scale_of(config, job.scale)
    steps, seconds = job.steps, job.seconds
    if steps is None and seconds is None:
        seconds = preset.seconds
    stage_steps = None if steps is None else max(1, round(steps * (done_before + share)) - round(steps * done_before))
    limits = [n for n in (stage_steps, preset.max_steps) if n is not None]
    return Stage(
        index=index,
        fathers=fathers,
        degradation=Degradation(scale, job.kernel if scale == job.scale.factors else None),
        noise_std=job.noise_std,
        rate=config.rate,
        seconds=None if seconds is None else seconds * share,
        steps=min(limits, default=None),
        done_before=done_before,
        share=share,
    )


def _rounds(job: Job, preset: Preset) -> int:
    """Count the rounds of back-projection: none for a noisy picture, whose noise they would bring back."""
    if job.noise_std:
        return 0
    return preset.back_projections if job.kernel is None else preset.kernel_back_projections


def _result_versions(out: torch.Tensor, lr: torch.Tensor) -> tuple[torch.Tensor, ...]:
    """Smaller versions of a result that are still larger than the input."""
    gain = min(out.shape[-2] / lr.shape[-2], out.shape[-1] / lr.shape[-1])
    return versions(out, tuple(f for f in RESULT_VERSIONS if f * gain > LEAST_GAIN), 1)
