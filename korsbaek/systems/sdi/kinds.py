"""Sag and Dokument as kinds of the index."""

from collections.abc import Mapping
from datetime import datetime

from korsbaek.model import Dokument, Sag
from korsbaek.systems.index.faults import faulty
from korsbaek.systems.index.kind import Condition, Kind
from korsbaek.systems.sdi import dokument, sag
from korsbaek.systems.soap.node import Node, each, find, text
from korsbaek.town import Town

_ARTS = {"cpr-nr": "cpr", "cvr-nr": "cvr", "us:personid": "personid"}


def party(relation: Node) -> tuple[str, str] | None:
    """(art, number) of a party that an example names by a URN with a number."""
    urn = text(find(relation, "gd:ReferenceID", "sd:URNIdentifikator"))
    kind, _, number = (urn or "").removeprefix("urn:oio:").rpartition(":")
    return (_ARTS[kind], number) if kind in _ARTS else None


def _narrow_sag(soeg: Node) -> list[Condition]:
    relationer = find(soeg, "sag:RelationListe")
    out: list[Condition] = []
    for relation in [] if relationer is None else each(relationer, "sag:Sagspart"):
        named = party(relation)
        if named is not None:
            out.append(("uuid in (select sag from sagspart where art = ? and nummer = ?)", named))
    return out


def _narrow_dokument(soeg: Node) -> list[Condition]:
    return []


def _sag_registreringer(town: Town, body: Sag, vis: frozenset[str]) -> list[Node]:
    return faulty("sdi", [sag.registreret(body, r, vis) for r in body.registreringer], body.fejl)


def _dokument_registreringer(town: Town, body: Dokument, vis: frozenset[str]) -> list[Node]:
    master = ""
    if "itsystem" in vis:
        ((master,),) = town.rows("select coalesce((select master from sag where uuid = ?), 'SBSYS')", (body.sag,))
    return faulty("sdi", [dokument.registreret(body, vis, master)], body.fejl)


def _sag_moments(body: Sag) -> list[tuple[datetime, datetime]]:
    return [(r.tidspunkt, r.sts) for r in body.registreringer]


def _dokument_moments(body: Dokument) -> list[tuple[datetime, datetime]]:
    return [(body.tidspunkt, body.sts)]


def _relaterede_sager(town: Town, uuids: list[str]) -> dict[str, list[str]]:
    marks = ", ".join("?" * len(uuids))
    found = [r.sag for s in town.each(Sag, f"uuid in ({marks})", uuids) for r in s.nu.relationer]
    return {"sager": _indexed(town, "sag", found)}


def _journaliserede(town: Town, uuids: list[str]) -> dict[str, list[str]]:
    marks = ", ".join("?" * len(uuids))
    found = [j.dokument for s in town.each(Sag, f"uuid in ({marks})", uuids) for j in s.nu.journalposter]
    return {"dokumenter": _indexed(town, "dokument", found)}


def _indexed(town: Town, table: str, uuids: list[str]) -> list[str]:
    marks = ", ".join("?" * len(uuids))
    known = {u for (u,) in town.rows(f"select uuid from {table} where indeks = 1 and uuid in ({marks})", uuids)}
    return [uuid for uuid in dict.fromkeys(uuids) if uuid in known]


_LADDER = (
    "case foelsomhed when 'IKKE_FORTROLIGE_DATA' then 1 when 'FORTROLIGE_PERSONOPLYSNINGER' then 2"
    " when 'FOELSOMME_PERSONOPLYSNINGER' then 3 when 'VIP_SAGER' then 4 else 0 end"
)


def _sections(**named: str) -> Mapping[str, frozenset[str]]:
    return {element: frozenset(vis.split()) for element, vis in named.items()}


SAG = Kind(
    antal="sager",
    soeg="sdi:SoegSag",
    uuid="sdi:SagUuid",
    vis="sdi:SagVis",
    sortering="sdi:SagSortering",
    billede="sdi:SagFiltreretOejebliksbillede",
    prefix="sag",
    model=Sag,
    table="sag",
    where="indeks = 1",
    order={
        "Bruger": "json_extract(cast(body as text), '$.registreringer[#-1].bruger')",
        "StsRegistreringstidspunkt": "sts",
        "Registreringstidspunkt": "tidspunkt",
        "BrugervendtNoegle": "sagsnummer",
        "ItSystem-Systemnavn": "master",
        "Fremdrift": "instr('Opstaaet Oplyst Afgjort Afsluttet', status)",
        "Titel": "titel",
        "Foelsomhed": _LADDER,
        "Sagklasse-BrugervendtNoegle": "kle",
        "Livscyklus": "1",
    },
    sections=_sections(
        Egenskaber="egenskaber",
        LokalUdvidelseListe="egenskaber itsystem sikkerhedsprofil",
        Fremdrift="fremdrift",
        Sagsaktoer="sagsaktoer",
        Sagsklasse="sagsklasse",
        Sagspart="sagspart",
        Sagsrelation="sagsrelation",
        Sagsgenstande="sagsgenstand",
        Journalpost="journalpost journalpost-journalnote",
    ),
    narrow=_narrow_sag,
    registreringer=_sag_registreringer,
    moments=_sag_moments,
    include={"sagsrelation": _relaterede_sager, "journalpost": _journaliserede},
)
DOKUMENT = Kind(
    antal="dokumenter",
    soeg="sdi:SoegDokument",
    uuid="sdi:DokumentUuid",
    vis="sdi:DokumentVis",
    sortering="sdi:DokumentSortering",
    billede="sdi:DokumentFiltreretOejebliksbillede",
    prefix="di",
    model=Dokument,
    table="dokument",
    where="indeks = 1",
    order={
        "Bruger": "json_extract(cast(body as text), '$.bruger')",
        "StsRegistreringstidspunkt": "sts",
        "Registreringstidspunkt": "tidspunkt",
        "BrugervendtNoegle": "nummer",
        "ItSystem-Systemnavn": "(select master from sag where sag.uuid = dokument.sag)",
        "Fremdrift": "status",
        "Titel": "titel",
        "Foelsomhed": _LADDER,
        "Major": "json_extract(cast(body as text), '$.version')",
        "Minor": "0",
    },
    sections=_sections(
        Egenskaber="egenskaber",
        LokalUdvidelseListe="itsystem",
        Fremdrift="fremdrift",
        Dokumentaktoer="aktoer",
        Dokumentpart="part",
        Dokumentklasse="klasse",
    ),
    narrow=_narrow_dokument,
    registreringer=_dokument_registreringer,
    moments=_dokument_moments,
    soeg_also={"sdi:SoegSagsloeseDokumenter": "sag not in (select uuid from sag where indeks = 1)"},
)
