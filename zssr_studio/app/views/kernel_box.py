"""Picks a blur kernel from a file and shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from zssr_studio.app.views.kernel_view import KernelView, describe

if TYPE_CHECKING:
    from zssr_studio.engine.kernel import Kernel

NO_KERNEL = "Bicubic: the picture was made small by an ordinary program. For a known blur, open its kernel."


class KernelBox(QWidget):
    """The kernel in words and drawn; the two buttons are connected by the controller."""

    def __init__(self) -> None:
        super().__init__()
        self.open_button = QPushButton("Open kernel…")
        self.open_button.setToolTip("A .mat, .npy, .npz or .csv file, or a picture of the kernel.")
        self.remove_button = QPushButton("Remove")
        self.remove_button.setToolTip("Go back to bicubic.")
        self._text = QLabel()
        self._text.setObjectName("faint")
        self._text.setWordWrap(True)
        self.view = KernelView()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.view)
        layout.addWidget(self._text)
        layout.addLayout(buttons)

    def set_kernel(self, kernel: Kernel | None, scale: tuple[float, float]) -> None:
        """Show a kernel as it is placed for a scale, or that there is none."""
        self.view.set_kernel(kernel, scale)
        self._text.setText(NO_KERNEL if kernel is None else f"{kernel.name}: {describe(kernel)}")
        self.remove_button.setVisible(kernel is not None)
