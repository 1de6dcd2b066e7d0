"""What is undone of what was found in the open picture, and which kernels are offered besides."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from zssr_studio.app.language import marked, tr
from zssr_studio.app.models.degradation.found import FindingKind, Found, cause_in, is_same, with_cause
from zssr_studio.engine.config import PRESETS
from zssr_studio.engine.kernels.kernel import Kernel
from zssr_studio.engine.kernels.shapes import FAMILIES, Shape
from zssr_studio.words.kernel_shapes import FAMILY_TITLES, kernel_title, shape_title

if TYPE_CHECKING:
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.settings import Settings, SettingsModel
    from zssr_studio.engine.damage import ColouredNoise, Noise
    from zssr_studio.engine.kernels.choice import KernelChoice
    from zssr_studio.imaging.kernels.kernel_files import KernelFile
    from zssr_studio.jpeg_tables import JpegTables

IDEAL_TITLE = marked("Bicubic (ideal)")


class DegradationModel(QObject):
    """Holds what was found in the open picture, and what a person said instead; what is undone is in the `Settings`.

    What was found is undone by default, but for the paper's presets, which keep its ideal case. What a person settled
    stays as they said, until another picture opens: then all goes but what they gave by hand.

    Signals
    -------
    changed()
        What is undone, what was found, or what is offered beside it.
    scale_changed()
        Kernels lie on the grid of the result, so that what was found of them is for another scale.
    """

    changed = Signal()
    scale_changed = Signal()

    def __init__(self, settings: SettingsModel, document: DocumentModel) -> None:
        super().__init__()
        self._settings = settings
        self._before = settings.value
        self._is_own_change = False
        self._shapes: dict[str, Shape] = {}
        self._given: dict[str, Kernel] = {}
        self._by_hand: set[str] = set()
        self._settled: set[FindingKind] = set()
        self._earlier: list[Found] = []
        self.file: KernelFile | None = None
        self.found: Found | None = None
        self.is_looking = False
        settings.changed.connect(self._on_settings)
        # Before anybody else: what belonged to the picture before is gone when they look.
        document.picture_changed.connect(self._on_picture)

    @property
    def current(self) -> KernelChoice:
        """The kernel of the next run."""
        return self._settings.value.kernel

    @property
    def scale(self) -> tuple[float, float]:
        """Enlargement per axis, for which kernels are made and shown."""
        return self._settings.value.scale.factors

    @property
    def number(self) -> int | None:
        """Which kernel of the file is set; None where it is another one."""
        if self.file is None or not isinstance(self.current, Kernel):
            return None
        titles = [self.file.title_of(number) for number in range(1, len(self.file.entries) + 1)]
        return titles.index(self.current.name) + 1 if self.current.name in titles else None

    def given(self) -> list[Kernel]:
        """Return the kernels that came from a file or were found, the latest of each source."""
        return list(self._given.values())

    def choices(self) -> list[tuple[str, KernelChoice]]:
        """List what can be chosen, with titles: none, each family of shapes, and the kernels that were given."""
        scale = self.scale
        shapes = [
            (tr(FAMILY_TITLES[f.name]), self._shapes.get(f.name) or f.typical_shape(scale)) for f in FAMILIES.values()
        ]
        return [(tr(IDEAL_TITLE), None), *shapes, *((title_of(kernel), kernel) for kernel in self.given())]

    def set_looking(self, looking: bool) -> None:
        """Show whether the picture is being looked at."""
        if looking != self.is_looking:
            self.is_looking = looking
            self.changed.emit()

    def take(self, found: Found, *, asked: bool) -> None:
        """Take what was found, and undo it: all of it where a person asked, else what is left open."""
        settings = self._settings.value
        if asked:
            self._settled.clear()
            for kind in FindingKind:
                settings = with_cause(settings, kind, cause_in(found, kind))
        else:
            settings = self.completed(settings, found)
        self.found = found
        self._earlier.append(found)
        self._set(settings)
        self.changed.emit()

    def completed(self, settings: Settings, found: Found) -> Settings:
        """Return settings with what was found, where neither a person nor the preset says otherwise."""
        for kind in FindingKind:
            if self._is_found(settings, kind):
                settings = with_cause(settings, kind, cause_in(found, kind))
            elif self._is_open(settings, kind) and PRESETS[settings.preset].finds_damage:
                settings = with_cause(settings, kind, cause_in(found, kind))
        return settings

    def switch(self, kind: FindingKind, on: bool) -> None:
        """Undo what was found of a kind, or nothing of it."""
        cause = cause_in(self.found, kind) if on and self.found is not None else None
        self._settle(kind, with_cause(self._settings.value, kind, cause))

    def choose_kernel(self, choice: KernelChoice) -> None:
        """Take a kernel as a person wants it; shapes, and kernels of files, go on to the next picture."""
        by_hand = isinstance(choice, Shape) or (choice is not None and choice.name in self._by_hand)
        settings = replace(self._settings.value, kernel=choice, kernel_by_hand=by_hand)
        self._settle(FindingKind.KERNEL, settings)

    def choose_noise(self, noise: Noise | ColouredNoise | None) -> None:
        """Clean noise as a person wants it; what they give by hand goes on to the next picture."""
        settings = with_cause(self._settings.value, FindingKind.NOISE, noise)
        by_hand = noise is not None and not self._is_found(settings, FindingKind.NOISE)
        self._settle(FindingKind.NOISE, replace(settings, noise_by_hand=by_hand))

    def choose_jpeg(self, tables: JpegTables | None) -> None:
        """Clean the compression of this picture as a person wants it."""
        self._settle(FindingKind.JPEG, with_cause(self._settings.value, FindingKind.JPEG, tables))

    def set_grain(self, grain: float) -> None:
        """Let a share of what was cleaned come back."""
        settings = self._settings.value
        self._set(replace(settings, damage=replace(settings.damage, grain=grain)))

    @Slot(float)
    def set_grain_colour(self, grain: float) -> None:
        """Let a share of the colour of what was cleaned come back; as much as of the rest follows that from then on."""
        settings = self._settings.value
        own = None if grain == settings.damage.grain else grain
        self._set(replace(settings, damage=replace(settings.damage, grain_colour=own)))

    def open(self, file: KernelFile) -> None:
        """Take a file, and set its kernel, or the first of several.

        Raises
        ------
        BadInputError
            If that is no kernel; nothing is changed then.
        """
        kernel = _kernel_of(file, file.default or 1)
        self.file = file
        self._settings.set_kernel(kernel)

    def pick(self, number: int) -> None:
        """Set another kernel of the file.

        Raises
        ------
        BadInputError
            If that is no kernel.
        """
        if self.file is not None:
            self._settings.set_kernel(_kernel_of(self.file, number))

    @Slot()
    def settle(self) -> None:
        """Take all that is set for what a person wants, as it comes with a project."""
        self._settled = set(FindingKind)

    def _is_found(self, settings: Settings, kind: FindingKind) -> bool:
        """Whether settings undo what was found of this picture, now or earlier."""
        cause = cause_in(settings, kind)
        return cause is not None and any(is_same(cause, cause_in(found, kind)) for found in self._earlier)

    def _is_open(self, settings: Settings, kind: FindingKind) -> bool:
        return kind not in self._settled and cause_in(settings, kind) is None

    def _settle(self, kind: FindingKind, settings: Settings) -> None:
        self._settled.add(kind)
        self._set(settings)

    def _set(self, settings: Settings) -> None:
        self._is_own_change = True
        try:
            self._settings.set_value(settings)
        finally:
            self._is_own_change = False

    def _follow_preset(self) -> None:
        """Undo what was found, or leave it, as the preset that was chosen now does by default."""
        settings, found = self._settings.value, self.found
        if found is None:
            return
        finds = PRESETS[settings.preset].finds_damage
        for kind in set(FindingKind) - self._settled:
            if cause_in(settings, kind) is None or self._is_found(settings, kind):
                settings = with_cause(settings, kind, cause_in(found, kind) if finds else None)
        self._set(settings)

    @Slot()
    def _on_picture(self) -> None:
        """Forget what was found in the picture before, and undo none of it in this one."""
        self.found = None
        self._earlier.clear()
        self._settled.clear()
        self._given = {key: kernel for key, kernel in self._given.items() if kernel.name in self._by_hand}
        settings = self._settings.value
        for kind, by_hand in (
            (FindingKind.KERNEL, settings.kernel_by_hand),
            (FindingKind.NOISE, settings.noise_by_hand),
            (FindingKind.JPEG, False),
        ):
            if not by_hand:
                settings = with_cause(settings, kind, None)
        self._set(settings)
        self.changed.emit()

    @Slot()
    def _on_settings(self) -> None:
        before, settings = self._before, self._settings.value
        self._before = settings
        kernel = settings.kernel
        if isinstance(kernel, Shape):
            self._shapes[kernel.family] = kernel
        elif isinstance(kernel, Kernel):
            self._given[kernel.name if self.number is None or self.file is None else self.file.name] = kernel
            if settings.kernel_by_hand:
                self._by_hand.add(kernel.name)
        if not self._is_own_change:
            self._settled |= {k for k in FindingKind if not is_same(cause_in(before, k), cause_in(settings, k))}
            if PRESETS[before.preset].finds_damage != PRESETS[settings.preset].finds_damage:
                self._follow_preset()
        if before.scale != settings.scale:
            self.scale_changed.emit()
        self.changed.emit()


def title_of(choice: KernelChoice) -> str:
    """Return what a person calls a kernel, with its figures."""
    if choice is None:
        return tr(IDEAL_TITLE)
    if isinstance(choice, Kernel):
        return kernel_title(choice.name, tr)
    return shape_title(choice, tr)


def _kernel_of(file: KernelFile, number: int) -> Kernel:
    # What decodes files takes a moment to load, and the window shows before that.
    from zssr_studio.kernel_choice import kernel_of

    return kernel_of(file, number)
