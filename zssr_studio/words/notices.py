"""What a notice of a run says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.engine.events import Death, NoticeKind
from zssr_studio.words.say import english, marked

if TYPE_CHECKING:
    from zssr_studio.engine.events import Notice
    from zssr_studio.words.say import Say

GB = 1e9
NOTICE_TEXTS = {
    NoticeKind.COPIED: marked("A scale of 1 enlarges nothing: the picture is copied, and nothing is trained."),
    NoticeKind.GRADUAL_LEFT_OUT: marked(
        "A kernel is known for the wanted scale only, so the gradual scales between are left out."
    ),
    NoticeKind.BEATEN: marked(
        "Training did not beat interpolation on this picture's own reconstruction, so the result is bicubic "
        "interpolation with back-projection."
    ),
    NoticeKind.MADE_SMALLER: marked(
        "The blur reaches further than the network sees, so it is undone on the picture made {times} times smaller, "
        "which loses nothing that such a blur left; the result is as large as was asked for."
    ),
    NoticeKind.HALOS: marked(
        "Edges came out with halos, as where a picture is less blurred than was assumed: only {percent} % of what was "
        "learned is taken. A narrower kernel may bring more."
    ),
    NoticeKind.RESTRAINED: marked(
        "Flat parts came out rougher than interpolation leaves them, though they were to be cleaned: there "
        "{percent} % of what was learned is taken, and all of it where the picture has detail."
    ),
    NoticeKind.SLIGHT_NOISE: marked(
        "Flat parts hold noise that is too slight to be cleaned, and it came out rougher than interpolation leaves it: "
        "there {percent} % of what was learned is taken, and all of it where the picture has detail."
    ),
    NoticeKind.RESTARTED: marked("The network died: {death}. It starts again with a smaller learning rate."),
    NoticeKind.ENDS_EARLY: marked(
        "Training ends after {seconds:.0f} s: twice as much promises less than {least_gain_db:g} dB here."
    ),
    NoticeKind.RUN_ON_PROCESSOR: marked(
        "The memory of the {device} device is full: the run starts again on the processor."
    ),
    NoticeKind.STEPS_NOT_RECORDED: marked(
        "The graphics card could not record the steps of the training ({reason}), so they are asked for one by one, "
        "which is slower and gives the same result."
    ),
    NoticeKind.OUTPUT_ON_PROCESSOR: marked(
        "The memory of the {device} device is full: the processor makes the output."
    ),
    NoticeKind.FEWER_PASSES: marked(
        "Stopped while enlarging: what is left of the picture is made in one pass instead of {most}, which is sooner "
        "done and slightly less fine."
    ),
    NoticeKind.BLOCKS_DIFFER: marked(
        "The memory does not take the whole picture at once, and each pixel that this network makes depends on all of "
        "it: it is made in blocks, which can differ slightly from the whole."
    ),
    NoticeKind.OVER_BUDGET: marked(
        "The picture and the program take {held_gb:.1f} GB already, more than the {allowed_gb:g} GB that were allowed; "
        "the output is made in the smallest blocks."
    ),
    NoticeKind.FEWER_THREADS: marked(
        "Other programs keep the processor busy: for now this run uses {threads} of {most} threads."
    ),
    NoticeKind.THREADS_HELD_UP: marked(
        "Other programs keep the processor busy, and this run often waits for them. Bounded in steps it keeps its "
        "{most} threads, so that it gives the same bits as ever. With fewer of them a run is faster now (in the "
        "terminal --threads {threads}); its bits are the same each time, but can be other ones than with {most}."
    ),
}
# What is said while the run goes on, and not beyond its end: it is over then, or asks nothing of a person.
PASSING = frozenset(
    {
        NoticeKind.MADE_SMALLER,
        NoticeKind.FEWER_THREADS,
        NoticeKind.THREADS_HELD_UP,
        NoticeKind.ENDS_EARLY,
        NoticeKind.FEWER_PASSES,
        NoticeKind.SLIGHT_NOISE,
    }
)
DEATH_TEXTS = {
    Death.NOT_FINITE: marked("its loss is no number any more"),
    Death.LOST: marked("its loss is back at the level of interpolation"),
    Death.DIVERGED: marked("its loss is far above that of interpolation"),
    Death.SILENT: marked("none of its inner units answers any more"),
}


def notice_text(notice: Notice, say: Say = english) -> str:
    """Say a notice in a sentence.

    Parameters
    ----------
    notice : Notice
    say : Say
        `english`, or the translator of the window.

    Examples
    --------
    >>> from zssr_studio.engine.events import Notice, NoticeKind
    >>> notice_text(Notice(NoticeKind.ENDS_EARLY, {"seconds": 12.4, "least_gain_db": 0.02}))
    'Training ends after 12 s: twice as much promises less than 0.02 dB here.'
    """
    values: dict[str, object] = dict(notice.values)
    if "death" in values:
        values["death"] = say(DEATH_TEXTS[Death(str(values["death"]))])
    for name in ("held", "allowed"):
        if f"{name}_bytes" in notice.values:
            values[f"{name}_gb"] = float(notice.values[f"{name}_bytes"]) / GB
    return say(NOTICE_TEXTS[notice.kind], **values)
