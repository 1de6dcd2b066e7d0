"""Methods by name."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from tests.runs import returned
from zssr_studio.engine.config import Scale
from zssr_studio.engine.events import Step
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.picture import Picture
from zssr_studio.job import Job
from zssr_studio.methods.registry import built_in, method_named
from zssr_studio.methods.zssr import Zssr
from zssr_studio.pipeline import upscale
from zssr_studio.words.methods import LEARNED_FROM_TEXTS, METHOD_NAMES


def test_each_built_in_method_is_found_by_its_key_and_has_a_name():
    methods = built_in()
    assert methods[0].key == "zssr"
    assert {method.key for method in methods} == set(METHOD_NAMES)
    for method in methods:
        assert method_named(method.key.upper()).key == method.key
        assert method.name == METHOD_NAMES[method.key]
        assert LEARNED_FROM_TEXTS[method.learned_from]


def test_a_preset_is_part_of_the_name():
    method = method_named("zssr:best")
    assert (method.key, method.name) == ("zssr:best", "ZSSR Best")


@pytest.mark.parametrize(("text", "said"), [("sharp", "bicubic-bp"), ("zssr:slow", "no preset 'slow'"), ("", "zssr")])
def test_what_is_no_method_is_refused_and_says_what_there_is(text, said):
    with pytest.raises(BadInputError, match=said):
        method_named(text)


def test_zssr_is_a_run_like_any_other():
    picture = Picture(np.random.default_rng(0).random((24, 20, 3), dtype=np.float32))
    _, alone = returned(upscale(Job(picture, steps=6, device="cpu")))
    method = Zssr(steps=6)
    method.check(picture, Scale(2, 2))
    events, result = returned(method.enlarge(picture, Scale(2, 2)))
    np.testing.assert_array_equal(result.pixels, alone.picture.pixels)
    assert sum(isinstance(event, Step) for event in events) == 6


def test_zssr_refuses_what_a_job_refuses():
    with pytest.raises(BadInputError, match="seed"):
        Zssr(seed=-1).check(Picture(np.zeros((4, 4, 3), np.float32)), Scale(2, 2))


def test_methods_are_listed_before_torch_is_loaded():
    code = (
        "import sys; from zssr_studio.methods.registry import built_in; built_in(); assert 'torch' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
