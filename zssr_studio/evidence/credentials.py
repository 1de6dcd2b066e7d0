"""Content credentials (C2PA) of a file, read and checked.

What reads them is the Content Authenticity Initiative's own library, an extra of this program. Nothing goes over the
network: neither manifests elsewhere nor certificates are asked for.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.record.plain import Plain

SIDECAR_SUFFIX = ".c2pa"
# Uses of a certificate that may sign: protection of mail, signing of documents, and C2PA's own. The library takes the
# first one alone unless it is told.
USES = "\n".join(("1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.36", "1.3.6.1.4.1.62558.2.1", ""))
UNTRUSTED = "signingCredential.untrusted"
SETTINGS = {
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_after_sign": True},
    "builder": {"thumbnail": {"enabled": False}},
    "trust": {"trust_config": USES},
}


def is_available() -> bool:
    """Tell whether the library is there."""
    return find_spec("c2pa") is not None


def credentials_of(path: Path) -> Plain | None:
    """Read and check the credentials of a file, or those beside it; None where there are none, or no library is there.

    Returns
    -------
    dict or None
        `state` is `Valid`, `Trusted` or `Invalid`; `problems` the codes of what does not hold, in C2PA's words;
        `signer`, `signed_by`, `actions` and `ingredients` what the newest manifest says.
    """
    if not is_available():
        return None
    import c2pa

    beside = path.with_suffix(SIDECAR_SUFFIX)
    context = c2pa.Context.from_dict(SETTINGS)
    try:
        with path.open("rb") as file:
            manifest = beside.read_bytes() if beside.is_file() and beside != path else None
            reader = c2pa.Reader.try_create(None, file, manifest, context)
            if reader is None:
                return None
            with reader:
                return _told(reader, is_beside=manifest is not None)
    except c2pa.C2paError as error:
        if isinstance(error, c2pa.C2paError.NotSupported | c2pa.C2paError.ManifestNotFound):
            return None
        return {"state": "Invalid", "problems": [said(error)]}


def credentials_text(told: Plain) -> str:
    """Write what `credentials_of` found as a line."""
    if "signer" not in told:
        return f"{told['state']}: {', '.join(told['problems'])}"
    meaning = {
        "Trusted": "Trusted: nothing was changed since it was signed",
        "Valid": "Valid: nothing was changed since it was signed; who signed is not on a list of trust",
    }
    parts = [meaning.get(told["state"], f"Invalid ({', '.join(told['problems'])})")]
    parts.append(f"signed by {told['signer'] or 'nobody named'} ({told['organisation'] or 'no organisation'})")
    parts.append(f"made by {', '.join(told['made_by']) or 'nobody named'}: {', '.join(told['actions']) or 'no action'}")
    for ingredient in told["ingredients"]:
        held = "with credentials of its own" if ingredient["has_credentials"] else "without credentials"
        broken = f", which do not hold ({', '.join(ingredient['problems'])})" if ingredient["problems"] else ""
        parts.append(f"from {ingredient['title']}, {held}{broken}")
    return "; ".join([*parts, *(["in a file beside it"] if told["is_beside"] else [])])


def _told(reader: Any, *, is_beside: bool) -> Plain:
    active = reader.get_active_manifest() or {}
    results = (reader.get_validation_results() or {}).get("activeManifest") or {}
    signed = active.get("signature_info") or {}
    actions = [
        action.get("action", "")
        for assertion in active.get("assertions", [])
        if str(assertion.get("label", "")).startswith("c2pa.actions")
        for action in assertion.get("data", {}).get("actions", [])
    ]
    return {
        "state": str(reader.get_validation_state()),
        "problems": _problems(results),
        "signer": signed.get("common_name"),
        "organisation": signed.get("issuer"),
        "made_by": [one.get("name", "") for one in active.get("claim_generator_info", [])],
        "actions": actions,
        "ingredients": [
            {
                "title": one.get("title"),
                "has_credentials": "active_manifest" in one,
                "problems": _problems((one.get("validation_results") or {}).get("activeManifest") or {}),
            }
            for one in active.get("ingredients", [])
        ],
        "is_beside": is_beside,
    }


def _problems(results: Plain) -> list[str]:
    """Return the codes of what does not hold; that a signer is on no list of trust is told by the state."""
    codes = [failure.get("code", "") for failure in results.get("failure", [])]
    return [code for code in codes if code != UNTRUSTED]


def said(error: Exception) -> str:
    """Return what a library said, in one line."""
    return " ".join(str(error).split())[:200].rstrip(".") or type(error).__name__
