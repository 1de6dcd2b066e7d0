"""IPTC's digital source types in words, the usual one first; a test keeps the table complete."""

from __future__ import annotations

from zssr_studio.app.language import marked

SOURCE_TYPES: dict[str | None, str] = {
    "algorithmicallyEnhanced": marked("Algorithmically enhanced"),
    None: marked("As the source says"),
    "digitalCapture": marked("Digital capture"),
    "computationalCapture": marked("Computational capture"),
    "negativeFilm": marked("Negative film"),
    "positiveFilm": marked("Positive film"),
    "print": marked("Print"),
    "humanEdits": marked("Human edits"),
    "compositeCapture": marked("Composite of captures"),
    "composite": marked("Composite"),
    "compositeSynthetic": marked("Composite with synthetic parts"),
    "digitalCreation": marked("Digital creation"),
    "dataDrivenMedia": marked("Made from data"),
    "algorithmicMedia": marked("Made by an algorithm"),
    "trainedAlgorithmicMedia": marked("Made by a trained algorithm"),
    "compositeWithTrainedAlgorithmicMedia": marked("Composite with parts by a trained algorithm"),
    "screenCapture": marked("Screen capture"),
    "virtualRecording": marked("Recording of a virtual world"),
    "multiFrameComputationalCapture": marked("Computational capture of several frames"),
}
