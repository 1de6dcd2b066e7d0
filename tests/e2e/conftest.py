"""What the tests of whole ways through the studio begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import piece_of_sample
from tests.studio.comparing import enlarge
from tests.studio.studio_loop import wait_for
from zssr_studio.app.models.compare.comparison import Mode

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.app.studio import Studio


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return piece_of_sample(tmp_path / "harbour.png", (120, 60, 216, 140))


@pytest.fixture
def compared(studio: Studio, photo: Path) -> Studio:
    """A studio with a finished run, under the slider."""
    studio.pictures.open(photo)
    wait_for(lambda: studio.document.path == photo)
    enlarge(studio)
    assert studio.comparison.value.mode is Mode.SLIDER
    return studio
