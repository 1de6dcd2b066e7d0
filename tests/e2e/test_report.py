"""The report on a result: in the terminal and in the window, read back by second programs."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from tests import piece_of_sample
from tests.studio.studio_loop import answer_file_dialog, wait_for
from tests.terminal import zssr

if TYPE_CHECKING:
    from pathlib import Path


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} (poppler-utils, qpdf) is not installed")


@pytest.fixture
def result(tmp_path: Path) -> Path:
    photo = piece_of_sample(tmp_path / "harbour.png", (120, 60, 181, 101))
    options = ("--steps", 60, "--maps", tmp_path / "maps")
    done = zssr("upscale", photo, "-o", tmp_path / "twice.png", *options)
    assert done.returncode == 0, done.stderr
    return tmp_path / "twice.png"


class Page(HTMLParser):
    """What stands on a page: its text, and its pictures."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words, self.pictures = "", []
        self.feed(text)

    def handle_data(self, data):
        self.words += data + " "

    def handle_starttag(self, tag, attrs):
        if tag == "img":
            self.pictures.append(dict(attrs)["src"])


def read(command: list[str | Path]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_html_is_one_file_that_says_what_may_be_relied_on(result, tmp_path):
    done = zssr("report", result, "-o", tmp_path / "report.html", "--maps", tmp_path / "maps")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    page = Page(text)
    assert len(page.pictures) == 5
    assert "Course of training" in page.words
    assert all(one.startswith("data:image/png;base64,") for one in page.pictures)
    assert not re.search(r"(src|href)=\"(http|file)", text)
    assert "no outside pictures were used" in page.words
    assert "consistent with the input under the assumed kernel" in page.words
    assert "need not be right" in page.words
    assert not re.search(r"\btrue\b|nothing invented", page.words, re.IGNORECASE)
    assert len(re.findall(r"\b[0-9a-f]{64}\b", page.words)) == 4
    assert "harbour.png" in page.words


def test_without_maps_the_map_of_disagreement_is_missing_and_that_is_said(result, tmp_path):
    zssr("report", result, "-o", tmp_path / "report.html")
    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert len(page.pictures) == 4
    assert "is not in the file" in page.words


@needs("pdfinfo")
@needs("pdftotext")
@needs("pdftoppm")
@pytest.mark.usefixtures("qapp")
def test_pdf_is_one_page_whose_text_and_pictures_are_there(result, tmp_path):
    pdf = tmp_path / "report.pdf"
    done = zssr("report", result, "-o", pdf, "--maps", tmp_path / "maps")
    assert done.returncode == 0, done.stderr
    told = read(["pdfinfo", pdf])
    assert re.search(r"^Pages:\s+1$", told, re.MULTILINE)
    assert "A4" in told
    assert re.search(r"part>1</|part=\"1\"", read(["pdfinfo", "-meta", pdf]))
    words = " ".join(read(["pdftotext", pdf, "-"]).split())
    assert "no outside pictures were used" in words
    assert len(re.findall(r"\b[0-9a-f]{64}\b", words)) == 4
    read(["pdftoppm", "-r", "60", "-png", "-singlefile", pdf, tmp_path / "page"])
    with Image.open(tmp_path / "page.png") as image:
        page = np.asarray(image.convert("RGB"), np.float64)
    ink = (page.min(axis=2) < 250).any(axis=1)
    rows = np.flatnonzero(ink)
    assert rows[-1] < 0.97 * len(page)  # nothing runs over the edge of the page
    assert rows[-1] > 0.6 * len(page)
    assert (page.max(axis=2) - page.min(axis=2)).max() > 60  # pictures in colour


@needs("qpdf")
@needs("pdffonts")
@pytest.mark.usefixtures("qapp")
def test_pdf_is_sound(result, tmp_path):
    zssr("report", result, "-o", tmp_path / "report.pdf")
    pdf = tmp_path / "report.pdf"
    assert "No syntax or stream encoding errors" in read(["qpdf", "--check", pdf])
    # Of what PDF/A-1 asks, what can be told without a validator: its own colours and fonts, and nothing see-through.
    objects = subprocess.run(
        ["qpdf", "--qdf", "--object-streams=disable", pdf, "-"], capture_output=True, check=True
    ).stdout
    assert b"/GTS_PDFA1" in objects
    objects = objects.replace(b"/SMask /None", b"")
    for forbidden in (b"/SMask", b"/Encrypt", b"/JavaScript", b"/EmbeddedFiles"):
        assert forbidden not in objects
    fonts = read(["pdffonts", pdf]).splitlines()[2:]
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts)  # embedded


def told_of_the_file(page: Page) -> float:
    return float(re.search(r"as it stands in the file.* meets the input at ([\d.]+) dB", page.words).group(1))


def test_a_file_that_was_changed_since_is_seen_by_its_own_figure(result, tmp_path):
    from PIL.PngImagePlugin import PngInfo

    darker = tmp_path / "darker.png"
    with Image.open(result) as image:
        texts = PngInfo()
        texts.add_itxt("XML:com.adobe.xmp", image.info["XML:com.adobe.xmp"])
        image.point(lambda value: 0.8 * value).save(darker, pnginfo=texts, icc_profile=image.info.get("icc_profile"))
    pages = []
    for file in (result, darker):
        report = tmp_path / f"{file.stem}.html"
        done = zssr("report", file, "-o", report)
        assert done.returncode == 0, done.stderr
        pages.append(Page(report.read_text(encoding="utf-8")))
    as_it_was, changed = map(told_of_the_file, pages)
    assert as_it_was > 40
    assert changed < 25
    assert all("the file was changed since" in page.words for page in pages)


def test_a_result_of_another_size_has_no_consistency_map(result, tmp_path):
    smaller = tmp_path / "smaller.png"
    with Image.open(result) as image:
        from PIL.PngImagePlugin import PngInfo

        texts = PngInfo()
        texts.add_itxt("XML:com.adobe.xmp", image.info["XML:com.adobe.xmp"])
        image.resize((100, 70)).save(smaller, pnginfo=texts)
    done = zssr("report", smaller, "-o", tmp_path / "report.html")
    assert done.returncode == 0, done.stderr
    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert len(page.pictures) == 3
    assert "There is no consistency map" in page.words
    assert "as it stands in the file" not in page.words


def test_what_cannot_be_reported_is_said(result, tmp_path):
    (tmp_path / "there.html").write_text("mine", encoding="utf-8")
    elsewhere = tmp_path / "elsewhere" / result.name
    elsewhere.parent.mkdir()
    shutil.copyfile(result, elsewhere)
    for image, report, sentence in (
        (tmp_path / "harbour.png", "report.html", "holds no record"),
        (result, "report.txt", "is no name for a report"),
        (elsewhere, "report.html", "--source"),
        (result, "there.html", "exists already"),
    ):
        done = zssr("report", image, "-o", tmp_path / report)
        assert done.returncode == 2
        assert sentence in done.stderr
    assert not (tmp_path / "report.html").exists()


@pytest.mark.parametrize("suffix", [".pdf", ".html"])
def test_the_window_writes_a_report_with_the_curves(compared, tmp_path, suffix):
    target = tmp_path / f"page{suffix}"
    compared.window.actions_by_name["report"].trigger()
    answer_file_dialog(target)
    wait_for(target.exists)
    if suffix == ".html":
        page = Page(target.read_text(encoding="utf-8"))
        assert "Run 1" in page.words
        assert "Course of training" in page.words
    else:
        assert target.read_bytes().startswith(b"%PDF-1.4")
