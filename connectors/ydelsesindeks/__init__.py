"""Ydelsesindeks (SF1490 v6): grants and payments; every reading goes through YdelseIndeks.fremsoeg."""

from pathlib import Path

from connectors.contract import Access, Connector
from connectors.oio_indeks import Indeks, Kind
from connectors.oio_pages import OVERLAP, stream
from connectors.ydelsesindeks import bevilling, effektuering
from connectors.ydelsesindeks.sheet import BEVILLING, EFFEKTUERING

BEVILLINGER = Kind(
    soeg="SoegBevillingIndeks",
    billede="BevillingFiltreretOejebliksbillede",
    filter="BevillingVis",
    vis=(
        "egenskaber", "egenskaberlokaludvidelse", "bevilgetydelse", "sag", "part", "aktoer-ejer", "aktoer-ansvarlig",
        "sikkerhedsprofil",
    ),
    vis_keys="egenskaber",
    uuid="BevillingUuid",
    sheet=BEVILLING,
    sortering={},
    uuid_needs_soeg=True,
)  # fmt: skip
EFFEKTUERINGER = Kind(
    soeg="SoegOekonomiskEffektueringIndeks",
    billede="OekonomiskEffektueringFiltreretOejebliksbillede",
    filter="OekonomiskEffektueringVis",
    vis=("egenskaber", "aktoer", "oekonomiskeydelseeffektueringer", "itsystem"),
    vis_keys="egenskaber",
    uuid="OekonomiskEffektueringUuid",
    sheet=EFFEKTUERING,
    sortering={
        "OekonomiskEffektueringSortering": [{"Element": "Dispositionsdato", "Retning": "Stigende", "Sekvens": 1}],
    },
    uuid_needs_soeg=True,
)


def open_(access: Access) -> Indeks:
    """The index at `access`; SOAP 1.2 unless extra.soap says otherwise."""
    return Indeks(access, Path(__file__).with_name("fremsoeg.wsdl"), "1.2")


CONNECTOR: Connector[Indeks] = Connector(
    name="ydelsesindeks",
    system="Ydelsesindeks (SF1490)",
    open=open_,
    check=lambda indeks: indeks.knock(BEVILLINGER),
    overlap=OVERLAP,
    streams=(
        stream("bevillinger", BEVILLINGER, bevilling.facts),
        stream("effektueringer", EFFEKTUERINGER, effektuering.facts),
    ),
)  # fmt: skip
