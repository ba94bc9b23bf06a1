"""Which services of the town want a token, and how its token service behaves: tokens.json, read at each request."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from korsbaek import oces
from korsbaek.town import CVR

STS = "sts"
"""The token service's name among the town's servers."""
PATHS = {
    "soap": "/runtime/services/kombittrust/14/certificatemixed",
    "json": "/runtime/api/rest/wstrust/v1/issue",
    "access": "/service/AccessTokenService_1/token",
    "oauth": "/runtime/api/rest/oauth/v1/issue",
}
"""Where its four doors are, as in production."""
ENTITIES = {
    "sdi": "http://entityid.kombit.dk/service/sdi/sagdokumentindeks/6",
    "ydi": "http://entityid.kombit.dk/service/ydi/ydelseindeks/6",
    "cpr": "http://cpr.serviceplatformen.dk/service/personbasedataextended/4",
    "cvr": "http://cvr.serviceplatformen.dk/service/online/2",
    "klassifikation": "http://entityid.kombit.dk/service/klassifikation/6",
    "organisation": "http://stoettesystemerne.dk/service/organisation/3",
    "ydelseliste": "http://entityid.kombit.dk/service/ydelselistehent/1",
}
"""What the services call themselves (AppliesTo)."""
STOETTESYSTEMER = ("sdi", "ydi", "klassifikation", "organisation", "ydelseliste")
"""Those that open by a token alone in production; Serviceplatformen's have a door of mutual TLS alone beside it."""
PLAIN = ("ydelseliste",)
"""Those that public clients call without sbf:Framework."""
ISSUER = "https://saml.adgangsstyring.korsbaek.invalid"
_DEFAULT: dict[str, Any] = {
    "systems": [],
    "seconds": 28800,
    "access_seconds": 3600,
    "scheme": "Holder-of-key",
    "clock": 0,
    "encrypt": False,
    "agreements": {CVR: list(ENTITIES.values())},
}
"""systems: who wants a token; seconds, access_seconds: how long a SAML token and an access token live; scheme: kind of
access token; clock: seconds that the town's clock is ahead; encrypt: tokens only the service can read; agreements:
services by authority."""


def read(folder: Path) -> dict[str, Any]:
    """The setting as it is now."""
    path = folder / "tokens.json"
    return _DEFAULT | (json.loads(path.read_text()) if path.exists() else {})


def write(folder: Path, **change: Any) -> None:
    """Changes some of it; running servers notice at the next request."""
    path = folder / "tokens.json"
    kept = json.loads(path.read_text()) if path.exists() else {}
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(kept | change))
    draft.replace(path)


def demand(folder: Path, systems: Sequence[str]) -> list[str]:
    """Lets these services, and no others, want a token from their next start on; makes the certificates for it.

    Gives the servers that this changes, which must be stopped and, when still wanted, started anew.
    """
    if unknown := set(systems) - set(ENTITIES):
        raise ValueError(f"no token can be wanted by {', '.join(sorted(unknown))}")
    changed = sorted(set(systems) ^ set(read(folder)["systems"]))
    write(folder, systems=sorted(systems))
    if systems:
        oces.make(folder / "pki", CVR)
        return changed
    return [*changed, STS]


def clock(folder: Path) -> datetime:
    """The time by the clock of the town's servers, in UTC."""
    return datetime.now(UTC) + timedelta(seconds=read(folder)["clock"])


def door(folder: Path, system: str, sts: str) -> dict[str, str]:
    """What a client of `system` must know beside its address; `sts` is the token service's base address."""
    pki = folder.resolve() / "pki"
    more = {"framework": "no"} if system in PLAIN else {}
    if system == "organisation":
        more["token_url"] = sts + PATHS["oauth"]
    return more | {
        "type": "idws",
        "cert": str(pki / "function.crt"),
        "key": str(pki / "function.key"),
        "ca": str(pki / "ca.crt"),
        "sts": sts + PATHS["soap"],
        "sts_cert": str(pki / "sts.crt"),
        "service_cert": str(pki / "service.crt"),
        "entity_id": ENTITIES[system],
    }
