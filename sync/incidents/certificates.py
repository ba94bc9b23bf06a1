"""Client certificates that expire: told 90, 30 and 7 days ahead, and when they open nothing any more."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

from connectors.idws.certificate import PACKED
from helhed.settings import SettingsError, Source, connection, now
from sync.incidents.dansk import dag
from sync.incidents.finding import NO_LONGER_USABLE, Finding

STEPS = ((7, 3), (30, 2), (90, 1))
"""Days before the end, and the level from there on."""


def expiring(sources: Iterable[Source]) -> list[Finding]:
    """A finding for each source with a client certificate that ends within 90 days, has ended or cannot be read."""
    found = []
    for source in sources:
        try:
            given = connection(source.id)
        except SettingsError:
            continue  # the run says so
        findings = [f for path in paths(given.extra) if (f := _of_file(source, path, given.password))]
        if findings:
            found.append(max(findings, key=lambda f: f.level))
    return found


def paths(extra: dict[str, Any]) -> Iterator[Path]:
    """The certificate files that a Connection's extra names: cert, and whatever ends with _cert."""
    for name, value in extra.items():
        if (name == "cert" or name.endswith("_cert")) and isinstance(value, str) and value:
            yield Path(value)


def ends(path: Path, passphrase: str = "") -> tuple[datetime, datetime]:
    """From when to when everything in a PEM or PKCS#12 file is valid.

    Raises OSError, or ValueError when it is no certificate or the passphrase does not open it.
    """
    chain = _packed(path, passphrase) if path.suffix.lower() in PACKED else _pem(path)
    return max(c.not_valid_before_utc for c in chain), min(c.not_valid_after_utc for c in chain)


def _pem(path: Path) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(path.read_bytes())


def _packed(path: Path, passphrase: str) -> list[x509.Certificate]:
    store = load_pkcs12(path.read_bytes(), passphrase.encode() or None)
    if store.cert is None:
        raise ValueError("no certificate")
    return [store.cert.certificate, *(other.certificate for other in store.additional_certs)]


def _of_file(source: Source, path: Path, passphrase: str) -> Finding | None:
    at, who = now(), f"Klientcertifikatet til {source.navn}"
    try:
        begins, end = ends(path, passphrase)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else "no certificate that we can open"
        line = f"{source.id}: the client certificate {path} cannot be read: {why}"
        return _finding(source, "unreadable", NO_LONGER_USABLE, at, line, f"{who} kan ikke læses.")
    when, begin = f"{end:%Y-%m-%d %H:%M} UTC", f"{begins:%Y-%m-%d %H:%M} UTC"
    if end <= at:
        line, tekst = f"{source.id}: the client certificate {path} expired {when}", f"{who} udløb {dag(end)}."
        return _finding(source, "expired", NO_LONGER_USABLE, end, line, tekst)
    if begins > at:
        line = f"{source.id}: the client certificate {path} is not valid before {begin}"
        return _finding(source, "early", NO_LONGER_USABLE, at, line, f"{who} gælder først fra {dag(begins)}.")
    level = next((level for days, level in STEPS if end - at <= timedelta(days=days)), 0)
    if not level:
        return None
    line = f"{source.id}: the client certificate {path} expires {when}"
    return _finding(source, "expires", level, at, line, f"{who} udløber {dag(end)}.")


def _finding(source: Source, reason: str, level: int, since: datetime, line: str, tekst: str) -> Finding:
    return Finding("certificate", source.id, "", reason, level, since, line, tekst)
