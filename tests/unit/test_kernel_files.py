"""Kernels as people have them, and files that are none."""

from __future__ import annotations

import h5py
import numpy as np
import pytest
from PIL import Image
from scipy.io import savemat

from tests import shared_folder
from zssr_studio.engine.kernel import Kernel
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.kernel_files import read_kernel_file

TAPS = np.outer([1.0, 4, 6, 4, 1], [1.0, 2, 1]) / 64


def save_hdf5(path, **arrays):
    with h5py.File(path, "w", userblock_size=512) as file:
        for name, values in arrays.items():
            file[name] = np.asarray(values).T


@pytest.mark.parametrize(
    ("name", "save"),
    [
        ("k.mat", lambda p: savemat(p, {"Kernel": TAPS})),
        ("other.mat", lambda p: savemat(p, {"anything": TAPS})),
        ("two.mat", lambda p: savemat(p, {"Kernel": TAPS, "second": TAPS + 1})),
        ("new.mat", lambda p: save_hdf5(p, Kernel=TAPS)),
        ("k.npy", lambda p: np.save(p, TAPS)),
        ("k.npz", lambda p: np.savez(p, TAPS)),
        ("k.csv", lambda p: np.savetxt(p, TAPS, delimiter=",")),
        ("k.txt", lambda p: np.savetxt(p, TAPS)),
    ],
)
def test_kernels_are_read_as_they_are(tmp_path, name, save):
    save(tmp_path / name)
    np.testing.assert_allclose(read_kernel_file(tmp_path / name), TAPS)


def test_a_picture_is_a_kernel_by_its_brightness(tmp_path):
    Image.fromarray(np.rint(TAPS / TAPS.max() * 255).astype(np.uint8)).save(tmp_path / "k.png")
    kernel = Kernel.from_array(read_kernel_file(tmp_path / "k.png"))
    np.testing.assert_allclose(kernel.taps, TAPS / TAPS.sum(), atol=0.002)


def damage(path, content):
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("name", "save", "said"),
    [
        ("missing.mat", lambda _: None, "no file"),
        ("k.doc", lambda p: damage(p, b"x"), "no kernel file"),
        ("empty.mat", lambda p: damage(p, b""), "kernel"),
        ("noise.mat", lambda p: damage(p, bytes(range(256)) * 4), "kernel"),
        ("noise.npy", lambda p: damage(p, b"\x93NUMPY garbage"), "kernel"),
        ("noise.npz", lambda p: damage(p, b"PK\x03\x04 garbage"), "kernel"),
        ("words.csv", lambda p: damage(p, b"a,b\nc,d"), "kernel"),
        ("ragged.csv", lambda p: damage(p, b"1,2\n3"), "same number"),
        ("objects.npy", lambda p: np.save(p, np.array([[{}]], dtype=object), allow_pickle=True), "kernel"),
        ("volume.npy", lambda p: np.save(p, np.ones((3, 3, 3))), "dimensions"),
        ("large.npy", lambda p: np.save(p, np.ones((65, 65))), "at most 64"),
        ("huge.npy", lambda p: np.save(p, np.ones((1000, 1000))), "MB"),
        ("nan.npy", lambda p: np.save(p, np.full((3, 3), np.nan)), "finite"),
        ("complex.npy", lambda p: np.save(p, np.ones((3, 3)) * 1j), "real"),
        ("several.mat", lambda p: savemat(p, {"a": TAPS, "b": TAPS}), "'a', 'b'"),
        ("bomb.npz", lambda p: np.savez_compressed(p, np.zeros(10_000_000)), "unpacks"),
    ],
)
def test_what_is_no_kernel_gets_a_sentence(tmp_path, name, save, said):
    save(tmp_path / name)
    with pytest.raises(BadInputError, match=said) as told:
        read_kernel_file(tmp_path / name)
    assert str(told.value).endswith(".")


def test_a_cell_array_says_how_many_it_holds(tmp_path):
    cells = np.empty((1, 3), dtype=object)
    for index in range(3):
        cells[0, index] = TAPS
    savemat(tmp_path / "cells.mat", {"kernels": cells})
    with pytest.raises(BadInputError, match="3 kernels"):
        read_kernel_file(tmp_path / "cells.mat")


def test_the_files_of_the_field_are_read():
    shared = shared_folder()
    if shared is None:
        pytest.skip("the benchmark data beside the project is missing")
    for path in sorted((shared / "data" / "BSD100-kernels" / "x2").glob("*.mat")):
        assert Kernel.from_array(read_kernel_file(path)).taps.shape == (11, 11)
    for path, count in (("kernels_12.mat", "12"), ("Levin09.mat", "")):
        with pytest.raises(BadInputError, match=f"{count} kernels|no single kernel"):
            read_kernel_file(shared / "data" / "kernels" / path)
