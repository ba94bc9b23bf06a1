"""zeep, made from the real WSDL, is the oracle: what lxml reads is what zeep's objects say, field by field."""

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from canonical_model.draft import UNSET, Draft, Nummer
from connectors.oio_roller import ROLLER, TYPER
from connectors.sags_dokumentindeks import CONNECTOR, SAGER
from connectors.soap_xml import body, sift, tree
from tests.connectors.soap import build, oracle
from tests.connectors.soap.schemas import SF1470, meaning, sample, schema

TRANSLATE = next(s for s in CONNECTOR.streams if s.name == "sager")
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="￾￿"), max_size=40)
NAVN = TEXT.filter(lambda t: t.strip() == t and t)
MAYBE = st.one_of(st.none(), NAVN)
FLAG = st.one_of(st.none(), st.booleans())
INSTANT = st.datetimes().filter(lambda d: 1900 < d.year < 2200).map(lambda d: d.isoformat() + "Z")
FOELSOMHED = st.sampled_from(
    ["IKKE_FORTROLIGE_DATA", "FORTROLIGE_PERSONOPLYSNINGER", "FOELSOMME_PERSONOPLYSNINGER", "VIP_SAGER"]
)


@st.composite
def virkninger(draw: st.DrawFn, p: str) -> str:
    """A Virkning that ends after it begins, or never."""
    first, second = sorted([draw(INSTANT), draw(INSTANT)])
    return build.virkning(
        p, first, draw(st.sampled_from([second, "oo", None])), draw(st.sampled_from(["Bruger", None]))
    )


@st.composite
def undtaget(draw: st.DrawFn, p: str) -> str | None:
    """OffentlighedUndtaget, or not."""
    if draw(st.booleans()):
        return None
    inner = build.el("sd:TitelAlternativTekst", draw(NAVN)) + build.el(
        "sd:OffentlighedUndtagetHjemmelTekst", draw(NAVN)
    )
    return build.wrap(f"{p}:OffentlighedUndtaget", inner)


@st.composite
def relationer(draw: st.DrawFn) -> str:
    """Relations of a Sag in the schema's order."""
    uuid = st.uuids().map(str)
    found = []
    for _ in range(draw(st.integers(0, 3))):
        navne = build.el("si:BrugervendtNoegle", draw(MAYBE)) + build.el("si:FuldtNavn", draw(MAYBE))
        navne += build.el("si:CVR-Nummer", draw(st.one_of(st.none(), st.just("11111111"))))
        found.append(build.relation(
            "sag:Sagsaktoer", draw(st.sampled_from(list(ROLLER))), draw(uuid), type=draw(st.sampled_from(list(TYPER))),
            virk=draw(virkninger("gd")), udvidelse=build.wrap("si:SagsaktoerLokalUdvidelse", navne),
        ))  # fmt: skip
    for _ in range(draw(st.integers(0, 2))):
        ord_ = "".join(
            build.wrap("si:Soegeord", build.el("si:SoegeordIdentifikator", o)) for o in draw(st.lists(NAVN, max_size=2))
        )
        klasse = build.el("si:Facettitel", draw(MAYBE)) + build.el("si:Klassetitel", draw(MAYBE))
        klasse += build.el("si:BrugervendtNoegle", draw(st.sampled_from(["27.35.04", None]))) + ord_
        found.append(build.relation(
            "sag:Sagsklasse", build.PRIMAER_KLASSE, draw(uuid), virk=draw(virkninger("gd")),
            udvidelse=build.wrap("si:SagsklasseLokalUdvidelse", klasse),
        ))  # fmt: skip
    for _ in range(draw(st.integers(0, 2))):
        found.append(build.part(f"urn:oio:cpr-nr:{build.CPR}", virk=draw(virkninger("gd"))))
    for n in range(draw(st.integers(0, 2))):
        inner = build.el("sag:Dokumenttitel", draw(MAYBE)) + (draw(undtaget("sd")) or "")
        found.append(build.relation(
            "sag:Journalpost", build.TILAKTERET, draw(uuid), indeks=str(n), virk=draw(virkninger("gd")),
            efter=build.wrap("sag:JournalpostEgenskaber", inner),
        ))  # fmt: skip
    found += [build.notat(draw(NAVN), str(n)) for n in range(draw(st.integers(0, 2)))]
    return "".join(found)


@st.composite
def sager(draw: st.DrawFn) -> bytes:
    """A Sag of one Registrering that keeps the schema."""
    text = "".join(
        build.egenskaber(
            draw(virkninger("sag")), AfleveretIndikator=draw(FLAG), PrincipielIndikator=draw(FLAG), Titel=draw(NAVN),
            Beskrivelse=draw(MAYBE), HjemmelSpecifikation=draw(MAYBE), OffentlighedUndtaget=draw(undtaget("sag")),
        )
        for _ in range(draw(st.integers(0, 2)))
    )  # fmt: skip
    if draw(st.booleans()):
        inner = build.el("si:Sagsstatus", draw(MAYBE)) + build.el("si:Foelsomhed", draw(FOELSOMHED))
        inner += build.el("si:OprettetTidspunkt", draw(INSTANT))
        text += build.wrap(
            "gd:LokalUdvidelseListe", build.wrap("si:SagIndeksEgenskaber", draw(virkninger("gd")) + inner)
        )
    steps = st.sampled_from(["Opstaaet", "Oplyst", "Afgjort", "Afsluttet"])
    tilstande = "".join(build.fremdrift(draw(steps), draw(virkninger("sag"))) for _ in range(draw(st.integers(0, 3))))
    return build.sag(build.registrering("sag", text, tilstande, draw(relationer())))


def rows(drafts: list[Draft]) -> list[oracle.Row]:
    """Drafts with their values as zeep would have them."""
    return [(d.table, {f: oracle.plain(getattr(d, f)) for f in d.__struct_fields__}) for d in drafts]


def said(draft: Draft) -> tuple[str | None, str | None]:
    """UUID and URN that a draft's reference was sent as."""
    ref = next(
        (getattr(draft, f) for f in ("part", "dokument", "reference") if getattr(draft, f, UNSET) is not UNSET), None
    )
    if isinstance(ref, Nummer):
        return None, f"urn:oio:{ref.art}-nr:{ref.nummer}"
    return (str(ref), None) if ref else (None, oracle.plain(getattr(draft, "urn", None)))


def differs(draft: Draft, zeep: dict[str, Any]) -> list[str]:
    """The fields in which a draft says something else than zeep."""
    ((table, row),) = rows([draft])
    found = []
    for field, value in zeep.items():
        if field == "ref":
            same = said(draft) == value
        elif field == "rolle":
            same = row[field] == ROLLER.get(value, value)
        elif field == "type":
            same = table == "sagspart" or field not in row or row[field] == TYPER.get(value, value)
        else:
            same = row[field] == value if field in row else value is None
        found += [] if same else [field]
    return found


def compare(element: etree._Element, billede: Any) -> None:
    """The connector's facts of an element against the oracle's of zeep's object; the order says nothing."""
    drafts = list(TRANSLATE.translate(TRANSLATE.parse(body(sift(element, SAGER.sheet)[0]))))
    expected = oracle.sag(billede)
    assert sorted(d.table for d in drafts) == sorted(t for t, _ in expected)
    for table, row in expected:
        candidates = [(differs(d, row), n) for n, d in enumerate(drafts) if d.table == table]
        fewest, n = min(candidates, key=lambda c: len(c[0]))
        assert not fewest, (table, fewest)
        del drafts[n]


def test_the_sample_sag(contracts: Path) -> None:
    reply = sample(contracts, "sf1470_fremsoeg_reply.xml")
    zeep = meaning(contracts, SF1470, reply)
    compare(
        next(e for e in reply if str(e.tag).endswith("SagFiltreretOejebliksbillede")),
        zeep.SagFiltreretOejebliksbillede[0],
    )


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(xml=sager())
def test_any_sag_that_keeps_the_schema(contracts: Path, xml: bytes) -> None:
    retur = build.wrap("sd:StandardRetur", build.el("sd:StatusKode", 20))
    whole = f"<sdi:FremsoegSagDokumentIndeksOutput {build.NS}>{retur}"
    root = tree(whole.encode() + xml + b"</sdi:FremsoegSagDokumentIndeksOutput>")
    schema(contracts, SF1470).assertValid(root)
    zeep = meaning(contracts, SF1470, root)
    compare(root[1], zeep.SagFiltreretOejebliksbillede[0])
