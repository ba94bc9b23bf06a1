"""The function certificate (funktionscertifikat, OCES3) that a system is known by: PEM files or PKCS#12."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

from connectors import given
from connectors.contract import Access
from connectors.errors import AccessError

PACKED = (".p12", ".pfx")
"""Endings of PKCS#12 files."""


@dataclass(frozen=True)
class FunctionCertificate:
    """A certificate with its private key."""

    file: str
    certificate: x509.Certificate
    key: RSAPrivateKey = field(repr=False)
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def der(self) -> bytes:
        """The certificate as it goes into messages."""
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def thumbprint(self) -> str:
        """SHA-256 of the certificate."""
        return sha256(self.der).hexdigest()

    def check(self, now: datetime) -> None:
        """AccessError unless the certificate is valid at `now`."""
        if now >= self.certificate.not_valid_after_utc:
            day = self.certificate.not_valid_after_utc.date().isoformat()
            raise AccessError(
                f"{self.file}: the certificate expired on {day}; order a new one, register it, put it there"
            )
        if now < self.certificate.not_valid_before_utc:
            raise AccessError(f"{self.file}: the certificate is not valid yet; is this machine's clock right?")


def load(access: Access) -> FunctionCertificate:
    """From extra.cert (and extra.key, when not in the same PEM file), with the Connection's password as passphrase.

    Raises AccessError, one line that names the file and says what is wrong with it.
    """
    cert = given.extra(access, "cert", "it names the function certificate")
    key = str(access.extra.get("key") or cert)
    secret = access.password.encode() if access.password else None
    found = _packed(cert, secret) if cert.lower().endswith(PACKED) else _pem(cert, key, secret)
    if found.certificate.public_key() != found.key.public_key():
        raise AccessError(f"{key}: the private key does not belong to the certificate {cert}; put in the right pair")
    return found


def _packed(file: str, secret: bytes | None) -> FunctionCertificate:
    try:
        store = load_pkcs12(_read(file), secret)
    except ValueError:
        raise AccessError(f"{file}: cannot be opened; is the passphrase in the Connection's password right?") from None
    if store.cert is None or store.key is None:
        raise AccessError(f"{file}: holds no certificate with its private key; export it anew with both")
    chain = tuple(other.certificate for other in store.additional_certs)
    return FunctionCertificate(file, store.cert.certificate, _rsa(store.key, file), chain)


def _pem(cert: str, key: str, secret: bytes | None) -> FunctionCertificate:
    try:
        certificate, *chain = x509.load_pem_x509_certificates(_read(cert))
    except ValueError:
        raise AccessError(f"{cert}: holds no certificate in PEM form; a PKCS#12 file must end in .p12") from None
    data = _read(key)
    try:
        private = load_pem_private_key(data, secret if b"ENCRYPTED" in data else None)
    except (ValueError, TypeError):
        raise AccessError(
            f"{key}: the private key cannot be opened; is the passphrase in the Connection's password right?"
        ) from None
    return FunctionCertificate(cert, certificate, _rsa(private, key), tuple(chain))


def _rsa(key: object, file: str) -> RSAPrivateKey:
    if not isinstance(key, RSAPrivateKey):
        raise AccessError(f"{file}: the key is not RSA, which OIO-IDWS signs with; order an RSA certificate")
    return key


def _read(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError:
        raise AccessError(f"cannot read {file}; put the file there or correct the Connection") from None


@lru_cache(maxsize=64)
def trusted(file: str, name: str) -> tuple[RSAPublicKey, ...]:
    """The keys of the certificates in the PEM file of extra.`name`: two of them while one replaces the other."""
    if not file:
        raise AccessError(f"{name} is missing in the extra of this source's Connection; it names a PEM file")
    try:
        keys = [c.public_key() for c in x509.load_pem_x509_certificates(_read(file))]
    except ValueError:
        raise AccessError(f"{file}: holds no certificate in PEM form ({name})") from None
    return tuple(k for k in keys if isinstance(k, RSAPublicKey))


__all__ = ["FunctionCertificate", "load", "trusted"]
