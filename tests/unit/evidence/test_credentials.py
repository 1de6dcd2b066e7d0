"""Results signed with content credentials, read by the library's own reader; what cannot be signed, and is told."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

import zssr_studio as zs
from tests import piece_of_sample
from tests.samples.certificates import C2PA, DOCUMENTS, MAIL, Identity, identity
from tests.terminal import zssr
from zssr_studio.batch.one_file.options import Options
from zssr_studio.batch.one_file.order import Order
from zssr_studio.batch.one_file.preparation import prepared
from zssr_studio.batch.one_file.work import enlarged
from zssr_studio.evidence import credentials, signing
from zssr_studio.evidence.record_files import read_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

c2pa = pytest.importorskip("c2pa", reason="the extra c2pa is not installed")

MEDIA = {
    ".jpg": "image/jpeg", ".png": "image/png", ".tif": "image/tiff", ".webp": "image/webp", ".avif": "image/avif",
    ".jxl": "image/jxl",
}  # fmt: skip


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return piece_of_sample(tmp_path / "harbour.png", (120, 60, 168, 100))


@pytest.fixture
def own(tmp_path: Path) -> Identity:
    return identity(tmp_path)


def read(path: Path, manifest: bytes | None = None, **trust: str) -> Any:
    """Read by the library's own reader, told nothing by this program."""
    context = c2pa.Context.from_dict({"trust": trust} if trust else {})
    return c2pa.Reader(MEDIA[path.suffix], io.BytesIO(path.read_bytes()), manifest, context)


def sign(photo: Path, out: Path, own: Identity, *further: str) -> Path:
    done = zssr("upscale", photo, "-o", out, "--steps", 3, *own.arguments, *further)
    assert done.returncode == 0, done.stderr
    return out


@pytest.mark.parametrize("suffix", MEDIA)
def test_each_format_is_signed_and_reads_valid_by_another_reader(
    photo: Path, tmp_path: Path, own: Identity, suffix: str
) -> None:
    out = sign(photo, tmp_path / f"out{suffix}", own)
    reader = read(out)
    assert reader.get_validation_state() == "Valid"
    active = reader.get_active_manifest()
    told = {one["label"]: one["data"] for one in active["assertions"]}
    opened, resized = told["c2pa.actions.v2"]["actions"]
    assert (opened["action"], resized["action"]) == ("c2pa.opened", "c2pa.resized")
    assert resized["digitalSourceType"].endswith("/algorithmicallyEnhanced")
    assert [one["title"] for one in active["ingredients"]] == ["harbour.png"]
    # What was signed is what the file holds: its record, and pixels as this program and Pillow read them.
    record = read_record(out).record
    assert json.loads(told["org.zssr-studio.run"]["json"]) == record
    assert zs.reproduce(out).largest_difference == 0
    assert read(out, user_anchors=own.authority.read_text()).get_validation_state() == "Trusted"
    assert not list(tmp_path.glob(".*"))


def test_a_byte_that_is_changed_is_told(photo: Path, tmp_path: Path, own: Identity) -> None:
    out = sign(photo, tmp_path / "out.png", own)
    info = zssr("info", out)
    assert "Valid: nothing was changed since it was signed" in " ".join(info.stdout.split())
    assert "signed by Archivist (Test archive)" in " ".join(info.stdout.split())
    content = bytearray(out.read_bytes())
    content[-40] ^= 1
    out.write_bytes(content)
    told = json.loads(zssr("info", out, "--json").stdout)["credentials"]
    assert told["state"] == "Invalid"
    assert "assertion.dataHash.mismatch" in told["problems"]


def test_the_manifest_of_a_source_is_kept_inside(photo: Path, tmp_path: Path, own: Identity) -> None:
    first = sign(photo, tmp_path / "first.tif", own)
    second = sign(first, tmp_path / "second.jpg", own)
    store = json.loads(read(second).json())
    assert len(store["manifests"]) == 2
    (ingredient,) = credentials.credentials_of(second)["ingredients"]
    assert ingredient == {"title": "first.tif", "has_credentials": True, "problems": []}


@pytest.mark.parametrize("suffix", [".tif", ".png", ".jpg", ".webp"])
def test_credentials_of_a_source_are_left_out_of_a_result_that_is_not_signed(
    photo: Path, tmp_path: Path, own: Identity, suffix: str
) -> None:
    first = sign(photo, tmp_path / f"first{suffix}", own)
    plain = tmp_path / f"plain{suffix}"
    done = zssr("upscale", first, "-o", plain, "--steps", 2)
    assert "holds content credentials (C2PA)" in " ".join(done.stderr.split())
    assert c2pa.Reader.try_create(MEDIA[suffix], io.BytesIO(plain.read_bytes())) is None


def test_a_source_that_the_library_cannot_read_is_named(photo: Path, tmp_path: Path, own: Identity) -> None:
    source = tmp_path / "old.bmp"
    with Image.open(photo) as image:
        image.save(source)
    out = sign(source, tmp_path / "out.tif", own)
    reader = read(out)
    assert reader.get_validation_state() == "Valid"
    assert [one["title"] for one in reader.get_active_manifest()["ingredients"]] == ["old.bmp"]


def test_a_result_that_is_too_large_is_signed_beside(
    photo: Path, tmp_path: Path, own: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing, "MOST_SHARE", 0.0)
    out = tmp_path / "out.tif"
    done = zssr("upscale", photo, "-o", out, "--steps", 3, *own.arguments)
    assert done.returncode == 0, done.stderr
    assert "its signature is written beside it: out.c2pa" in " ".join(done.stderr.split())
    assert read(out, out.with_suffix(".c2pa").read_bytes()).get_validation_state() == "Valid"
    assert credentials.credentials_of(out)["is_beside"]


@pytest.mark.parametrize("use", [MAIL, DOCUMENTS, C2PA])
def test_certificates_for_mail_documents_and_c2pa_sign(tmp_path: Path, use: Any) -> None:
    own = identity(tmp_path, use)
    signing.check_signature(signing.Signature(own.chain, own.key))


def test_an_rsa_key_signs(tmp_path: Path) -> None:
    own = identity(tmp_path, is_rsa=True)
    signing.check_signature(signing.Signature(own.chain, own.key))


def _no_use(folder: Path) -> Identity:
    return identity(folder, None)


def _expired(folder: Path) -> Identity:
    return identity(folder, days=-10)


def _key_of_another(folder: Path) -> Identity:
    (folder / "other").mkdir()
    return identity(folder)._replace(key=identity(folder / "other").key)


def _no_key(folder: Path) -> Identity:
    return identity(folder)._replace(key=folder / "missing.pem")


def _password(folder: Path) -> Identity:
    from cryptography.hazmat.primitives import serialization

    made = identity(folder)
    key = serialization.load_pem_private_key(made.key.read_bytes(), None)
    form = serialization.PrivateFormat.PKCS8
    secret = serialization.BestAvailableEncryption(b"secret")
    made.key.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, secret))
    return made


@pytest.mark.parametrize("spoilt", [_no_use, _expired, _key_of_another, _no_key, _password])
def test_what_cannot_sign_is_refused_before_the_run(
    photo: Path, tmp_path: Path, spoilt: Callable[[Path], Identity]
) -> None:
    done = zssr("upscale", photo, "-o", tmp_path / "out.png", "--steps", 3, *spoilt(tmp_path).arguments)
    assert done.returncode == 2
    assert "cannot sign:" in " ".join(done.stderr.split())
    assert not (tmp_path / "out.png").exists()


def test_one_option_without_the_other_is_refused(photo: Path, own: Identity, tmp_path: Path) -> None:
    done = zssr("upscale", photo, "-o", tmp_path / "out.png", "--steps", 3, "--sign-cert", own.chain)
    assert done.returncode == 2
    assert "takes both --sign-cert" in done.stderr


def test_without_the_library_it_is_said_what_to_install(
    photo: Path, tmp_path: Path, own: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(credentials, "find_spec", lambda _name: None)
    done = zssr("upscale", photo, "-o", tmp_path / "out.png", "--steps", 3, *own.arguments)
    assert done.returncode == 2
    assert "pip install 'zssr-studio[c2pa]'" in " ".join(done.stderr.split())
    assert credentials.credentials_of(photo) is None


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_what_fails_to_be_signed_after_the_run_is_kept(photo: Path, tmp_path: Path, own: Identity, suffix: str) -> None:
    out = tmp_path / f"out{suffix}"
    order = Order(photo, out, Options(steps=3), sign_cert=own.chain, sign_key=own.key)
    ready = prepared(order, lambda _sentence: None)
    own.key.unlink()
    written = enlarged(ready, lambda: False, lambda _event: None)
    assert not out.exists()
    (told,) = written.elsewhere
    assert "was not signed" in str(told)
    assert zs.read(written.output).pixels.shape == (80, 96, 3)
