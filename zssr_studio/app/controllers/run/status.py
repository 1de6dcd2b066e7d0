"""What the window says about a run and lets a person do: pure functions of the models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.app.language import tr
from zssr_studio.app.models.run.run import RunState
from zssr_studio.engine.events import Reason

if TYPE_CHECKING:
    from zssr_studio.app.models.run.run import RunModel
    from zssr_studio.imaging.picture import Picture
    from zssr_studio.job import Outcome


def line_of(run: RunModel) -> str:
    """Return where a run stands in one line: how much is done and left while it goes on, its outcome afterwards."""
    state, remark = status_of(run)
    fraction = fraction_of(run)
    if fraction is None:
        return f"{state} · {remark}" if remark else state
    done = f"{state} · {fraction:.0%}"
    if run.state is not RunState.TRAINING or run.step is None or run.step.eta_s is None:
        return done
    return tr("{done} · about {left_s:.0f} s left", done=done, left_s=run.step.eta_s)


def fraction_of(run: RunModel) -> float | None:
    """Return how much of a run is done, 0 to 1; None while none goes on."""
    if not run.is_running:
        return None
    if run.state is RunState.ENLARGING:
        return run.enlarging
    return 0.0 if run.step is None else run.step.progress


def status_of(run: RunModel) -> tuple[str, str]:
    """Return the state in a few words, and the figures."""
    match run.state:
        case RunState.IDLE:
            return tr("Ready"), ""
        case RunState.TRAINING | RunState.PAUSED:
            return _training(run)
        case RunState.ENLARGING:
            return tr("Enlarging{stage}", stage=_stage(run)), f"{run.enlarging:.0%}"
        case RunState.FAILED:
            return tr("Failed"), tr("The reason stands over the picture.")
        case RunState.FINISHED:
            if run.result is None:
                return tr("Finished"), ""
            return status_of_result(run.result.picture, run.result.outcome)


def status_of_result(picture: Picture, outcome: Outcome, name: str = "") -> tuple[str, str]:
    """Return the same for a run that came to its end; `name` tells which one of several."""
    figures = [
        f"{picture.width} × {picture.height}",
        tr("meets the input at {psnr_db:.1f} dB", psnr_db=outcome.psnr_consistency_db),
        tr("no outside pictures used"),
    ]
    if outcome.reason is Reason.STOPPED:
        state = tr("{name} stopped", name=name) if name else tr("Stopped")
    else:
        state = tr("{name} finished", name=name) if name else tr("Finished")
    return state, " · ".join(figures)


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
        tr("Step"): f"{step}",
        tr("Elapsed"): f"{elapsed_s:.0f} s",
        tr("Left", "time"): "–" if left_s is None else tr("about {left_s:.0f} s", left_s=left_s),
        tr("Speed"): "–" if speed is None else tr("{speed:.3g} steps/s", speed=speed),
        tr("Memory"): f"{held_bytes / 1e9:.1f} GB",
        tr("Device"): device,
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


def _training(run: RunModel) -> tuple[str, str]:
    title = tr("Paused") if run.state is RunState.PAUSED else tr("Training")
    if run.step is None:
        return f"{title}{_stage(run)}", tr("getting ready")
    remarks = (
        [] if run.reconstruction is None else [tr("reconstruction error {rmse:.4f}", rmse=run.reconstruction.rmse)]
    )
    if run.gain_db is not None:
        remarks.append(f"{run.gain_db:+.1f} dB")
    return f"{title}{_stage(run)}", " · ".join(remarks)


def _stage(run: RunModel) -> str:
    if run.started is None or run.stage is None or run.started.stages == 1:
        return ""
    return tr(", stage {stage} of {stages}", stage=run.stage.stage + 1, stages=run.started.stages)
