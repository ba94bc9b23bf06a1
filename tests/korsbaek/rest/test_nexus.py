"""Nexus keeps rammearkitektur 7.1, and says everything that the town holds, by links alone."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from korsbaek.model import Fejl, Nexusborger
from korsbaek.town import Town
from tests.korsbaek.rest.conftest import Vendor

BASE = "/api/core/mobile/korsbaek/v2"
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000")


def details(vendor: Vendor, cpr: str) -> dict[str, Any]:
    """The patient, found as a client finds it."""
    link = vendor.get(BASE)["_links"]["patientDetailsSearch"]["href"]
    answer = vendor.post(link, {"businessKey": cpr, "keyType": "CPR"})
    assert answer.status_code == 200
    said = answer.json()
    assert said["isPatientAccessible"] is True
    patient: dict[str, Any] = said["patient"]
    return patient


def tree(vendor: Vendor, patient: dict[str, Any], view: str = "- Alt") -> list[dict[str, Any]]:
    """By patientPreferences, CITIZEN_PATHWAY, self and pathwayReferences."""
    shown = vendor.get(patient["_links"]["patientPreferences"]["href"])["CITIZEN_PATHWAY"]
    chosen = next(item for item in shown if item["name"] == view)
    whole = vendor.get(chosen["_links"]["self"]["href"])
    nodes: list[dict[str, Any]] = vendor.get(whole["_links"]["pathwayReferences"]["href"])
    return nodes


def walk(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every node of a tree."""
    for node in nodes:
        yield node
        yield from walk(node["children"])


def faults(borger: Nexusborger) -> list[Fejl]:
    """Everything malformed that Nexus says about this citizen."""
    parts = [fault for forloeb in borger.forloeb for fault in forloeb.fejl]
    return [*borger.fejl, *parts, *(fault for indsats in borger.indsatser for fault in indsats.fejl)]


@pytest.fixture(scope="module")
def borgere(rest_town: Town) -> list[Nexusborger]:
    """Everybody Nexus knows."""
    return list(rest_town.each(Nexusborger))


def test_unknown_citizen_is_not_found(nexus_server: Vendor) -> None:
    answer = nexus_server.post(BASE + "/patientDetailsSearch", {"businessKey": "3112999999", "keyType": "CPR"})
    assert answer.status_code == 404


def test_a_number_with_a_dash_is_nobodys(nexus_server: Vendor, borgere: list[Nexusborger]) -> None:
    cpr = borgere[0].cpr
    asked = {"businessKey": f"{cpr[:6]}-{cpr[6:]}", "keyType": "CPR"}
    assert nexus_server.post(BASE + "/patientDetailsSearch", asked).status_code == 404


def test_another_kind_of_key_is_a_bad_request(nexus_server: Vendor, borgere: list[Nexusborger]) -> None:
    asked = {"businessKey": borgere[0].cpr, "keyType": "NAVN"}
    assert nexus_server.post(BASE + "/patientDetailsSearch", asked).status_code == 400


def test_patient_is_as_documented(nexus_server: Vendor, borgere: list[Nexusborger]) -> None:
    for borger in borgere:
        patient = details(nexus_server, borger.cpr)
        if borger.fejl:
            continue
        assert patient["id"] == borger.id
        assert isinstance(patient["id"], int)
        assert patient["patientIdentifier"]["identifier"] == f"{borger.cpr[:6]}-{borger.cpr[6:]}"
        assert patient["fullName"] == borger.navn.fuldt
        assert (patient["primaryAddress"] is None) == (borger.adresse is None)
        if borger.adresse is not None:
            assert patient["primaryAddress"]["postalCode"] == borger.adresse.postnummer
            assert patient["primaryAddress"]["restricted"] is borger.beskyttet


def test_links_are_absolute_and_follow_the_host_asked(nexus_server: Vendor) -> None:
    answer = nexus_server.session.get(
        nexus_server.url + BASE, headers={"Host": "nexus.korsbaek.invalid:8443"}, timeout=10
    )
    assert answer.json()["_links"]["patientDetailsSearch"]["href"] == (
        "http://nexus.korsbaek.invalid:8443" + BASE + "/patientDetailsSearch"
    )


def test_every_pathway_and_grant_of_the_town_is_reached(nexus_server: Vendor, borgere: list[Nexusborger]) -> None:
    reached: dict[str, list[int]] = {"patientPathwayReference": [], "basketGrantReference": []}
    for borger in borgere:
        for node in walk(tree(nexus_server, details(nexus_server, borger.cpr))):
            if node["type"] in reached:
                reached[node["type"]].append(node["id"] or node["patientPathwayId"])
    assert sorted(reached["patientPathwayReference"]) == sorted(f.id for b in borgere for f in b.forloeb)
    assert sorted(reached["basketGrantReference"]) == sorted(i.id for b in borgere for i in b.indsatser)


def test_a_node_is_half_and_self_is_whole(nexus_server: Vendor, borgere: list[Nexusborger]) -> None:
    borger = next(b for b in borgere if b.indsatser and not faults(b))
    nodes = list(walk(tree(nexus_server, details(nexus_server, borger.cpr))))
    for node in (n for n in nodes if n["type"] == "basketGrantReference"):
        indsats = next(i for i in borger.indsatser if i.id == node["id"])
        assert "currentElements" not in node
        assert INSTANT.fullmatch(node["date"])
        assert node["children"] == []
        whole = nexus_server.get(node["_links"]["self"]["href"])
        assert whole["workflowState"]["name"] == node["workflowState"]["name"]
        elements = {element["type"]: element for element in whole["currentElements"]}
        start = datetime.fromisoformat(elements["entryDate"]["date"].replace("+0000", "+00:00"))
        assert start.astimezone(ZoneInfo("Europe/Copenhagen")).date() == indsats.start
        assert (elements["basketGrantEndDate"]["date"] is None) == (indsats.slut is None)
        assert elements["description"]["text"] == indsats.beskrivelse
        assert elements["paragraph"]["paragraph"]["section"] == indsats.paragraf
        patient = nexus_server.get(whole["patient"]["_links"]["self"]["href"])
        assert patient["id"] == borger.id
    for node in (n for n in nodes if n["type"] == "patientPathwayReference"):
        assert node["pathwayStatus"] in ("ACTIVE", "CLOSED")
        assert INSTANT.fullmatch(node["date"])
        whole = nexus_server.get(node["_links"]["self"]["href"])
        assert whole["uid"] == next(f.sag for f in borger.forloeb if f.id == whole["id"])


def test_the_other_view_and_active_programs_show_only_active_pathways(
    nexus_server: Vendor, borgere: list[Nexusborger]
) -> None:
    for borger in borgere:
        patient = details(nexus_server, borger.cpr)
        active = sorted(f.id for f in borger.forloeb if f.status == "ACTIVE")
        shown = tree(nexus_server, patient, "-Aktive forløb")
        assert sorted(node["patientPathwayId"] for node in shown) == active
        if not faults(borger):
            programs = nexus_server.get(patient["_links"]["activePrograms"]["href"])
            assert sorted(one["id"] for one in programs) == active


def test_every_fault_of_the_town_is_sent(nexus_server: Vendor, borgere: list[Nexusborger]) -> None:
    for borger in (b for b in borgere if faults(b)):
        said = [str(details(nexus_server, borger.cpr))]
        for node in walk(tree(nexus_server, details(nexus_server, borger.cpr))):
            if "self" in node["_links"]:
                said.append(str(nexus_server.get(node["_links"]["self"]["href"])))
        for fault in faults(borger):
            if fault.vaerdi is not None:
                assert any(fault.vaerdi in text for text in said), fault.slags


def test_search_by_name_finds_as_many_as_asked(nexus_server: Vendor, borgere: list[Nexusborger]) -> None:
    link = nexus_server.get(BASE)["_links"]["searchPatients"]["href"]
    name = borgere[0].navn.fornavn
    hits = nexus_server.get(f"{link}?query={name}&maxResults=50")
    assert borgere[0].id in [hit["id"] for hit in hits]
    assert len(nexus_server.get(f"{link}?query={name}&maxResults=1")) == 1


def test_nothing_there_is_not_found(nexus_server: Vendor) -> None:
    for path in ("/patients/999999999", "/patientGrants/999999999", "/patientPathways/999999999", "/lendings"):
        assert nexus_server.session.get(nexus_server.url + BASE + path, timeout=10).status_code == 404
