"""A certificate authority of the tests' own, and certificates of it that may sign content credentials."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes

PEM = serialization.Encoding.PEM
MAIL = ExtendedKeyUsageOID.EMAIL_PROTECTION
DOCUMENTS = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
C2PA = x509.ObjectIdentifier("1.3.6.1.4.1.62558.2.1")
USES = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")  # fmt: skip


class Identity(NamedTuple):
    """Files of a chain, of its key and of who issued it."""

    chain: Path
    key: Path
    authority: Path

    @property
    def arguments(self) -> tuple[str, ...]:
        return "--sign-cert", str(self.chain), "--sign-key", str(self.key)


def identity(
    folder: Path, use: x509.ObjectIdentifier | None = MAIL, *, is_rsa: bool = False, days: int = 30
) -> Identity:
    """Make them."""
    authority = ec.generate_private_key(ec.SECP256R1())
    key = rsa.generate_private_key(65537, 2048) if is_rsa else ec.generate_private_key(ec.SECP256R1())
    root = _certificate("Authority", authority, days).add_extension(x509.BasicConstraints(True, None), True)
    root = root.add_extension(_use("key_cert_sign", "crl_sign"), True)
    root = root.add_extension(x509.SubjectKeyIdentifier.from_public_key(authority.public_key()), False)
    own = _certificate("Archivist", key, days).add_extension(x509.BasicConstraints(False, None), True)
    own = own.add_extension(_use("digital_signature"), True)
    own = own.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key()), False)
    if use is not None:
        own = own.add_extension(x509.ExtendedKeyUsage([use]), False)
    made = Identity(folder / "chain.pem", folder / "key.pem", folder / "authority.pem")
    signed_root = root.sign(authority, hashes.SHA256()).public_bytes(PEM)
    made.chain.write_bytes(own.sign(authority, hashes.SHA256()).public_bytes(PEM) + signed_root)
    made.authority.write_bytes(signed_root)
    form = serialization.PrivateFormat.PKCS8
    made.key.write_bytes(key.private_bytes(PEM, form, serialization.NoEncryption()))
    return made


def _certificate(name: str, key: CertificateIssuerPrivateKeyTypes, days: int) -> x509.CertificateBuilder:
    begins = datetime.now(UTC) - timedelta(days=60)
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named("Authority"))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(datetime.now(UTC) + timedelta(days=days))
    )


def _named(name: str) -> x509.Name:
    organisation = x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Test archive")
    return x509.Name([organisation, x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _use(*names: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{use: use in names for use in USES})
