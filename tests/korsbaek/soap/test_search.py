"""What a search finds: the example, the filter, the order."""

from collections.abc import Callable
from datetime import datetime

import pytest

from korsbaek.model import Dokument, Sag
from korsbaek.systems.sdi import PATH
from korsbaek.systems.sdi.roles import AKTOER_ROLLE, PART_ROLLE
from korsbaek.systems.soap.names import clark
from korsbaek.town import Town
from tests.korsbaek.soap.conftest import Apps, apps_of
from tests.korsbaek.soap.messages import antal, ask, fremsoeg, paging, relation, soeg, status, uuids

SHOW = {"SoegSag": "egenskaber"}


def sager(apps: Apps, udtryk: str, before: str = "", after: str = "") -> set[str]:
    """The cases that an expression finds."""
    return set(uuids(ask(apps["sdi"], fremsoeg("sdi", udtryk, SHOW, before, after))))


def true_sager(town: Town, keep: Callable[[Sag], bool]) -> set[str]:
    """The same from the town itself."""
    return {sag.uuid for sag in town.each(Sag, "indeks = 1") if keep(sag)}


def clean(sag: Sag) -> bool:
    return not any(f.system == "sdi" for f in sag.fejl)


def test_by_party_and_role(soap_town: Town, apps: Apps) -> None:
    number = soap_town.meta("showcase")
    urn = f"urn:oio:cpr-nr:{number}"
    any_role = sager(apps, soeg("SoegSag", relation("sag:Sagspart", urn)))
    assert any_role == true_sager(soap_town, lambda s: clean(s) and any(p.nummer == number for p in s.nu.parter))
    first = sager(apps, soeg("SoegSag", relation("sag:Sagspart", urn, PART_ROLLE["primaer"])))
    assert first == true_sager(
        soap_town, lambda s: clean(s) and any(p.nummer == number and p.rolle == "primaer" for p in s.nu.parter)
    )


def test_by_owner_kle_and_state(soap_town: Town, apps: Apps) -> None:
    owner = relation("sag:Sagsaktoer", "urn:oio:cvr-nr:11111111", AKTOER_ROLLE["ejer"])
    assert sager(apps, soeg("SoegSag", owner)) == true_sager(
        soap_town, lambda s: any(a.rolle == "ejer" and a.cvr == "11111111" for a in s.nu.aktoerer)
    )
    kle = next(s.nu.kle for s in soap_town.each(Sag, "indeks = 1"))
    extension = (
        "<gd:LokalUdvidelseListe><si:SagsklasseLokalUdvidelse><si:BrugervendtNoegle>"
        f"{kle}</si:BrugervendtNoegle></si:SagsklasseLokalUdvidelse></gd:LokalUdvidelseListe>"
    )
    found = sager(apps, soeg("SoegSag", relation("sag:Sagsklasse", "", None, extension)))
    assert found == true_sager(soap_town, lambda s: s.nu.kle == kle)
    ended = "<sag:Fremdrift><sag:FremdriftStatusKode>Afsluttet</sag:FremdriftStatusKode></sag:Fremdrift>"
    assert sager(apps, soeg("SoegSag", tilstande=ended)) == true_sager(
        soap_town, lambda s: any(f.status == "Afsluttet" for f in s.nu.fremdrift)
    )


def test_by_sagsnummer_and_uuid(soap_town: Town, apps: Apps) -> None:
    some = list(soap_town.each(Sag, "indeks = 1 order by uuid limit 3"))
    number = f"<sag:Egenskaber><sag:Sagsnummer>{some[0].nu.sagsnummer}</sag:Sagsnummer></sag:Egenskaber>"
    assert some[0].uuid in sager(apps, soeg("SoegSag", attributter=number))
    named = "".join(f"<sdi:SagUuid>{s.uuid.upper()}</sdi:SagUuid>" for s in some)
    # An expression that names no kind leaves the UUIDs to decide; one that does narrows them.
    assert sager(apps, "", before=named) == {s.uuid for s in some}
    assert sager(apps, soeg("SoegSag", attributter=number), before=named) == {some[0].uuid}


def test_virkning_registrering_and_intervals(soap_town: Town, apps: Apps) -> None:
    moment = "2025-06-01T00:00:00+02:00"
    at = datetime.fromisoformat(moment)
    window = f"<sd:FraTidspunkt><sd:TidsstempelDatoTid>{moment}</sd:TidsstempelDatoTid></sd:FraTidspunkt>"
    until = f"<sd:TilTidspunkt><sd:TidsstempelDatoTid>{moment}</sd:TidsstempelDatoTid></sd:TilTidspunkt>"
    registered = sager(apps, soeg("SoegSag", head=f"<sd:SoegRegistrering>{until}</sd:SoegRegistrering>"))
    assert registered == true_sager(soap_town, lambda s: any(r.tidspunkt < at for r in s.registreringer))
    opened = "<sag:Fremdrift><sag:FremdriftStatusKode>Oplyst</sag:FremdriftStatusKode></sag:Fremdrift>"
    still = sager(apps, soeg("SoegSag", tilstande=opened, head=f"<sd:SoegVirkning>{window}</sd:SoegVirkning>"))
    assert still == true_sager(
        soap_town, lambda s: any(f.status == "Oplyst" and (f.til is None or f.til > at) for f in s.nu.fremdrift)
    )
    interval = (
        "<gd:LokalUdvidelseListe><si:SoegEgenskaberLokalUdvidelse><si:OprettetTidspunktInterval>"
        f"<go:FraTidspunkt><sd:TidsstempelDatoTid>{moment}</sd:TidsstempelDatoTid></go:FraTidspunkt>"
        "</si:OprettetTidspunktInterval></si:SoegEgenskaberLokalUdvidelse></gd:LokalUdvidelseListe>"
    )
    created = sager(apps, soeg("SoegSag", attributter=interval))
    assert created == true_sager(soap_town, lambda s: s.nu.oprettet >= at)
    assert registered and still and created


@pytest.mark.parametrize("after", ["", "<sdi:Filter/>"])
def test_no_filter_only_counts(soap_town: Town, apps: Apps, after: str) -> None:
    answer = ask(apps["sdi"], fremsoeg("sdi", soeg("SoegSag") + soeg("SoegDokument"), after=after))
    ((documents,),) = soap_town.rows("select count(*) from dokument where indeks = 1")
    assert status(answer) == "20" and uuids(answer) == []
    assert antal(answer) == {"sager": len(true_sager(soap_town, lambda s: True)), "dokumenter": documents}


def test_vis_shows_only_what_is_asked(apps: Apps) -> None:
    answer = ask(apps["sdi"], fremsoeg("sdi", soeg("SoegSag"), {"SoegSag": "fremdrift sagspart"}))
    names = {str(node.tag).rpartition("}")[2] for node in answer.iter() if isinstance(node.tag, str)}
    assert {"Fremdrift", "Sagspart"} <= names
    assert not names & {"Egenskaber", "Sagsaktoer", "Sagsklasse", "Journalpost", "SagsitsystemRelation"}


def test_notes_come_only_when_asked_for(apps: Apps) -> None:
    def roles(vis: str) -> tuple[int, int]:
        answer = ask(apps["sdi"], fremsoeg("sdi", soeg("SoegSag"), {"SoegSag": vis}))
        return len(list(answer.iter(clark("sag:Journalpost")))), len(list(answer.iter(clark("sag:Notat"))))

    posts, none = roles("journalpost")
    notes, texts = roles("journalpost-journalnote")
    assert none == 0 and notes == texts > 0 and posts > 0
    assert roles("journalpost journalpost-journalnote") == (posts + notes, texts)


def test_inkluder_brings_the_documents(soap_town: Town, apps: Apps) -> None:
    sag = next(s for s in soap_town.each(Sag, "indeks = 1") if s.nu.journalposter)
    chosen = (
        "<sdi:Filter><sdi:SagVis><sdi:Vis>egenskaber</sdi:Vis></sdi:SagVis><sdi:DokumentVis><sdi:Vis>egenskaber"
        "</sdi:Vis></sdi:DokumentVis><sdi:SagInkluder>journalpost</sdi:SagInkluder></sdi:Filter>"
    )
    answer = ask(apps["sdi"], fremsoeg("sdi", "", before=f"<sdi:SagUuid>{sag.uuid}</sdi:SagUuid>", after=chosen))
    posted = [j.dokument for j in sag.nu.journalposter]
    indexed = {d.uuid for d in soap_town.each(Dokument, "indeks = 1")}
    assert uuids(answer) == [sag.uuid, *(uuid for uuid in dict.fromkeys(posted) if uuid in indexed)]
    both = f"<sdi:SagUuid>{sag.uuid}</sdi:SagUuid><sdi:DokumentUuid>{posted[0]}</sdi:DokumentUuid>"
    again = uuids(ask(apps["sdi"], fremsoeg("sdi", "", before=both, after=chosen)))
    assert len(again) == len(set(again)) and set(again) == set(uuids(answer))


def test_sortering(soap_town: Town, apps: Apps) -> None:
    def order(*keys: tuple[str, str]) -> list[str]:
        inner = "".join(
            f"<sdi:SagSortering><sdi:Element>{element}</sdi:Element><sdi:Retning>{way}</sdi:Retning>"
            f"<sdi:Prioritet>{rank}</sdi:Prioritet></sdi:SagSortering>"
            for rank, (element, way) in enumerate(keys, 1)
        )
        after = f"<sdi:Sortering>{inner}</sdi:Sortering>"
        return uuids(ask(apps["sdi"], fremsoeg("sdi", soeg("SoegSag"), SHOW, after=after)))

    # By UUID first, as sorts are stable: what is equal comes in the order of UUIDs.
    cases = sorted(soap_town.each(Sag, "indeks = 1"), key=lambda s: s.uuid)
    by_kle = sorted(cases, key=lambda s: s.nu.kle)
    assert order(("Sagklasse-BrugervendtNoegle", "Stigende")) == [s.uuid for s in by_kle][:500]
    newest = sorted(sorted(cases, key=lambda s: s.nu.tidspunkt, reverse=True), key=lambda s: s.master)
    assert (
        order(("ItSystem-Systemnavn", "Stigende"), ("Registreringstidspunkt", "Faldende"))
        == [s.uuid for s in newest][:500]
    )


def test_a_page_is_of_the_town_as_it_is_when_it_is_asked_for(own_soap_town: Town) -> None:
    sdi = apps_of(own_soap_town)["sdi"]

    def page(first: int) -> list[str]:
        return uuids(ask(sdi, fremsoeg("sdi", soeg("SoegSag", head=paging(first, 3)), SHOW)))

    before = page(0) + page(3)
    gone = before[4]
    assert len(set(before)) == 6
    other = Town.open(own_soap_town.path)
    other.db.execute("update sag set indeks = 0 where uuid = ?", (gone,))
    assert page(3)[:2] == [before[3], before[5]] and page(0) == before[:3]
    other.db.execute("update sag set indeks = 1 where uuid = ?", (gone,))
    assert page(0) + page(3) == before
    other.close()


def test_fjern_removes(own_soap_town: Town) -> None:
    apps = apps_of(own_soap_town)
    sag = next(own_soap_town.each(Sag, "indeks = 1 and uuid in (select sag from dokument where indeks = 1)"))
    papers = {d.uuid for d in own_soap_town.each(Dokument, "sag = ? and indeks = 1", (sag.uuid,))}
    request = (
        f'<sdi:FjernSagDokumentIndeksInput xmlns:sdi="urn:oio:sts:sagdok:sagdokumentindeks:6"><sdi:SagUuid>'
        f'<sd:UUIDIdentifikator xmlns:sd="urn:oio:sagdok:3.0.0">{sag.uuid}</sd:UUIDIdentifikator></sdi:SagUuid>'
        "</sdi:FjernSagDokumentIndeksInput>"
    )
    everything = fremsoeg("sdi", soeg("SoegSag") + soeg("SoegDokument"), {"SoegSag": "egenskaber"})
    assert sag.uuid in uuids(ask(apps["sdi"], everything))
    assert status(ask(apps["sdi"], request)) == "20"
    assert status(ask(apps["sdi"], request)) == "44"
    left = ask(apps["sdi"], everything)
    assert sag.uuid not in uuids(left)
    assert papers and antal(left)["dokumenter"] == len(list(own_soap_town.each(Dokument, "indeks = 1"))) - len(papers)


def test_the_path_is_production_like() -> None:
    assert PATH == "/sagdokumentindeks/6"
