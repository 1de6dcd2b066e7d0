"""The errors that a person can meet: each says what happened, where, and what to do next."""

from __future__ import annotations

# What is said where a program is ended at once, while it loads as well.
INTERRUPTED = "zssr-studio: interrupted; what was not finished is not written\n"


class StudioError(Exception):
    """Base of all errors whose message is meant for a person.

    Parameters
    ----------
    message : str
        One or two whole sentences: what happened, where, and what to do next.
    """


class BadInputError(StudioError):
    """What was given cannot be used: a file that is no picture, a kernel that is no kernel, a value out of range."""


class FailureError(StudioError):
    """The input was good, but the work could not be done: a full disk, too little memory, a missing device."""
