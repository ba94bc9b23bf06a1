"""A small store of facts and the app before it."""

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from caseworker.app import create_app
from tests.caseworker.facts import NOW, Facts

ROLES = """
kommune = "Korsbæk Kommune"

[[bruger]]
id = "ydelse"
uuid = "00000000-0000-4000-8000-000000000001"
navn = "Karin Holst"
enhed = "Ydelser"
cvr = "11111111"
roller = ["soeg_borger", "se_overblik"]
[[bruger.grant]]
kle = ["32.*"]
foelsomhed = 2

[[bruger]]
id = "familie"
uuid = "00000000-0000-4000-8000-000000000002"
navn = "Ali Demir"
enhed = "Familie"
cvr = "11111111"
roller = ["soeg_borger", "se_overblik", "se_beskyttet_adresse", "hent_igen"]
[[bruger.grant]]
kle = ["27.*"]
foelsomhed = 3
[[bruger.grant]]
kle = ["32.*"]
foelsomhed = 1

[[bruger]]
id = "drift"
uuid = "00000000-0000-4000-8000-000000000003"
navn = "Ditte Rask"
enhed = "Digitalisering"
cvr = "11111111"
roller = []
"""


@dataclass
class World:
    """What the tests look for."""

    facts: Facts
    mette: UUID
    bent: UUID
    ydelsessag: UUID
    familiesag: UUID
    vipsag: UUID


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hub's clock stands still."""
    monkeypatch.setenv("HELHED_NOW", NOW.isoformat())


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration with three invented caseworkers."""
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "roles.toml").write_text(ROLES, encoding="utf-8")
    monkeypatch.setenv("HELHED_CONFIG", str(folder))
    return folder


@pytest.fixture
def world(store: dict[str, str], clock: None) -> World:
    """Mette, protected, known by five systems; Bent, her neighbour; cases of every kind."""
    f = Facts()
    for id, level, kle in (("cpr", 2, "23"), ("sdi", 3, "00"), ("sbsys", 3, "00"), ("ydi", 2, "32")):
        f.kilde(id, level, kle)
    f.kilde("nexus", 3, "27", failing_since=NOW - timedelta(hours=30), error="TransientError: no answer",
            complete_as_of=NOW - timedelta(hours=31))  # fmt: skip
    f.rank("civilstand", "cpr", "nexus")
    f.rank("sag", "sbsys", "sdi")
    mette = f.person("1503841112", "Mette Lund Sørensen", "Rørsangervej 14, 3650 Ølstykke", beskyttet=True)
    bent = f.person("2207551114", "Bent Ågård Sørensen", "Birkehegnet 9, 3650 Ølstykke")
    f.fact("person", mette, "nexus", civilstand="F", foedselsdato=None)
    f.fact("personrelation", bent, "cpr", relationstype="barn", reference=mette)
    f.fact("personrelation", mette, "cpr", relationstype="far", reference=bent)
    one = f.sag(mette, "Sygedagpenge, Rørsangervej 14", nummer="KSD-2026-1")
    f.sag(mette, "Sygedagpenge hos SBSYS", nummer="KSD-2026-1", sag=one, source="sbsys")
    two = f.sag(mette, "Merudgifter til barn", "27.54.03", 3, nummer="FAM-2026-2")
    vip = f.sag(mette, "Hemmelig", "32.24.04", 4, nummer="VIP-1")
    f.sag(mette, "Plads i Børnehuset Solsikken", "27.60.00", 2, nummer="DAG-2026-3", status="Afsluttet")
    f.sag(bent, "Nabohøring om Rørsangervej 14, 2. tv.", "32.03.12", 1, nummer="BYG-2026-4")
    f.dokument("Lægeattest fra Rørsangervej 14", one)
    f.dokument("Ansøgning om merudgifter", two, 3)
    f.fact("journalnotat", one, "sbsys", titel="Opkald", notat="<p>Bor på Rørsangervej 14</p>", format="html",
           skrevet=NOW - timedelta(days=2), forfatter="KH")  # fmt: skip
    f.ydelse(mette, "Sygedagpenge")
    f.write()
    return World(f, mette, bent, one, two, vip)


@pytest.fixture
def app(world: World, config: Path) -> FastAPI:
    """The app before that store."""
    return create_app()


class Browser(TestClient):
    """A client without JavaScript that keeps its cookie and fills in forms."""

    def __init__(self, app: FastAPI, bruger: str | None) -> None:
        """Log in as somebody, or stay outside."""
        super().__init__(app, base_url="http://127.0.0.1", raise_server_exceptions=False, client=("127.0.0.1", 50000))
        if bruger:
            assert self.post("/login", data={"bruger": bruger}).status_code == 200

    @property
    def csrf(self) -> str:
        """The token of this session's forms."""
        found = re.search(r'name="csrf" value="([^"]+)"', self.get("/").text)
        assert found
        return found[1]

    def submit(self, url: str, **data: str):  # type: ignore[no-untyped-def]
        """Post a form as the page would."""
        return self.post(url, data={"csrf": self.csrf, **data})

    def find(self, q: str, formaal: str = "egen_sag"):  # type: ignore[no-untyped-def]
        """Search with a purpose."""
        return self.submit("/soeg", q=q, formaal=formaal)


@pytest.fixture
def karin(app: FastAPI) -> Browser:
    """Sees 32.* up to level 2."""
    return Browser(app, "ydelse")


@pytest.fixture
def ali(app: FastAPI) -> Browser:
    """Sees 27.* up to level 3, 32.* at level 1, and may see protected addresses."""
    return Browser(app, "familie")
