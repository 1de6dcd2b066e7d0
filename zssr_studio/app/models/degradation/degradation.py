"""What the degradation panel offers beside the kernel that is set: a file's kernels, and what was chosen before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from zssr_studio.app.language import marked, tr
from zssr_studio.app.models.degradation.found import Found
from zssr_studio.engine.damage import NO_DAMAGE
from zssr_studio.engine.kernels.kernel import Kernel
from zssr_studio.engine.kernels.shapes import DEGREES, FAMILIES, Shape
from zssr_studio.kernel_choice import kernel_of
from zssr_studio.words.kernel_shapes import FAMILY_TITLES

if TYPE_CHECKING:
    from zssr_studio.app.models.run.settings import SettingsModel
    from zssr_studio.engine.damage import Damage
    from zssr_studio.engine.kernels.choice import KernelChoice
    from zssr_studio.imaging.kernels.kernel_files import KernelFile

IDEAL_TITLE = marked("Bicubic (ideal)")


class DegradationModel(QObject):
    """Remembers kernels, so that one can go back to them. The kernel of the next run itself is `Settings.kernel`.

    Signals
    -------
    changed()
        The kernel that is set, or what is offered beside it.
    """

    changed = Signal()

    def __init__(self, settings: SettingsModel) -> None:
        super().__init__()
        self._settings = settings
        self._shapes: dict[str, Shape] = {}
        self._given: dict[str, Kernel] = {}
        self.file: KernelFile | None = None
        self.found: Found | None = None
        settings.changed.connect(self._on_settings)

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
        return [(tr(IDEAL_TITLE), None), *shapes, *((kernel.name, kernel) for kernel in self.given())]

    def take_estimate(self, kernel: Kernel | None, damage: Damage) -> None:
        """Take what was found of the blur, the noise and the compression; the grain stays as a person set it."""
        self.found = Found(damage, kernel)
        settings = self._settings.value
        kept = replace(damage, grain=settings.damage.grain) if damage else damage
        if settings == replace(settings, kernel=kernel, damage=kept):
            self.changed.emit()
        self._settings.set_value(replace(settings, kernel=kernel, damage=kept))

    def set_damage(self, damage: Damage) -> None:
        """Set what the next run cleans."""
        self._settings.set_value(replace(self._settings.value, damage=damage))

    def forget_estimate(self) -> None:
        """Another picture is open: what was found in the one before is not undone in it."""
        if self.found is not None:
            found, self.found = self.found, None
            settings = self._settings.value
            if replace(settings.damage, grain=0.0) == replace(found.damage, grain=0.0):
                settings = replace(settings, damage=NO_DAMAGE)
            if found.kernel is not None:
                self._given.pop(found.kernel.name, None)
                settings = replace(settings, kernel=None) if settings.kernel is found.kernel else settings
            self._settings.set_value(settings)
            self.changed.emit()

    def open(self, file: KernelFile) -> None:
        """Take a file, and set its kernel, or the first of several.

        Raises
        ------
        BadInputError
            If that is no kernel; nothing is changed then.
        """
        kernel = kernel_of(file, file.default or 1)
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
            self._settings.set_kernel(kernel_of(self.file, number))

    @Slot()
    def _on_settings(self) -> None:
        kernel = self.current
        if isinstance(kernel, Shape):
            self._shapes[kernel.family] = kernel
        elif isinstance(kernel, Kernel):
            self._given[kernel.name if self.number is None or self.file is None else self.file.name] = kernel
        self.changed.emit()


def title_of(choice: KernelChoice) -> str:
    """Return what a person calls a kernel, with its figures."""
    if choice is None:
        return tr(IDEAL_TITLE)
    if isinstance(choice, Kernel):
        return choice.name
    family = FAMILIES[choice.family]
    lengths = [f"{v:g}" for v, p in zip(choice.values, family.parameters, strict=True) if p.unit != DEGREES]
    angles = [f"{v:g}°" for v, p in zip(choice.values, family.parameters, strict=True) if p.unit == DEGREES]
    # A direction without two widths says nothing.
    is_round = len(lengths) == 2 and lengths[0] == lengths[1]
    figures = f"{lengths[0] if is_round else ' × '.join(lengths)} px"
    return f"{tr(FAMILY_TITLES[family.name])} {figures}" + (f", {angles[0]}" if angles and not is_round else "")
