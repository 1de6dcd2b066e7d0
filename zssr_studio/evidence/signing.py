"""Signs results with content credentials (C2PA), by a person's own certificate and key.

Nothing goes over the network, and no time is stamped.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from zssr_studio import __version__
from zssr_studio.errors import BadInputError
from zssr_studio.evidence.credentials import SETTINGS, SIDECAR_SUFFIX, is_available, said
from zssr_studio.evidence.record import embedded
from zssr_studio.imaging.export import Format
from zssr_studio.imaging.metadata.derivation import file_sha256
from zssr_studio.imaging.saving.sealed import SealError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from zssr_studio.imaging.export import ExportOptions
    from zssr_studio.job import Job
    from zssr_studio.record.plain import Plain

RUN_LABEL = "org.zssr-studio.run"
SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
SOUND = ("Valid", "Trusted")
MEDIA = {
    "PNG": "image/png", "JPEG": "image/jpeg", "TIFF": "image/tiff", "WebP": "image/webp", "AVIF": "image/avif",
    "HEIC": "image/heic", "HEIF": "image/heif", "JPEG XL": "image/jxl", "DNG": "image/dng", "BMP": "image/bmp",
}  # fmt: skip
# Of the memory that is free: the library holds a file while it signs it (1.07 GB of a TIFF of 1.08 GB).
MOST_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Signature:
    """With what to sign.

    Parameters
    ----------
    certificate : Path
        The chain in PEM, the signer's own first.
    key : Path
        Its private key in PEM (PKCS #8), without a password.
    """

    certificate: Path
    key: Path


def signature_of(certificate: Path | None, key: Path | None) -> Signature | None:
    """Return with what to sign, tried on a small picture; None where neither is given.

    Raises
    ------
    BadInputError
    """
    if certificate is None and key is None:
        return None
    if certificate is None or key is None:
        raise BadInputError("To sign takes both --sign-cert, the chain of certificates, and --sign-key, its key.")
    signature = Signature(certificate, key)
    check_signature(signature)
    return signature


def check_signature(signature: Signature) -> None:
    """Find out before a long run whether a certificate can sign, by signing a small picture.

    Raises
    ------
    BadInputError
    """
    if not is_available():
        raise BadInputError("To sign takes the package c2pa-python. Install it: pip install 'zssr-studio[c2pa]'.")
    from PIL import Image

    plain, signed = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (8, 8)).save(plain, "PNG")
    plain.seek(0)
    try:
        _sign(signature, _definition("trial.png", "image/png", [], []), None, plain, signed)
    except SealError as error:
        raise BadInputError(
            f"{signature.certificate.name} with {signature.key.name} cannot sign: {error}. It takes a chain in PEM, "
            "the signer's certificate first (X.509 v3, no CA, for digital signatures, for mail, documents or C2PA), "
            "and its private key in PEM (PKCS #8) without a password."
        ) from error


def is_beside(job: Job, export: ExportOptions) -> bool:
    """Tell whether a result is so large that its signature lies beside it, since to sign holds the file in memory."""
    from zssr_studio.host.machine import free_memory_bytes

    height, width = job.out_size
    bits = export.depth(export.format or Format.PNG, job.picture.source_bits)
    samples = job.picture.channels + (job.picture.alpha is not None)
    allowed = MOST_SHARE * (free_memory_bytes() if job.memory_bytes is None else job.memory_bytes)
    return height * width * samples * bits // 8 > allowed


def sealer(
    signature: Signature, job: Job, export: ExportOptions, source: Path, recorded: Callable[[], Plain], name: str
) -> Callable[[BinaryIO, BinaryIO], None]:
    """Return what signs a file of a result while it is written.

    Parameters
    ----------
    signature : Signature
    job : Job
    export : ExportOptions
    source : Path
        Becomes the ingredient that the result is made from, with its own credentials.
    recorded : callable
        Gives the record of the run once it is over.
    name : str
        What the result is called.
    """

    def seal(plain: BinaryIO, file: BinaryIO) -> None:
        record = recorded()
        media = (export.format or Format.PNG).media_type
        definition = _definition(name, media, _actions(job, export, record), [_run_assertion(record)])
        _sign(signature, definition, (source, record), plain, file)

    return seal


def write_sidecar(
    signature: Signature, job: Job, export: ExportOptions, source: Path, record: Plain, result: Path, *, overwrite: bool
) -> Path:
    """Sign a result in a file beside it, and return where; the result stays as it is.

    Raises
    ------
    FailureError, KeptElsewhereError, SealError
    """
    from zssr_studio.imaging.saving.kept import write_kept

    media = (export.format or Format.PNG).media_type
    definition = _definition(result.name, media, _actions(job, export, record), [_run_assertion(record)])
    with result.open("rb") as plain:
        manifest = _sign(signature, definition, (source, record), plain, None)
    path = result.with_suffix(SIDECAR_SUFFIX)
    write_kept(path, lambda file: file.write(manifest), overwrite=overwrite)
    return path


def _definition(title: str, media: str, actions: list[Plain], assertions: list[Plain]) -> Plain:
    told = actions or [{"action": "c2pa.created", "digitalSourceType": SOURCE_TYPES + "algorithmicMedia"}]
    return {
        "claim_generator_info": [{"name": "ZSSR Studio", "version": __version__}],
        "title": title,
        "format": media,
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": told}}, *assertions],
    }


def _actions(job: Job, export: ExportOptions, record: Plain) -> list[Plain]:
    """Say what was done, in C2PA's words and in a line of ours, with other pictures that were learned from."""
    term = export.digital_source_type
    others = ", ".join(picture["name"] or picture["sha256"] for picture in record["other_pictures"])
    description = job.settings_line + (f"; it also learned from other pictures: {others}" if others else "")
    done: Plain = {
        "action": "c2pa.converted" if job.scale.is_copy else "c2pa.resized",
        "softwareAgent": {"name": "ZSSR Studio", "version": __version__},
        "description": description,
    }
    if term is not None and not job.scale.is_copy:
        done["digitalSourceType"] = SOURCE_TYPES + term
    return [{"action": "c2pa.opened", "parameters": {"ingredientIds": ["source"]}}, done]


def _run_assertion(record: Plain) -> Plain:
    # As text, since the library changes lists of fractions on their way through its own form.
    return {"label": RUN_LABEL, "data": {"format": record["format"], "json": embedded(record)}}


def _sign(
    signature: Signature,
    definition: Plain,
    ingredient: tuple[Path, Plain] | None,
    plain: BinaryIO,
    file: BinaryIO | None,
) -> bytes:
    """Sign a file into another one, or None beside it, check what was written, and return the manifest.

    Raises
    ------
    SealError
    """
    import c2pa

    media = definition["format"]
    context = c2pa.Context.from_dict(SETTINGS)
    try:
        builder = _builder(context, definition, ingredient)
        if file is None:
            builder.set_no_embed()
        manifest: bytes = builder.sign(_signer(signature), media, plain, io.BytesIO() if file is None else file)
        written = plain if file is None else file
        written.seek(0)
        with c2pa.Reader(media, written, None if file is not None else manifest, context) as reader:
            state, results = reader.get_validation_state(), reader.get_validation_results() or {}
    except (c2pa.C2paError, OSError, ValueError) as error:
        raise SealError(said(error)) from error
    if state not in SOUND:
        failures = (results.get("activeManifest") or {}).get("failure", [])
        raise SealError(f"what was signed does not verify ({', '.join(one.get('code', '') for one in failures)})")
    if file is not None:
        file.seek(0, io.SEEK_END)
    return manifest


def _builder(context: Any, definition: Plain, ingredient: tuple[Path, Plain] | None) -> Any:
    """Put a manifest together, with the source in it as the library reads it, or else by its name."""
    import c2pa

    if ingredient is None:
        return c2pa.Builder.from_json(_text(definition), context)
    path, record = ingredient
    facts = record["source"] or {}
    media = MEDIA.get(str(facts.get("format")), "application/octet-stream")
    title = path.name.encode("utf-8", "replace").decode()
    named = {"title": title, "relationship": "parentOf", "label": "source"}
    if _is_there(path, facts):
        builder = c2pa.Builder.from_json(_text(definition), context)
        try:
            with path.open("rb") as source:
                builder.add_ingredient(named, media, source)
        except c2pa.C2paError:
            # A format that it cannot read, or a manifest that is elsewhere.
            builder.close()
        else:
            return builder
    by_name = {**named, "format": media, "instance_id": f"sha256:{facts.get('sha256', '')}"}
    return c2pa.Builder.from_json(_text({**definition, "ingredients": [by_name]}), context)


def _is_there(path: Path, facts: Plain) -> bool:
    """Tell whether a source still is the file that was enlarged, as far as that is recorded."""
    return path.is_file() and facts.get("sha256") in (None, file_sha256(path))


def _text(definition: Plain) -> str:
    """Write JSON; bytes of a file's name that are no text are replaced."""
    return json.dumps(definition, ensure_ascii=False).encode("utf-8", "replace").decode()


def _signer(signature: Signature) -> Any:
    """Load certificate and key.

    Raises
    ------
    ValueError, OSError, C2paError
    """
    import c2pa
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

    content = signature.key.read_bytes()
    try:
        key = serialization.load_pem_private_key(content, None)
    except TypeError as error:
        raise ValueError(f"{signature.key.name} has a password") from error
    match key:
        case ec.EllipticCurvePrivateKey():
            algorithm = {256: b"es256", 384: b"es384"}.get(key.key_size, b"es512")
        case rsa.RSAPrivateKey():
            algorithm = b"ps256"
        case ed25519.Ed25519PrivateKey():
            algorithm = b"ed25519"
        case _:
            raise ValueError("the key is of a kind that C2PA does not sign with")
    # The library takes PKCS #8 only.
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return c2pa.Signer.from_info(c2pa.C2paSignerInfo(algorithm, signature.certificate.read_bytes(), pem, None))
