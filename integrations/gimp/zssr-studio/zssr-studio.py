#!/usr/bin/env python3
"""GIMP 3: **Image > Enlarge with ZSSR Studio…** opens the visible picture, enlarged, as a new one."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import gi

gi.require_version("Gimp", "3.0")
gi.require_version("GimpUi", "3.0")
from enlarging import NotEnlargedError, enlarge  # noqa: E402  # beside this file
from gi.repository import Gimp, GimpUi, Gio, GLib, GObject  # noqa: E402

PROCEDURE = "plug-in-zssr-studio-enlarge"
PRESETS = ("fast", "best")
LARGEST_SCALE = 8.0


class ZssrStudio(Gimp.PlugIn):
    """Registers the command and runs it."""

    def do_query_procedures(self) -> list[str]:
        """Name what there is."""
        return [PROCEDURE]

    def do_set_i18n(self, _name: str) -> bool:
        """Say that there are no translations."""
        return False

    def do_create_procedure(self, name: str) -> Gimp.Procedure:
        """Describe the command and what it asks for."""
        procedure = Gimp.ImageProcedure.new(self, name, Gimp.PDBProcType.PLUGIN, self.run, None)
        procedure.set_image_types("RGB*, GRAY*")
        procedure.set_menu_label("Enlarge with _ZSSR Studio…")
        procedure.add_menu_path("<Image>/Image/[Transform]")
        procedure.set_documentation(
            "Enlarges the picture by training a small network on it alone",
            "No outside pictures are used. The result opens as a new picture. ZSSR Studio must be installed.",
            name,
        )
        procedure.set_attribution("The ZSSR Studio founders", "MIT licence", "2026")
        flags = GObject.ParamFlags.READWRITE
        procedure.add_double_argument("scale", "_Scale", "Vertical and horizontal", 1.0, LARGEST_SCALE, 2.0, flags)
        choice = Gimp.Choice.new()
        for number, preset in enumerate(PRESETS):
            choice.add(preset, number, preset, "")
        procedure.add_choice_argument("preset", "_Preset", "How long it trains", choice, PRESETS[0], flags)
        return procedure

    def run(self, procedure, run_mode, image, _drawables, config, _data):  # GIMP's own types
        """Ask, enlarge and show."""
        if run_mode == Gimp.RunMode.INTERACTIVE and not _agreed(procedure, config):
            return procedure.new_return_values(Gimp.PDBStatusType.CANCEL, GLib.Error())
        try:
            enlarged = _enlarged(image, config.get_property("scale"), config.get_property("preset"))
        except NotEnlargedError as error:
            return procedure.new_return_values(Gimp.PDBStatusType.EXECUTION_ERROR, GLib.Error(str(error)))
        if run_mode == Gimp.RunMode.INTERACTIVE:
            Gimp.Display.new(enlarged)
            Gimp.displays_flush()
        return procedure.new_return_values(Gimp.PDBStatusType.SUCCESS, GLib.Error())


def _agreed(procedure, config) -> bool:
    GimpUi.init(PROCEDURE)
    dialog = GimpUi.ProcedureDialog.new(procedure, config, "Enlarge with ZSSR Studio")
    dialog.fill(None)
    agreed = dialog.run()
    dialog.destroy()
    return bool(agreed)


def _enlarged(image, scale: float, preset: str):
    """Pass the visible picture through a file; TIFF keeps 16 and 32 bits and the profile."""
    with tempfile.TemporaryDirectory(prefix="zssr-studio-gimp-") as folder:
        source, target = Path(folder, "picture.tif"), Path(folder, "enlarged.tif")
        flat = image.duplicate()
        try:
            flat.flatten()
            Gimp.file_save(Gimp.RunMode.NONINTERACTIVE, flat, Gio.File.new_for_path(str(source)), None)
        finally:
            flat.delete()
        Gimp.progress_init("ZSSR Studio trains on the picture…")
        enlarge(source, target, scale, preset, lambda: Gimp.progress_pulse())
        loaded = Gimp.file_load(Gimp.RunMode.NONINTERACTIVE, Gio.File.new_for_path(str(target)))
        loaded.set_file(None)  # it is in no file that stays
        return loaded


Gimp.main(ZssrStudio.__gtype__, sys.argv)
