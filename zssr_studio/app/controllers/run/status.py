"""What the window says about a run and lets a person do: pure functions of the models."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from zssr_studio.app.controllers.compare.result_rows import seconds_text
from zssr_studio.app.language import number_text, percent_text, tr
from zssr_studio.app.models.run.run import RunState
from zssr_studio.engine.config import PRESETS
from zssr_studio.engine.events import Reason
from zssr_studio.words.methods import LEARNED_FROM_TEXTS
from zssr_studio.words.say import duration_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zssr_studio.app.models.run.made_by import MadeBy
    from zssr_studio.app.models.run.run import RunModel
    from zssr_studio.engine.maps import MapFigures
    from zssr_studio.imaging.picture import Picture
    from zssr_studio.job import Job, Outcome

# A run is little trained under this share of the steps that this machine makes undisturbed. Chosen.
LITTLE_SHARE = 1 / 3
# And under so many in any case, where nothing is known of the machine. Chosen.
LEAST_STEPS = 100


def line_of(run: RunModel, usual_steps: float | None = None) -> str:
    """Return where a run stands in one line: how much is done and left while it goes on, its outcome afterwards."""
    state, remark = status_of(run, usual_steps)
    return f"{state} · {remark}" if remark else state


def fraction_of(run: RunModel) -> float | None:
    """Return how much of a run is done, training and enlarging together, 0 to 1; None while none goes on."""
    return run.clock.share if run.is_running else None


def status_of(run: RunModel, usual_steps: float | None = None) -> tuple[str, str]:
    """Return the state in a few words, and the figures.

    Parameters
    ----------
    run : RunModel
    usual_steps : float or None
        How many steps this machine makes undisturbed in the time that the run trained; None where that is unknown.
    """
    match run.state:
        case RunState.IDLE:
            return tr("Ready"), ""
        case RunState.TRAINING | RunState.PAUSED | RunState.ENLARGING:
            return _going(run)
        case RunState.FAILED:
            return tr("Failed"), tr("The reason stands over the picture.")
        case RunState.FINISHED:
            if run.result is None or run.job is None:
                return tr("Finished"), ""
            return status_of_result(run.result.picture, run.job, run.result.outcome, usual_steps, made_by=run.made_by)


def status_of_result(
    picture: Picture,
    job: Job,
    outcome: Outcome,
    usual_steps: float | None,
    name: str = "",
    made_by: MadeBy | None = None,
) -> tuple[str, str]:
    """Return the same for a run that came to its end; `name` tells which one of several."""
    figures = [
        *_done(job, outcome, usual_steps),
        *([] if made_by is None else [tr("made in {time}", time=seconds_text(outcome.output_s))]),
        # Before what may be cut off where the line has no room, and stands among the details too.
        tr("no outside pictures used") if made_by is None else tr(LEARNED_FROM_TEXTS[made_by.learned_from]),
        f"{picture.width} × {picture.height}",
        _match_text(outcome),
    ]
    if made_by is not None and not name:
        name = tr(made_by.name)
    if outcome.reason is Reason.STOPPED:
        state = tr("{name} stopped", name=name) if name else tr("Stopped")
    else:
        state = tr("{name} finished", name=name) if name else tr("Finished")
    return state, " · ".join(figures)


def _match_text(outcome: Outcome) -> str:
    if math.isinf(outcome.psnr_consistency_db):
        return tr("equals the input")
    return tr("matches the input: {psnr_db:.1f} dB", psnr_db=outcome.psnr_consistency_db)


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
    speed, left_s = run.history.steps_per_s, run.clock.left_s if run.is_running else None
    return _figures(run.step.step, run.clock.elapsed_s, left_s, speed, held_bytes, device)


def figures_of_outcome(outcome: Outcome, held_bytes: int) -> dict[str, str]:
    """Return the figures of a run that came to its end."""
    if outcome.weights is None:
        return _figures(0, outcome.output_s, None, None, held_bytes, outcome.device)
    speed = outcome.steps / outcome.training_s if outcome.training_s > 0 else None
    figures = _figures(outcome.steps, outcome.training_s, None, speed, held_bytes, outcome.device)
    return figures | _map_figures(outcome.figures)


def _map_figures(figures: MapFigures | None) -> dict[str, str]:
    """Return what the maps come to; nothing where they are not known."""
    if figures is None:
        return {}
    unstable = figures.unstable
    return {
        tr("Unstable", "share of the picture"): "–" if unstable is None else _share(unstable.share, 1),
        tr("Not consistent", "share of the picture"): _share(figures.beyond_share, 2),
    }


def _share(share: float, decimals: int) -> str:
    return f"{number_text(100 * share, decimals)} %"


def _figures(
    step: int, elapsed_s: float, left_s: float | None, speed: float | None, held_bytes: int, device: str
) -> dict[str, str]:
    return {
        tr("Step"): f"{step}",
        tr("Elapsed"): duration_text(elapsed_s, tr),
        tr("Left", "time"): "–" if left_s is None else tr("about {time}", time=duration_text(left_s, tr)),
        tr("Speed"): "–" if speed is None else tr("{speed:.3g} steps/s", speed=speed),
        tr("Memory"): f"{number_text(held_bytes / 1e9, 1)} GB",
        tr("Device"): device,
    }


def enabled_actions(run: RunModel, *, has_picture: bool, has_crop: bool, has_result: bool) -> dict[str, bool]:
    """Tell which actions that depend on the state can be taken."""
    return {
        "export": has_result,
        "report": has_result,
        "crop": has_picture,
        "remove_crop": has_crop,
        "fit": has_picture,
        "actual": has_picture,
        "double": has_picture,
        "start": has_picture,
        "pause": run.is_running,
        "stop": run.is_running,
    }


def is_little(job: Job, outcome: Outcome, usual_steps: float | None) -> bool:
    """Tell whether a run trained so little that to train on is worthwhile.

    A number of steps that was asked for is what was wanted.
    """
    if outcome.weights is None or job.steps is not None:
        return False
    return outcome.steps < max(LEAST_STEPS, LITTLE_SHARE * (usual_steps or 0))


def is_short(job: Job, outcome: Outcome, usual_steps: float | None) -> bool:
    """Tell whether to train on is worth offering: little was trained, or a person stopped it."""
    was_stopped = outcome.reason is Reason.STOPPED and outcome.passes_share == 1
    return outcome.weights is not None and (was_stopped or is_little(job, outcome, usual_steps))


def _done(job: Job, outcome: Outcome, usual_steps: float | None) -> Iterator[str]:
    """Say what a run did, and why it ended."""
    if outcome.weights is None:
        return
    done = tr("{steps} steps in {time}", steps=outcome.steps, time=duration_text(outcome.training_s, tr))
    if is_little(job, outcome, usual_steps) and usual_steps is not None and usual_steps > outcome.steps:
        usual = number_text(float(f"{usual_steps:.2g}")) if usual_steps < 100 else f"{round(usual_steps, -1):.0f}"
        yield tr("only {done}, where about {usual} are usual here", done=done, usual=usual)
    elif is_little(job, outcome, usual_steps):
        yield tr("only {done}, which is little", done=done)
    else:
        yield f"{done}, {_why(job, outcome)}"
    if outcome.passes_share < 1:
        yield tr("{share:.0%} of the passes of the enlargement", share=outcome.passes_share)


def _why(job: Job, outcome: Outcome) -> str:
    bound_s = job.seconds if job.steps is not None else job.seconds or PRESETS[job.preset].seconds
    if outcome.reason is Reason.STOPPED and outcome.passes_share == 1:
        return tr("then stopped")
    if job.steps is not None and outcome.steps >= job.steps:
        return tr("as many as were asked for")
    if bound_s is not None and outcome.training_s >= bound_s:
        return tr("its time was up")
    return tr("ended by itself, since more promised little")


def _going(run: RunModel) -> tuple[str, str]:
    going = tr("Enlarging") if run.is_enlarging else tr("Training")
    if run.made_by is not None:
        going = tr("Enlarging by {name}", name=tr(run.made_by.name))
    title = tr("Paused") if run.state is RunState.PAUSED else going
    if run.step is None and not run.is_enlarging:
        return f"{title}{_stage(run)}", tr("getting ready")
    remarks = [percent_text(run.clock.share)]
    if run.clock.left_s is not None:
        remarks.append(tr("about {time} left", time=duration_text(run.clock.left_s, tr)))
    if run.reconstruction is not None and not run.is_enlarging:
        remarks.append(tr("reconstruction error {rmse:.4f}", rmse=run.reconstruction.rmse))
    if run.gain_db is not None and not run.is_enlarging:
        remarks.append(tr("{gain:+.1f} dB", gain=run.gain_db))
    return f"{title}{_stage(run)}", " · ".join(remarks)


def _stage(run: RunModel) -> str:
    if run.started is None or run.stage is None or run.started.stages == 1 or run.is_enlarging:
        return ""
    return tr(", stage {stage} of {stages}", stage=run.stage.stage + 1, stages=run.started.stages)
