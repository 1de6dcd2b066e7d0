"""What presets are called, and one sentence about each."""

from __future__ import annotations

from zssr_studio.words.say import marked

PRESET_TITLES = {
    "fast": marked("Fast"),
    "best": marked("Best"),
    "paper": marked("Paper"),
    "gradual": marked("Gradual"),
}
PRESET_SUMMARIES = {
    "fast": marked("A small network at the picture's own resolution; a good result in under a minute."),
    "best": marked("As fast, with a wider network and more time, for the last tenths of a decibel."),
    "paper": marked("The method of the paper, line by line; ends by its own rule after minutes."),
    "gradual": marked("The paper's method in six growing scales; slow and a little better."),
}
