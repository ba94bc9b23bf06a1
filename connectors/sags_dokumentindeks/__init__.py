"""Sags- og Dokumentindeks (SF1470 v6): cases and documents of all of the municipality's ESDH and case systems."""

from pathlib import Path

from connectors.contract import Access, Connector
from connectors.oio_indeks import Indeks, Kind
from connectors.oio_pages import OVERLAP, stream
from connectors.sags_dokumentindeks import dokument, sag
from connectors.sags_dokumentindeks.sheet import DOKUMENT, SAG

SAGER = Kind(
    soeg="SoegSag",
    billede="SagFiltreretOejebliksbillede",
    filter="SagVis",
    vis=(
        "egenskaber", "fremdrift", "sagsklasse", "sagsaktoer", "sagspart", "sagsrelation", "sagsgenstand",
        "journalpost", "journalpost-journalnote", "itsystem", "sikkerhedsprofil",
    ),
    vis_keys="fremdrift",
    uuid="SagUuid",
    sheet=SAG,
    sortering={"SagSortering": [{"Element": "StsRegistreringstidspunkt", "Retning": "Stigende", "Prioritet": 1}]},
    by_sts=True,
)  # fmt: skip
DOKUMENTER = Kind(
    soeg="SoegDokument",
    billede="DokumentFiltreretOejebliksbillede",
    filter="DokumentVis",
    vis=("egenskaber", "fremdrift", "dokument", "klasse", "aktoer", "part", "itsystem", "sikkerhedsprofil"),
    vis_keys="fremdrift",
    uuid="DokumentUuid",
    sheet=DOKUMENT,
    sortering={"DokumentSortering": [{"Element": "StsRegistreringstidspunkt", "Retning": "Stigende", "Prioritet": 1}]},
    by_sts=True,
)


def open_(access: Access) -> Indeks:
    """The index at `access`; SOAP 1.2 unless extra.soap says otherwise (rammearkitektur section 0, item 2)."""
    return Indeks(access, Path(__file__).with_name("fremsoeg.wsdl"), "1.2")


CONNECTOR: Connector[Indeks] = Connector(
    name="sags_dokumentindeks",
    system="Sags- og Dokumentindeks (SF1470)",
    open=open_,
    check=lambda indeks: indeks.knock(SAGER),
    overlap=OVERLAP,
    streams=(
        stream("sager", SAGER, sag.facts),
        stream("dokumenter", DOKUMENTER, dokument.facts),
    ),
)  # fmt: skip
