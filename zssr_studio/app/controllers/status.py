"""What the window says about a run and lets a person do: pure functions of the models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.app.models.run import RunState
from zssr_studio.engine.events import Reason

if TYPE_CHECKING:
    from zssr_studio.app.models.run import RunModel
    from zssr_studio.imaging.picture import Picture
    from zssr_studio.job import Outcome


def status_of(run: RunModel) -> tuple[str, str, float]:
    """Return the state in a few words, the figures, and the progress from 0 to 1."""
    match run.state:
        case RunState.IDLE:
            return "Ready", "", 0.0
        case RunState.TRAINING | RunState.PAUSED:
            return _training(run)
        case RunState.ENLARGING:
            return f"Enlarging{_stage(run)}", f"{run.enlarging:.0%}", run.step.progress if run.step else 0.0
        case RunState.FAILED:
            return "Failed", "The reason stands above the picture.", 0.0
        case RunState.FINISHED:
            if run.result is None:
                return "Finished", "", 1.0
            return status_of_result(run.result.picture, run.result.outcome)


def status_of_result(picture: Picture, outcome: Outcome, name: str = "") -> tuple[str, str, float]:
    """Return the same for a run that came to its end; `name` tells which one of several."""
    figures = [
        f"{picture.width} × {picture.height}",
        f"meets the input at {outcome.psnr_consistency_db:.1f} dB",
        "no outside pictures used",
    ]
    state = "stopped" if outcome.reason is Reason.STOPPED else "finished"
    return f"{name} {state}" if name else state.capitalize(), " · ".join(figures), 1.0


def figures_of(run: RunModel, held_bytes: int) -> dict[str, str]:
    """Return the figures of a run by their names, those of a finished one from its outcome.

    Parameters
    ----------
    held_bytes : int
        Memory of the whole program.
    """
    if run.result is not None:
        return figures_of_outcome(run.result.outcome, held_bytes)
    if run.step is None:
        return {}
    device = "–" if run.started is None else run.started.device
    speed, left_s = run.history.steps_per_s, run.step.eta_s if run.is_running else None
    return _figures(run.step.step, run.step.elapsed_s, left_s, speed, held_bytes, device)


def figures_of_outcome(outcome: Outcome, held_bytes: int) -> dict[str, str]:
    """Return the figures of a run that came to its end."""
    speed = outcome.steps / outcome.training_s if outcome.training_s > 0 else None
    return _figures(outcome.steps, outcome.training_s, None, speed, held_bytes, outcome.device)


def _figures(
    step: int, elapsed_s: float, left_s: float | None, speed: float | None, held_bytes: int, device: str
) -> dict[str, str]:
    return {
        "Step": f"{step}",
        "Elapsed": f"{elapsed_s:.0f} s",
        "Left": "–" if left_s is None else f"about {left_s:.0f} s",
        "Speed": "–" if speed is None else f"{speed:.3g} steps/s",
        "Memory": f"{held_bytes / 1e9:.1f} GB",
        "Device": device,
    }


def enabled_actions(run: RunModel, *, has_picture: bool, has_crop: bool, has_result: bool) -> dict[str, bool]:
    """Tell which actions that depend on the state can be taken."""
    training = run.state in (RunState.TRAINING, RunState.PAUSED)
    return {
        "export": has_result,
        "crop": has_picture,
        "remove_crop": has_crop,
        "fit": has_picture,
        "actual": has_picture,
        "double": has_picture,
        "start": has_picture,
        "pause": training,
        "stop": training,
    }


def _training(run: RunModel) -> tuple[str, str, float]:
    title = "Paused" if run.state is RunState.PAUSED else "Training"
    if run.step is None:
        return f"{title}{_stage(run)}", "getting ready", 0.0
    remarks = [] if run.reconstruction is None else [f"reconstruction error {run.reconstruction.rmse:.4f}"]
    if run.gain_db is not None:
        remarks.append(f"{run.gain_db:+.1f} dB")
    return f"{title}{_stage(run)}", " · ".join(remarks), run.step.progress


def _stage(run: RunModel) -> str:
    if run.started is None or run.stage is None or run.started.stages == 1:
        return ""
    return f", phase {run.stage.stage + 1} of {run.started.stages}"
