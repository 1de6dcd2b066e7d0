"""What the window says below the picture of a run that is done."""

from __future__ import annotations

import numpy as np
import pytest

from tests.runs import returned
from zssr_studio import pipeline
from zssr_studio.app.controllers.run.status import status_of_result
from zssr_studio.engine.config import Scale
from zssr_studio.imaging.picture import Picture
from zssr_studio.job import Job


@pytest.mark.usefixtures("qapp")
def test_a_result_without_any_error_equals_the_input_and_is_at_no_infinite_decibels():
    job = Job(Picture(np.full((12, 12, 1), 0.5, np.float32)), Scale(2, 2), steps=2)
    _, result = returned(pipeline.upscale(job, previews=False))
    assert np.isinf(result.outcome.psnr_consistency_db)
    _, told = status_of_result(result.picture, job, result.outcome, None)
    assert "equals the input" in told
    assert "dB" not in told
