"""Landed bodies are sealed with HELHED_KEY; their digests tell a changed record from an unchanged one."""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b, sha256
from typing import Any, TypeAlias

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from connectors.closed import as_sent
from connectors.record import Door, Record
from helhed.settings import SettingsError, key

DIGEST_SIZE = 16
"""Bytes of every digest in the store."""
SentAs: TypeAlias = Callable[[Iterable[Record]], list[bytes]]
"""What makes the digests of records' bytes as they were sent."""
_NONCE = 12
_AT_ONCE = 512
_FORM = b"\x01"


def seal(body: bytes) -> bytes:
    """The body encrypted and authenticated (AES-256-GCM, a random nonce each)."""
    return sealer()(body)


def sealer() -> Callable[[bytes], bytes]:
    """What seals many bodies with the key of now. For one thread."""
    encrypt = _cipher(key()).encrypt
    nonces = _nonces()

    def seal_one(body: bytes) -> bytes:
        nonce = next(nonces)
        return _FORM + nonce + encrypt(nonce, body, None)

    return seal_one


def _nonces() -> Iterator[bytes]:
    """Random ones, fetched many at a time: each fetch lets another thread take the interpreter."""
    while True:
        some = os.urandom(_NONCE * _AT_ONCE)
        yield from (some[at : at + _NONCE] for at in range(0, len(some), _NONCE))


def unsealer() -> Callable[[bytes], bytes]:
    """What opens many bodies again. Raises SettingsError when one was sealed with another key."""
    decrypt = _cipher(key()).decrypt

    def unseal_one(sealed: bytes) -> bytes:
        sealed = bytes(sealed)
        try:
            return decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], None)
        except InvalidTag:
            raise SettingsError("A stored record was sealed with another key: set HELHED_KEY to that one.") from None

    return unseal_one


def unseal(sealed: bytes) -> bytes:
    """The body again. Raises SettingsError when it was sealed with another key."""
    return unsealer()(sealed)


def digester(version: int, volatile: frozenset[str]) -> Callable[[bytes], bytes]:
    """What makes the digest of a record's body: without its volatile fields, salted with the translation's version.

    It is keyed, since a plain hash of a short record that holds a national number would give the number away.
    """
    secret = _derived(key(), b"digest")
    salt = version.to_bytes(8, "big")
    strip = _stripper(volatile)

    def digest(body: bytes) -> bytes:
        return blake2b(strip(body) if strip else body, digest_size=DIGEST_SIZE, key=secret, salt=salt).digest()

    return digest


def sent_digester(version: int) -> SentAs:
    """What makes the digests of records' bytes as they were sent: keyed as the other, and another one too for another
    key, another version of the translation, and a door that lets in something else."""
    secret = _derived(key(), b"sent") + version.to_bytes(8, "big")
    begun: dict[bytes, Any] = {}

    def begin(door: Door | None) -> Any:
        mark = door.mark if door is not None else b""
        if mark not in begun:
            # Half of what SHA-256 gives is kept, so that nobody can go on from it; processors do it in half the time.
            begun[mark] = sha256(secret + mark.rjust(DIGEST_SIZE, b"\0"))
        return begun[mark]

    def digests(records: Iterable[Record]) -> list[bytes]:
        made, door, fresh = list[bytes](), None, begin(None)
        for called, sent, by in as_sent(records):
            if by is not door:
                door, fresh = by, begin(by)
            found = fresh.copy()
            found.update(sent)
            found.update(called.encode("utf-8", "surrogatepass"))
            made.append(found.digest()[:DIGEST_SIZE])
        return made

    return digests


def _stripper(volatile: frozenset[str]) -> Callable[[bytes], bytes] | None:
    if not volatile:
        return None

    def without(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: without(part) for name, part in value.items() if name not in volatile}
        return [without(part) for part in value] if isinstance(value, list) else value

    def strip(body: bytes) -> bytes:
        try:
            return msgspec.json.encode(without(msgspec.json.decode(body)), order="deterministic")
        except msgspec.DecodeError:
            return body

    return strip


@lru_cache(maxsize=4)
def _cipher(secret: bytes) -> AESGCM:
    return AESGCM(_derived(secret, b"landed"))


@lru_cache(maxsize=8)
def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"helhed " + purpose).derive(secret)
