"""SBSYS keeps rammearkitektur 7.2, and says everything that the town holds."""

import re
from typing import Any

import pytest

from korsbaek.model import Dokument, Sag
from korsbaek.town import Town
from tests.korsbaek.rest.conftest import Start, Vendor

SEARCH = "/api/sag/search"


def pull(vendor: Vendor, limit: int, **criteria: Any) -> list[dict[str, Any]]:
    """Every hit, page by page, as production clients do it: until a page is short."""
    found: list[dict[str, Any]] = []
    while True:
        asked = {**criteria, "Limit": limit, "Skip": len(found)}
        page = vendor.post(SEARCH + "?InkluderParterIResultat=true", asked).json()
        found += page["Results"]
        if len(page["Results"]) < limit:
            assert page["TotalNumberOfResults"] == len(found)
            return found


@pytest.fixture(scope="module")
def sager(rest_town: Town) -> list[Sag]:
    """Every case that SBSYS has, by its Id."""
    return list(rest_town.each(Sag, "sbsys is not null order by sbsys"))


@pytest.mark.parametrize("limit", [7, 50, 5000])
def test_paging_is_complete_and_stable(sbsys_server: Vendor, sager: list[Sag], limit: int) -> None:
    assert [one["SagIdentity"] for one in pull(sbsys_server, limit)] == [sag.uuid for sag in sager]


def test_no_hit_is_an_empty_success(sbsys_server: Vendor) -> None:
    answer = sbsys_server.post(SEARCH, {"PrimaerPerson": {"CprNummer": "311299-9999"}, "Limit": 10})
    assert (answer.status_code, answer.json()) == (200, {"Results": [], "TotalNumberOfResults": 0})


def test_parties_only_when_asked_for(sbsys_server: Vendor) -> None:
    plain = sbsys_server.post(SEARCH, {"Limit": 1}).json()["Results"][0]
    full = sbsys_server.post(SEARCH + "?InkluderParterIResultat=true", {"Limit": 1}).json()["Results"][0]
    assert "Personer" not in plain
    assert {"Personer", "Firmaer"} <= set(full)


def test_all_persons_finds_any_role_and_primary_only_the_first(sbsys_server: Vendor, rest_town: Town) -> None:
    (cpr,) = rest_town.rows(
        "select nummer from sagspart join sag on uuid = sag where sbsys is not null and rolle <> 'primaer'"
        " and art = 'cpr' and gaeldende = 1 limit 1"
    )[0]
    dashed = {"CprNummer": f"{cpr[:6]}-{cpr[6:]}"}
    everywhere = {one["SagIdentity"] for one in pull(sbsys_server, 50, AllePersoner=dashed)}
    primary = {one["SagIdentity"] for one in pull(sbsys_server, 50, PrimaerPerson=dashed)}
    of_town = {s.uuid for s in rest_town.sager_of("cpr", cpr, "sbsys is not null") if cpr in _now(s, all_roles=True)}
    assert everywhere == of_town
    assert primary == {s.uuid for s in rest_town.each(Sag, "sbsys is not null") if cpr in _now(s, all_roles=False)}
    assert primary < everywhere
    assert pull(sbsys_server, 50, AllePersoner={"CprNummer": cpr}) == []


def _now(sag: Sag, *, all_roles: bool) -> set[str]:
    return {p.nummer for p in sag.nu.parter if p.til is None and (all_roles or p.rolle == "primaer")}


def test_sag_is_as_documented(sbsys_server: Vendor, sager: list[Sag]) -> None:
    for sag in (s for s in sager if not s.fejl):
        said = sbsys_server.get(f"/api/sag/{sag.sbsys}")
        assert said == sbsys_server.get(f"/api/sag/{sag.uuid}")
        assert (said["Id"], said["SagIdentity"], said["Nummer"]) == (sag.sbsys, sag.uuid, sag.nu.sagsnummer)
        assert said["SagsTitel"] == sag.nu.titel
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0[12]:00", said["SenestAendret"])
        assert said["SagsStatus"]["SagsTilstand"] in ("Aktiv", "Afsluttet")
        for person in said["Personer"]:
            assert "CprNummer" not in person or re.fullmatch(r"\d{6}-\d{4}", person["CprNummer"])
        primary = next((p for p in sag.nu.parter if p.rolle == "primaer" and p.til is None), None)
        if primary is not None and primary.art == "cpr":
            assert said["PrimaryPart"]["PartType"] == "Person"
            assert said["PrimaryPart"]["CPRnummer"] == f"{primary.nummer[:6]}-{primary.nummer[6:]}"
        parts = sbsys_server.get(f"/api/sag/{sag.sbsys}/part")
        assert len(parts) == sum(p.til is None for p in sag.nu.parter)


def test_every_document_and_note_is_reached(sbsys_server: Vendor, rest_town: Town, sager: list[Sag]) -> None:
    documents, notes = [], []
    for sag in sager:
        documents += sbsys_server.get(f"/api/sag/{sag.sbsys}/dokumenter")
        notes += sbsys_server.get(f"/api/sag/{sag.sbsys}/journalarknotes")
    of_town = list(rest_town.each(Dokument, "sbsys = 1"))
    assert len(documents) == len(of_town)
    assert len(notes) == sum(len(sag.nu.notater) for sag in sager)
    broken = {d.uuid for d in of_town if d.fejl}
    by_identity = {d.get("DokumentIdentity"): d for d in documents}
    for dokument in (d for d in of_town if d.uuid not in broken):
        said = by_identity[dokument.uuid]
        assert said["DokumentNavn"] == dokument.titel
        assert said["Filer"][0]["Id"] == dokument.fil
        assert sbsys_server.get(f"/api/dokument/{dokument.id}") == said
    texts = {note.get("Uuid"): note for note in notes}
    for note in (n for sag in sager for n in sag.nu.notater if not n.fejl):
        assert texts[note.uuid]["Note"].startswith("<p>")
        assert texts[note.uuid]["SagID"] in {sag.sbsys for sag in sager}


def test_every_fault_of_the_town_is_sent(sbsys_server: Vendor, rest_town: Town, sager: list[Sag]) -> None:
    said = str(pull(sbsys_server, 500))
    for sag in sager:
        said += str(sbsys_server.get(f"/api/sag/{sag.sbsys}/dokumenter"))
        said += str(sbsys_server.get(f"/api/sag/{sag.sbsys}/journalarknotes"))
    faults = [f for sag in sager for f in sag.fejl]
    faults += [f for dokument in rest_town.each(Dokument, "sbsys = 1") for f in dokument.fejl]
    faults += [f for sag in sager for note in sag.nu.notater for f in note.fejl]
    for fault in (f for f in faults if f.system == "sbsys" and f.vaerdi is not None):
        assert str(fault.vaerdi) in said, fault.slags


def test_a_case_has_a_reminder_for_each_state_and_those_it_left_are_done(
    sbsys_server: Vendor, sager: list[Sag]
) -> None:
    with_day, all_of = 0, 0
    for sag in sager:
        said = sbsys_server.get(f"/api/erindring/sag/{sag.sbsys}")
        states = [f.status for f in sag.nu.fremdrift]
        assert len(said) == sum(s != "Afsluttet" for s in states)
        assert [e["ErAfsluttet"] for e in said] == [True] * (len(states) - 1) + [False] * (len(said) - len(states) + 1)
        assert all((e["Deadline"] is not None) == e["HarDeadline"] and e["SagId"] == sag.sbsys for e in said)
        with_day, all_of = with_day + sum(e["HarDeadline"] for e in said), all_of + len(said)
    assert 0 < with_day < all_of
    kinds = {t["Navn"] for t in sbsys_server.get("/api/erindring/typer")}
    assert {e["ErindringType"]["Navn"] for e in said} <= kinds


def test_unknown_case_is_not_found(sbsys_server: Vendor) -> None:
    for path in (
        "/api/sag/999999999",
        "/api/sag/999999999/part",
        "/api/sag/ikke-en-uuid",
        "/api/erindring/sag/999999999",
    ):
        assert sbsys_server.session.get(sbsys_server.url + path, timeout=10).status_code == 404


def test_a_malformed_search_is_a_bad_request(sbsys_server: Vendor) -> None:
    for body in ({"Limit": "mange"}, {"Skip": -1}, {"PrimaerPerson": "0101"}):
        assert sbsys_server.post(SEARCH, body).status_code == 400


def test_people_and_caseworkers_are_found_as_lists(sbsys_server: Vendor, sager: list[Sag]) -> None:
    part = next(p for s in sager for p in s.nu.parter if p.art == "cpr" and p.rolle == "primaer" and p.til is None)
    cpr = f"{part.nummer[:6]}-{part.nummer[6:]}"
    (person,) = sbsys_server.post("/api/person/search", {"CprNummer": cpr}).json()
    assert person["CprNummer"] == cpr
    sag = next(s for s in pull(sbsys_server, 500, PrimaerPerson={"CprNummer": cpr}))
    assert sag["PrimaryPart"]["PartId"] == person["Id"]
    behandler = next(one["Behandler"] for one in pull(sbsys_server, 500) if one.get("Behandler"))
    assert behandler in sbsys_server.post("/api/bruger/search", {"LogonId": behandler["LogonId"]}).json()
    assert sbsys_server.get(f"/api/bruger/{behandler['Uuid']}") == behandler
    assert sbsys_server.get("/info/heartbeat/authorized") is True


def test_too_many_calls_are_told_when_to_come_back(start: Start) -> None:
    vendor = start("sbsys", rate_per_second=2).log_in()
    answers = [vendor.session.get(vendor.url + "/api/sag/sagStatusList", timeout=10) for _ in range(8)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert all(int(answer.headers["Retry-After"]) >= 1 for answer in refused)
    assert answers[0].status_code == 200


def test_the_published_contract_tells_every_field(sbsys_server: Vendor, sager: list[Sag]) -> None:
    contract = sbsys_server.get("/docs/default")
    assert contract["openapi"].startswith("3.0")
    schemas = contract["components"]["schemas"]
    sag = next(s for s in sager if not s.fejl)
    assert set(sbsys_server.get(f"/api/sag/{sag.sbsys}")) <= set(schemas["Sag"]["properties"])
    for path, name in (("dokumenter", "Dokument"), ("journalarknotes", "JournalArkNote"), ("part", "Part")):
        for one in sbsys_server.get(f"/api/sag/{sag.sbsys}/{path}"):
            assert set(one) <= set(schemas[name]["properties"])
    for one in sbsys_server.get(f"/api/erindring/sag/{sag.sbsys}"):
        assert set(one) <= set(schemas["Erindring"]["properties"])
