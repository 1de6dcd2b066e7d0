"""The shapes of kernels in words, by the names that the engine has for families and their parameters."""

from __future__ import annotations

from zssr_studio.words.say import marked

FAMILY_TITLES = {
    "gaussian": marked("Gaussian"),
    "disc": marked("Defocus disc"),
    "motion": marked("Motion line"),
    "box": marked("Box"),
}
# When each of them is right.
FAMILY_MEANINGS = {
    "gaussian": marked("A soft lens or a scanner. The widths are standard deviations, along the angle and across it."),
    "disc": marked("Out of focus: each point of light became an even disc."),
    "motion": marked("Camera or subject moved along a straight line while the picture was taken."),
    "box": marked(
        "Each pixel of the picture is the plain mean of a block, as simple programs and binning sensors make it."
    ),
}
PARAMETER_TITLES = {
    "width along": marked("Width along"),
    "width across": marked("Width across"),
    "angle": marked("Angle"),
    "radius": marked("Radius"),
    "length": marked("Length"),
    "height": marked("Height"),
    "width": marked("Width"),
}
