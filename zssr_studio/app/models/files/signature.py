"""With what exports are signed, as a person chose it once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from zssr_studio.evidence.signing import Signature

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

_CERTIFICATE, _KEY = "export/sign_certificate", "export/sign_key"


def kept_signature(kept: QSettings) -> Signature | None:
    """Return certificate and key; None where exports are not signed."""
    certificate, key = (str(kept.value(name, "")) for name in (_CERTIFICATE, _KEY))
    return Signature(Path(certificate), Path(key)) if certificate and key else None


def keep_signature(kept: QSettings, signature: Signature | None) -> None:
    """Remember with what exports are signed; the files stay where they are."""
    kept.setValue(_CERTIFICATE, "" if signature is None else str(signature.certificate))
    kept.setValue(_KEY, "" if signature is None else str(signature.key))
