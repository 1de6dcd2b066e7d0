"""Whether a colour profile can be that of a picture; one that cannot is set aside, and that is said."""

from __future__ import annotations

import numpy as np

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.colour import profiles

_KINDS = {"rgb": "RGB colours", "gray": "gray", "cmyk": "CMYK colours", "lab": "Lab colours"}


def fitting_profile(profile: bytes | None, channels: int, name: str) -> tuple[bytes | None, tuple[str, ...]]:
    """Return a profile if it fits a picture of 1 (gray) or 3 (RGB) channels and can be used, else None; and notes.

    Parameters
    ----------
    profile : bytes or None
    channels : int
    name : str
        What the picture is called.
    """
    if profile is None:
        return None, ()
    held = "gray" if channels == 1 else "rgb"
    usual = "gray with the tones of sRGB" if channels == 1 else "sRGB"
    taken = f"it was set aside, and the picture is taken for {usual}."
    space = profiles.space_of(profile)
    if space != held:
        told = (
            f"is one for {_KINDS[space]} and does not fit its {_KINDS[held]}"
            if space
            else "is damaged, or is none for RGB or gray"
        )
        return None, (f"The colour profile of {name} {told}; {taken}",)
    try:
        profiles.converted(np.zeros((1, 1, channels), np.float32), profile, profiles.named_profile(profiles.SRGB))
    except BadInputError:
        return None, (f"The colour profile of {name} is damaged; {taken}",)
    return profile, ()
