"""Texts of the engine that stand in the window: marked here for `lupdate`, because the engine knows no Qt.

They are said through `tr` where they are shown; a test keeps this table complete.
"""

from __future__ import annotations

from zssr_studio.app.language import marked

KERNEL_TEXTS = (
    marked("Gaussian"),
    marked("A soft lens or a scanner. The widths are standard deviations, along the angle and across it."),
    marked("Defocus disc"),
    marked("Out of focus: each point of light became an even disc."),
    marked("Motion line"),
    marked("Camera or subject moved along a straight line while the picture was taken."),
    marked("Box"),
    marked("Each pixel of the picture is the plain mean of a block, as simple programs and binning sensors make it."),
    *(marked("Width along"), marked("Width across"), marked("Angle"), marked("Radius")),
    *(marked("Length"), marked("Height"), marked("Width")),
)
