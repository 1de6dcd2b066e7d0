"""A comparison while it is done: results, rows of the table, sheets."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from zssr_studio.cli.compare.preparation import Undoing, read_case
from zssr_studio.cli.compare.report import as_csv, as_json, print_table
from zssr_studio.cli.compare.sheet import CROP_PX, CROPS, Entry, drawn_sheet
from zssr_studio.cli.compare.work import Case, Row, enlarged, judged, refused, short_name, written
from zssr_studio.cli.streams import EXIT_FAILURE, EXIT_INTERRUPTED, console, shown
from zssr_studio.errors import BadInputError, StudioError
from zssr_studio.imaging.saving.atomic import write_atomically
from zssr_studio.imaging.saving.places import check_place
from zssr_studio.words.say import decibels_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL import Image

    from zssr_studio.engine.config import Scale
    from zssr_studio.methods.method import Allowance, Method
    from zssr_studio.methods.scores import Disagreement

TABLE_NAMES = ("comparison.csv", "comparison.json")


@dataclass(slots=True, eq=False)
class Comparison:
    """What was done so far."""

    folder: Path
    methods: list[Method]
    allowance: Allowance
    undoing: Undoing
    is_end_asked: Callable[[], bool]
    overwrite: bool
    rows: list[Row] = field(default_factory=list)
    stems: list[str] = field(default_factory=list)
    is_interrupted: bool = False
    has_failed: bool = False

    def begin(self) -> None:
        """Make the folder, and refuse tables that are in the way.

        Raises
        ------
        BadInputError
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BadInputError(
                f"{self.folder} cannot be made: {error.strerror or error}. Give another one."
            ) from error
        for name in TABLE_NAMES:
            check_place(self.folder / name, overwrite=self.overwrite)

    def take(self, image: Path, truth: Path | None, scale: Scale) -> None:
        """Enlarge a picture by all methods, and draw its sheet of those that are done.

        Raises
        ------
        BadInputError
            If the picture or its ground truth cannot be used.
        """
        from zssr_studio.methods.scores import Disagreement

        case = self._named_apart(read_case(image, truth, scale, self.undoing))
        check_place(self._sheet(case), overwrite=self.overwrite)
        case, methods = self.undoing.found(case, self.methods)
        disagreement, first = Disagreement(), len(self.rows)
        try:
            for method in methods:
                self._do(method, case, disagreement)
        finally:
            done = [row for row in self.rows[first:] if not row.problem]
            if done:
                self._write_sheet(case, done, disagreement)

    def _do(self, method: Method, case: Case, disagreement: Disagreement) -> None:
        """Enlarge by one method; what it lacks is told and does not stop the others."""
        place = self._place(case, method)
        try:
            check_place(place, overwrite=self.overwrite)
            made = enlarged(method, case, self.allowance, self.is_end_asked)
            written(method, case, made[0], place, overwrite=self.overwrite)
        except StudioError as error:
            self.rows.append(refused(method, case, error))
            return
        self.rows.append(judged(method, case, made, place))
        disagreement.add(made[0].pixels)

    def _named_apart(self, case: Case) -> Case:
        """Give pictures of one name in several folders names of their own."""
        count = self.stems.count(case.stem)
        self.stems.append(case.stem)
        return replace(case, stem=f"{case.stem}_{count + 1}") if count else case

    def _sheet(self, case: Case) -> Path:
        return self.folder / f"{case.stem}_sheet.png"

    def _place(self, case: Case, method: Method) -> Path:
        """Return a result's file: two methods whose names are alike get a number."""
        name = f"{case.stem}_{short_name(method)}"
        taken = {row.output for row in self.rows}
        places = (self.folder / f"{name}{number}.png" for number in ("", *(f"_{count}" for count in range(2, 1000))))
        return next(place for place in places if str(place) not in taken)

    def _write_sheet(self, case: Case, done: list[Row], disagreement: Disagreement) -> None:
        from zssr_studio.imaging.read import read_picture

        truth = case.truth
        entries = [] if truth is None else [Entry("ground truth", (), lambda: truth)]
        for row in done:
            said = (_agreement(row), f"from {row.learned_from}")
            entries.append(Entry(row.name, said, partial(read_picture, Path(row.output))))
        crops = disagreement.largest(CROP_PX, CROPS)
        heading = f"{case.image.name}, x{case.scale}"
        if len(done) > 1:
            heading += f": where {len(done)} methods differ the most"
        place, sheet = self._sheet(case), drawn_sheet(entries, crops, heading)
        # A sheet has three channels, to which the profile of a gray picture does not fit.
        profile = case.picture.icc_profile if case.picture.channels == len(sheet.getbands()) else None
        write_atomically(place, partial(_save, sheet, profile), overwrite=self.overwrite)
        told = "one result" if len(done) == 1 else f"{len(done)} results beside each other"
        console(errors=True).print(shown(f"{place}: {told}"))

    def finish(self, scale: str, *, as_json_line: bool) -> None:
        """Write and print the table, and end with the code that fits."""
        told = as_json(self.rows, scale, interrupted=self.is_interrupted)
        print_table(self.rows)
        # Tables of nothing would stand in the way of the same command again.
        if self.rows:
            self._write_tables(as_csv(self.rows), told + "\n")
        if as_json_line:
            sys.stdout.write(told + "\n")
        if self.is_interrupted:
            done = f"what was done is in {shown(self.folder)}" if self.rows else "nothing was done yet"
            sys.stderr.write(f"zssr-studio: interrupted; {done}\n")
            sys.exit(EXIT_INTERRUPTED)
        if self.has_failed or any(row.problem for row in self.rows):
            sys.exit(EXIT_FAILURE)

    def _write_tables(self, *texts: str) -> None:
        for name, text in zip(TABLE_NAMES, texts, strict=True):
            # Bytes of a file's name that are no text stand as they are.
            content = text.encode(errors="surrogateescape")
            write_atomically(self.folder / name, partial(_put, content), overwrite=self.overwrite)


def _save(sheet: Image.Image, profile: bytes | None, file: BinaryIO) -> None:
    sheet.save(file, "PNG", icc_profile=profile)


def _put(content: bytes, file: BinaryIO) -> None:
    file.write(content)


def _agreement(row: Row) -> str:
    """Say how near a result comes to the ground truth, or, where there is none, to the input that it was made of."""
    if row.psnr_db is not None:
        return f"PSNR {decibels_text(row.psnr_db, 2)}"
    return "" if row.consistency_db is None else f"consistency {decibels_text(row.consistency_db)}"
