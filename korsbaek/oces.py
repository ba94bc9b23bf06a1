"""Certificates as OCES3 has them, of the town's own authority: RSA, with the organisation's CVR number in them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NAMES = ("function", "sts", "service")
"""The client's function certificate, and what the token service and the services sign with."""


def make(pki: Path, cvr: str) -> None:
    """Writes the three beside the authority in `pki`, unless they are there."""
    for name in NAMES:
        if not (pki / f"{name}.crt").exists():
            issue(pki, name, cvr)


def issue(
    pki: Path,
    name: str,
    cvr: str,
    begins: datetime | None = None,
    ends: datetime | None = None,
    into: Path | None = None,
) -> Path:
    """A certificate and key by the authority in `pki`, as {name}.crt and .key (0600) in `into`; the certificate's path.

    Valid for ten years around today unless told otherwise.
    """
    ca = x509.load_pem_x509_certificate((pki / "ca.crt").read_bytes())
    ca_key = serialization.load_pem_private_key((pki / "ca.key").read_bytes(), None)
    if not isinstance(ca_key, ec.EllipticCurvePrivateKey):
        raise ValueError("the town's authority has an elliptic key")
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    now, years = datetime.now(UTC), timedelta(days=3650)
    subject = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "DK"),
        x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, f"NTRDK-{cvr}"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Korsbæk Kommune"),
        x509.NameAttribute(NameOID.SERIAL_NUMBER, f"UI:DK-O:G:{uuid5(NAMESPACE_URL, f'{cvr}/{name}')}"),
        x509.NameAttribute(NameOID.COMMON_NAME, f"{name} (funktionscertifikat)"),
    ]
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name(subject))
        .issuer_name(ca.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins or now - years)
        .not_valid_after(ends or now + years)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    folder = into or pki
    folder.mkdir(parents=True, exist_ok=True)
    secret = folder / f"{name}.key"
    secret.touch(mode=0o600)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    secret.write_bytes(key.private_bytes(*form))
    path = folder / f"{name}.crt"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return path
