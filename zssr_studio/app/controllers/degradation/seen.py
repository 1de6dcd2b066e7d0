"""Says what was found in the open picture, and lets a person decide what of it is undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.language import marked, tr
from zssr_studio.app.models.degradation.degradation import title_of
from zssr_studio.app.models.degradation.found import FindingKind, cause_in, is_same
from zssr_studio.app.views.degradation.seen_panel import SeenRow
from zssr_studio.engine.damage import Damage
from zssr_studio.engine.estimation.sureness import jpeg_sureness, kernel_sureness, noise_sureness
from zssr_studio.words.findings import damage_text, kernel_finding_text
from zssr_studio.words.seen import (
    NO_KERNEL_TEXTS,
    NOTHING_FOUND,
    SURENESS_TEXTS,
    jpeg_seen,
    kernel_seen,
    noise_seen,
)

if TYPE_CHECKING:
    from zssr_studio.app.models.degradation.degradation import DegradationModel
    from zssr_studio.app.models.degradation.found import Found
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.settings import Settings, SettingsModel
    from zssr_studio.app.views.degradation.seen_panel import SeenPanel
    from zssr_studio.imaging.picture import Picture

NO_PICTURE = marked("Open a picture. Blur, noise and compression are found by themselves.")
LOOKING = marked("Looking at the picture …")
NOT_LOOKED_AT = marked("The picture was not looked at. Estimate, under Expert, does it.")
BY_HAND = marked("Set by hand, in the place of what is found; it goes on to the next picture.")
SET_EARLIER = marked("Set for this picture, in the place of what was found last.")


class SeenController(QObject):
    """Model to panel and back."""

    def __init__(
        self, document: DocumentModel, settings: SettingsModel, kernels: DegradationModel, panel: SeenPanel
    ) -> None:
        super().__init__()
        self._document, self._settings, self._kernels, self._panel = document, settings, kernels, panel
        panel.switched.connect(kernels.switch)
        panel.cleaned.connect(self._on_cleaned)
        kernels.changed.connect(self._show)
        self._show()

    @Slot(float)
    def _on_cleaned(self, share: float) -> None:
        self._kernels.set_grain(round(1 - share, 4))

    @Slot()
    def _show(self) -> None:
        settings, kernels = self._settings.value, self._kernels
        rows = [row for kind in FindingKind if (row := _row(settings, kind, kernels.found, self._document.picture))]
        self._panel.set_rows(rows, self._note(bool(rows)))
        self._panel.amount.set_share(1 - settings.damage.grain, shown=bool(settings.damage))

    def _note(self, has_rows: bool) -> str:
        found = self._kernels.found
        if self._document.picture is None:
            return tr(NO_PICTURE)
        # Where something was found already a line more would move all below it while a region is drawn.
        if self._kernels.is_looking and (found is None or not has_rows):
            return tr(LOOKING)
        if found is None:
            return "" if has_rows else tr(NOT_LOOKED_AT)
        if not found.estimate.sure:
            return tr(NO_KERNEL_TEXTS[found.estimate.finding])
        return "" if has_rows else tr(NOTHING_FOUND)


def _row(settings: Settings, kind: FindingKind, found: Found | None, picture: Picture | None) -> SeenRow | None:
    """Say what is known of a kind: what a person gave comes before what was found; None for nothing."""
    cause, cause_found = cause_in(settings, kind), None if found is None else cause_in(found, kind)
    if cause is not None and not is_same(cause, cause_found):
        return _row_of_other(settings, kind)
    if found is None or cause_found is None:
        return None
    damage = found.damage
    if kind is FindingKind.KERNEL:
        text, sureness = kernel_seen(found.estimate, found.scale, tr), kernel_sureness(found.estimate)
        sentence = kernel_finding_text(found.estimate, tr)
    elif kind is FindingKind.NOISE and damage.noise is not None:
        text, sureness = noise_seen(damage.noise, tr), noise_sureness(damage.noise)
        sentence = tr("Found: {damage}.", damage=damage_text(Damage(noise=damage.noise), tr))
    elif damage.jpeg is None:
        raise ValueError(f"nothing was found of {kind}")
    else:
        is_told_by_file = picture is not None and picture.jpeg is not None
        text, sureness = jpeg_seen(damage.jpeg, tr), jpeg_sureness(is_told_by_file=is_told_by_file)
        sentence = tr("Found: {damage}.", damage=damage_text(Damage(jpeg=damage.jpeg), tr))
    return SeenRow(kind, text, tr(SURENESS_TEXTS[sureness]), sentence, cause is not None)


def _row_of_other(settings: Settings, kind: FindingKind) -> SeenRow:
    """Say what is undone that is not what was found last."""
    by_hand = False
    if kind is FindingKind.KERNEL:
        text, by_hand = title_of(settings.kernel), settings.kernel_by_hand
    elif kind is FindingKind.NOISE and settings.damage.noise is not None:
        text, by_hand = noise_seen(settings.damage.noise, tr), settings.noise_by_hand
    elif settings.damage.jpeg is None:
        raise ValueError(f"nothing is undone of {kind}")
    else:
        text = jpeg_seen(settings.damage.jpeg, tr)
    told, sentence = (tr("by hand"), tr(BY_HAND)) if by_hand else (tr("set", "chosen before"), tr(SET_EARLIER))
    return SeenRow(kind, text, told, sentence, on=True)
