"""Every element of the real contracts has a place or a reason; every place is a column; the text is up to date."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel

import canonical_model.tables
from canonical_model.crosswalk import places as known
from canonical_model.crosswalk.__main__ import PAGE
from canonical_model.crosswalk.elements import Schemas
from canonical_model.crosswalk.places import DATA, Contract
from canonical_model.crosswalk.text import crosswalk
from connectors import registry

assert canonical_model.tables.FACT_TABLES
ALL = {contract.id: contract for contract in known.contracts()}
WITH_XSD = [name for name, contract in ALL.items() if contract.xsd]
ENVELOPE = {"cpr", "art", "forloeb"}
"""What the Nexus connector puts beside a record: whose it is, of what kind, and inside what."""
STRUCTURE = re.compile(r"/(Type|Rolle|Indeks|ReferenceID)(/|$)|/Dokumentklasse/.*/Soegeord/")
"""May come in without a place of its own: how relations are put together, and the search words all classes share."""


def _leaves(contract: Contract, folder: Path) -> list[str]:
    assert contract.xsd
    return list(Schemas.read(folder / contract.xsd).leaves(contract.root, contract.extensions))


@pytest.mark.parametrize("name", WITH_XSD)
def test_every_element_of_the_xsds_is_covered(contracts: Path, name: str) -> None:
    leaves = _leaves(ALL[name], contracts)
    assert len(leaves) > 150
    assert [leaf for leaf in leaves if ALL[name].find(leaf) is None] == []


@pytest.mark.parametrize("name", WITH_XSD)
def test_nothing_is_named_that_the_xsds_do_not_have(contracts: Path, name: str) -> None:
    leaves = {*_leaves(ALL[name], contracts)}
    assert [place.path for place in ALL[name].places() if place.path not in leaves] == []
    whole = [part.path for part in ALL[name].parts if part.everything]
    assert [path for path in whole if not any(leaf.startswith(f"{path}/") for leaf in leaves)] == []


@pytest.mark.parametrize("name", WITH_XSD)
def test_every_extension_element_stands_somewhere(contracts: Path, name: str) -> None:
    """The global elements of the extension namespaces, but those of requests."""
    contract = ALL[name]
    attached = {*chain.from_iterable(contract.extensions.values())}
    spaces = {space for space, _ in attached}
    there = Schemas.read(contracts / str(contract.xsd)).elements
    requests = ("Input", "Output", "SoegEgenskaberLokalUdvidelse")
    assert {e for e in there if e[0] in spaces and not e[1].endswith(requests)} == attached


@pytest.mark.parametrize("name", ALL)
def test_every_place_is_a_column_and_every_element_is_named_once(name: str) -> None:
    tables = SQLModel.metadata.tables
    columns = {f"{table}.{column.name}" for table in tables for column in tables[table].columns}
    places = list(ALL[name].places())
    assert [(p.path, c) for p in places for c in p.columns if c not in columns] == []
    assert [p.path for p in places if not p.columns and len(p.note) < 8] == [], "a reason is a reason"
    assert len({p.path for p in places}) == len(places)


def test_every_shared_set_is_used() -> None:
    shared = tomllib.loads((DATA / "shared.toml").read_text(encoding="utf-8"))
    used = {
        name
        for path in DATA.glob("*.toml")
        if path.name != "shared.toml"
        for part in tomllib.loads(path.read_text(encoding="utf-8"))["part"]
        for name in part.get("sets", [])
    }
    assert used == shared.keys()


def test_the_page_is_the_generated_text() -> None:
    assert PAGE.read_text(encoding="utf-8") == crosswalk(), "run python -m canonical_model.crosswalk"


def _sheet(sheet: Mapping[str, Any], path: str) -> Iterator[tuple[str, bool]]:
    """Paths of a SOAP connector's sheet and whether they are kept."""
    for name, rule in sheet.items():
        here = f"{path}/{name}" if path else name
        if isinstance(rule, Mapping):
            yield from _sheet(rule, here)
        else:
            yield here, rule is None


def _soap_sheets() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    from connectors.cpr import sheet as cpr
    from connectors.sags_dokumentindeks import sheet as sdi
    from connectors.ydelsesindeks import sheet as ydi

    yield "sf1520", "", cpr.PERSON
    yield "sf1470", "SagFiltreretOejebliksbillede", sdi.SAG
    yield "sf1470", "DokumentFiltreretOejebliksbillede", sdi.DOKUMENT
    yield "sf1490", "BevillingFiltreretOejebliksbillede", ydi.BEVILLING
    yield "sf1490", "OekonomiskEffektueringFiltreretOejebliksbillede", ydi.EFFEKTUERING


def test_the_soap_doors_let_in_what_has_a_place_and_nothing_else(contracts: Path) -> None:
    wrong: list[str] = []
    for name, root, sheet in _soap_sheets():
        ruled = dict(_sheet(sheet, root))
        for leaf in _leaves(ALL[name], contracts):
            if not leaf.startswith(root) or leaf.endswith("/*"):
                continue
            rule = next((ruled[path] for path in _and_above(leaf) if path in ruled), False)
            place = ALL[name].find(leaf)
            if place is not None and bool(place.columns) != rule and not (rule and STRUCTURE.search(leaf)):
                wrong.append(f"{name} {leaf}: {'comes in' if rule else 'stays out'}, but {place.columns or 'left out'}")
    assert wrong == []


def _and_above(path: str) -> Iterator[str]:
    while path:
        yield path
        path = path.rpartition("/")[0]


def _by_sheet() -> Iterator[tuple[str, str, Any]]:
    """Contracts whose elements are those of their connector's sheet: contract, part, sheet."""
    from connectors import columna_cura as cura
    from connectors import (
        cvr,
        dagtilbud,
        datafordeler,
        digital_post,
        klassifikation,
        kle_online,
        koerekort,
        parkering,
        prisme_365,
        workzone,
    )
    from connectors.acadre import sheet as acadre
    from connectors.bygogmiljoe import sheet as bygogmiljoe
    from connectors.kmd_momentum import sheets as momentum
    from connectors.organisation import hent
    from connectors.organisation import sheet as organisation
    from connectors.ydelse_liste import sheet as ydelse_liste

    yield "sf1500_organisation", "OrganisationEnhed", organisation.ENHED["objekt"]
    yield "sf1500_organisation", "Bruger", organisation.BRUGER["objekt"]
    yield "sf1500_organisation", "Person", organisation.BRUGER["person"]
    yield "sf1500_organisation", "Adresse", organisation.ADRESSE
    yield "sf1500_organisation", "OrganisationFunktion", organisation.FUNKTION
    yield "organisation_hent", "OrganisationEnhed", hent.ENHED
    yield "organisation_hent", "Bruger", hent.BRUGER
    yield "sf1500_klassifikation", "Klasse", klassifikation.KLASSE["objekt"]
    yield "sf1500_klassifikation", "Facet", klassifikation.KLASSE["facet"]
    yield from (("kle_online", art, sheet) for art, sheet in kle_online.SHEETS.items())
    yield "sf1530", "GetLegalUnitResponse", cvr.VIRKSOMHED
    yield "sf1491", "BevilgetYdelse", ydelse_liste.YDELSE
    yield "sf1491", "OEkonomiskEffektuering", ydelse_liste.EFFEKTUERING
    yield "acadre", "CaseFile", acadre.SAG
    yield "acadre", "Akt", acadre.AKT
    yield "workzone", "Files", workzone.SAG
    yield "workzone", "Records", workzone.DOKUMENT
    yield "bygogmiljoe", "Indsendelse", bygogmiljoe.ANSOEGNING
    for part in ("sagsbehandler", "borger", "forloeb", "ansvarlig", "markering", "notat", "opgave"):
        yield "kmd_momentum", part, getattr(momentum, part.upper())
    yield from (("columna_cura", kind.resource, kind.sheet) for kind in (cura.BORGER, cura.YDELSE, cura.BESKED))
    yield "datafordeler", "MAT_SamletFastEjendom", datafordeler.SHEET
    yield "prisme_365", prisme_365.ENTITY, prisme_365.SHEET
    yield "digital_post", "Svar", digital_post.SHEET
    yield "dagtilbud", "Ansoegning", dagtilbud.ANSOEGNING
    yield "dagtilbud", "Plads", dagtilbud.PLADS
    yield "parkering", "Tilladelse", parkering.SHEET
    yield "koerekort", "Trin", koerekort.SHEET


def test_every_element_of_a_sheet_is_named_and_what_stays_out_fills_no_column() -> None:
    for name, part, sheet in _by_sheet():
        ruled = dict(_sheet(sheet, part)) if isinstance(sheet, Mapping) else {
            f"{part}/{path.replace('.', '/')}": path in sheet.kept for path in sheet.kept | sheet.dropped
        }  # fmt: skip
        named = {p.path: p for p in ALL[name].places() if p.path.startswith(f"{part}/")}
        assert named.keys() == ruled.keys(), (name, part)
        assert [path for path, place in named.items() if place.columns and not ruled[path]] == []


def test_every_connector_reads_a_contract_that_is_named_here() -> None:
    indexes = {"cpr": "sf1520", "cvr": "sf1530", "sags_dokumentindeks": "sf1470", "ydelsesindeks": "sf1490"}
    named = indexes | {"ydelse_liste": "sf1491", "klassifikation": "sf1500_klassifikation"}
    assert {named.get(name, name) for name in registry.names()} - {"organisation"} == ALL.keys() - {
        "sf1500_organisation", "organisation_hent",
    }  # fmt: skip


OPENAPI = {
    "dagtilbud": "korsbaek/systems/dagtilbud/openapi.json",
    "parkering": "korsbaek/openapi/parkering.json",
    "koerekort": "korsbaek/openapi/koerekort.json",
}
"""Contracts that the project ships itself, from its root."""


@pytest.mark.parametrize("name", OPENAPI)
def test_every_field_of_the_openapi_files_is_named_and_no_other(name: str) -> None:
    known = json.loads((PAGE.parents[1] / OPENAPI[name]).read_text(encoding="utf-8"))["components"]["schemas"]
    for part in ALL[name].parts:
        assert {p.path for p in part.places} == {f"{part.path}/{leaf}" for leaf in _fields(known, known[part.path])}


def _fields(known: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[str]:
    """Paths of the values in an object of an OpenAPI file; lists are passed through."""
    for name, value in schema["properties"].items():
        inner = value.get("items", value)
        inner = known[inner["$ref"].rpartition("/")[2]] if "$ref" in inner else inner
        if "properties" in inner:
            yield from (f"{name}/{below}" for below in _fields(known, inner))
        else:
            yield name


def test_every_contract_without_xsds_is_held_against_a_sheet() -> None:
    by_hand = {"kmd_nexus", "sbsys"}
    assert {name for name, _, _ in _by_sheet()} | by_hand == ALL.keys() - set(WITH_XSD)
    parts = {(name, part) for name, part, _ in _by_sheet()}
    assert {(c.id, p.path) for c in ALL.values() for p in c.parts if c.id not in {*WITH_XSD, *by_hand}} == parts


def test_the_rest_doors_let_in_what_has_a_place_and_nothing_else() -> None:
    from connectors.kmd_nexus import sheets as nexus
    from connectors.sbsys import sheets as sbsys

    wrong: list[str] = []
    for name, kind, sheet in (
        ("kmd_nexus", "patient", nexus.PATIENT),
        ("kmd_nexus", "forloeb", nexus.FORLOEB),
        ("kmd_nexus", "indsats", nexus.INDSATS),
        ("sbsys", "sag", sbsys.SAG),
        ("sbsys", "dokument", sbsys.DOKUMENT),
        ("sbsys", "journalarknote", sbsys.NOTAT),
        ("sbsys", "erindring", sbsys.ERINDRING),
    ):
        for path, kept in [*((p, True) for p in sheet.kept), *((p, False) for p in sheet.dropped)]:
            place = ALL[name].find(f"{kind}/{path.replace('.', '/')}")
            element = path.startswith(("currentElements.", "futureElements.")) and not kept
            if path in ENVELOPE and kind in ("patient", "forloeb", "indsats") or element:
                continue
            if place is None or (place.columns and not kept):
                wrong.append(f"{kind} {path}: {'comes in' if kept else 'stays out'}, but {place}")
    assert wrong == []
