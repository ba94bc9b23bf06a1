"""The town's own certificate authority: certificates for its servers, and one that a client needs to be let in."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CLIENT = "helhed.korsbaek.invalid"
"""The name in the client certificate."""
_Pair = tuple[x509.Certificate, ec.EllipticCurvePrivateKey]


def make(folder: Path) -> None:
    """Writes ca, server and client (.crt, .key; keys 0600) into `folder` unless they are there."""
    if (folder / "client.crt").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    ca = _issue("Korsbaek prøve-CA", None)
    _write(folder, "ca", ca)
    _write(folder, "server", _issue("localhost", ca))
    _write(folder, "client", _issue(CLIENT, ca))


def spoil(folder: Path) -> None:
    """Writes what a door that is wrong shows: server_expired, server_elsewhere (another host), and ca_expired."""
    if (folder / "ca_expired.crt").exists():
        return
    key = serialization.load_pem_private_key((folder / "ca.key").read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    ca = x509.load_pem_x509_certificate((folder / "ca.crt").read_bytes()), key
    yesterday = datetime.now(UTC) - timedelta(days=1)
    _write(folder, "server_expired", _issue("localhost", ca, until=yesterday))
    _write(folder, "server_elsewhere", _issue("elsewhere.korsbaek.invalid", ca, here=False))
    _write(folder, "ca_expired", _issue(ca[0].subject.rfc4514_string().removeprefix("CN="), None, yesterday, key))


def _issue(
    name: str,
    ca: _Pair | None,
    until: datetime | None = None,
    key: ec.EllipticCurvePrivateKey | None = None,
    here: bool = True,
) -> _Pair:
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(ca[0].subject if ca else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=3650))  # tests set the hub's clock back and forth
        .not_valid_after(until or now + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=ca is None, path_length=0 if ca is None else None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if ca is None:
        builder = builder.add_extension(_usage(sign=True), critical=True)
    else:
        names = [x509.DNSName(name)]
        server = [*names, x509.IPAddress(ip_address("127.0.0.1"))] if here else names
        wanted = ExtendedKeyUsageOID.CLIENT_AUTH if name == CLIENT else ExtendedKeyUsageOID.SERVER_AUTH
        builder = (
            builder.add_extension(x509.SubjectAlternativeName(names if name == CLIENT else server), critical=False)
            .add_extension(x509.ExtendedKeyUsage([wanted]), critical=False)
            .add_extension(_usage(sign=False), critical=True)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca[1].public_key()), critical=False)
        )
    return builder.sign(ca[1] if ca else key, hashes.SHA256()), key


def _usage(sign: bool) -> x509.KeyUsage:
    return x509.KeyUsage(not sign, False, False, False, False, sign, sign, False, False)


def _write(folder: Path, name: str, pair: _Pair) -> None:
    certificate, key = pair
    (folder / f"{name}.crt").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret = folder / f"{name}.key"
    secret.touch(mode=0o600)
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
