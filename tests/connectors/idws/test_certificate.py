"""The function certificate from PEM files or PKCS#12, with its passphrase; what is wrong is said in one line."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

from korsbaek import oces
from korsbaek.town import CVR
from tests.connectors.idws.scene import Scene, knock, refused

WORD = "hemmeligt"


def pair(scene: Scene) -> tuple[x509.Certificate, Any]:
    """The town's function certificate and its key."""
    certificate = x509.load_pem_x509_certificate((scene.pki / "function.crt").read_bytes())
    return certificate, load_pem_private_key((scene.pki / "function.key").read_bytes(), None)


def packed(scene: Scene, folder: Path, word: str = WORD) -> Path:
    """As PKCS#12."""
    certificate, key = pair(scene)
    path = folder / "function.p12"
    lock = BestAvailableEncryption(word.encode()) if word else NoEncryption()
    path.write_bytes(serialize_key_and_certificates(b"helhed", key, certificate, None, lock))
    return path


def locked(scene: Scene, folder: Path) -> Path:
    """As PEM files whose key is locked."""
    certificate, key = pair(scene)
    path = folder / "function.pem"
    path.write_bytes(certificate.public_bytes(Encoding.PEM))
    lock = BestAvailableEncryption(WORD.encode())
    path.with_suffix(".key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock))
    return path


def test_pkcs12_opens_both_doors(scene: Scene, tmp_path: Path) -> None:
    knock(scene.open(cert=str(packed(scene, tmp_path)), key=None, password=WORD))
    knock(scene.open(cert=str(packed(scene, tmp_path, "")), key=None))


def test_a_locked_key_opens_both_doors(scene: Scene, tmp_path: Path) -> None:
    path = locked(scene, tmp_path)
    knock(scene.open(cert=str(path), key=str(path.with_suffix(".key")), password=WORD))


def test_one_file_may_hold_both(scene: Scene, tmp_path: Path) -> None:
    path = tmp_path / "both.pem"
    path.write_bytes(b"".join((scene.pki / f"function.{end}").read_bytes() for end in ("crt", "key")))
    knock(scene.open(cert=str(path), key=None))


def test_no_key_is_left_lying_about(scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "t"))
    (tmp_path / "t").mkdir()
    monkeypatch.setattr("tempfile.tempdir", None)
    scene.open(cert=str(packed(scene, tmp_path)), key=None, password=WORD)
    assert os.listdir(tmp_path / "t") == []  # noqa: PTH208


def elliptic(scene: Scene, folder: Path) -> dict[str, str]:
    return {"cert": str(scene.pki / "client.crt"), "key": str(scene.pki / "client.key")}


def strangers(scene: Scene, folder: Path) -> dict[str, str]:
    other = oces.issue(scene.pki, "other", CVR, into=folder)
    return {"cert": str(scene.pki / "function.crt"), "key": str(other.with_suffix(".key"))}


def absent(scene: Scene, folder: Path) -> dict[str, str]:
    return {"cert": str(folder / "absent.crt"), "key": str(folder / "absent.key")}


def misnamed(scene: Scene, folder: Path) -> dict[str, str]:
    path = packed(scene, folder)
    return {"cert": str(path.rename(folder / "function.pem")), "key": ""}


def empty(scene: Scene, folder: Path) -> dict[str, str]:
    path = folder / "key.p12"
    key = ec.generate_private_key(ec.SECP256R1())
    path.write_bytes(serialize_key_and_certificates(b"x", key, None, None, NoEncryption()))
    return {"cert": str(path), "key": ""}


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (elliptic, "not RSA"),
        (strangers, "does not belong to the certificate"),
        (absent, "cannot read"),
        (misnamed, "must end in .p12"),
        (empty, "no certificate with its private key"),
    ],
)
def test_what_is_wrong_is_said(
    scene: Scene, tmp_path: Path, make: Callable[[Scene, Path], dict[str, str]], said: str
) -> None:
    line = refused(lambda: knock(scene.open(**make(scene, tmp_path))))
    assert said in line


@pytest.mark.parametrize("word", ["", "forkert"])
def test_a_wrong_passphrase_is_said_and_not_shown(scene: Scene, tmp_path: Path, word: str) -> None:
    path = locked(scene, tmp_path)
    for extra in (
        {"cert": str(packed(scene, tmp_path)), "key": None},
        {"cert": str(path), "key": str(path.with_suffix(".key"))},
    ):
        line = refused(lambda extra=extra: scene.open(password=word, **extra))
        assert "passphrase" in line and (not word or word not in line)


def test_secrets_are_not_shown(scene: Scene) -> None:
    access = scene.access(password=WORD)
    assert WORD not in repr(access)
    api = scene.open()
    assert "key" not in repr(api.api._door._tokens.certificate).partition("certificate=")[2]
