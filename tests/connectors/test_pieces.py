"""The pieces that connectors are made of, beside those that the recorded replies play through."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from requests.adapters import BaseAdapter

from canonical_model.draft import UNSET, Lokal, Nummer
from canonical_model.drafts import BevillingDraft, SagsklasseDraft
from connectors import given as said
from connectors import kle, odata, soap_sheet
from connectors.auth import no_auth
from connectors.bevilget import bevilget
from connectors.contract import Access
from connectors.errors import AccessError, ContractError, RecordError
from connectors.fields import Fields
from connectors.forloeb import opened_and_closed
from connectors.minimise import Sheet
from connectors.paging import parts
from connectors.recording import through
from connectors.replay import reply
from connectors.rest import RestApi

SAG = Lokal("sag", "1")
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


def test_a_sheet_written_as_words_is_the_sheet_written_as_paths() -> None:
    assert Sheet.of("Id Part(Navn Sted( Vej Nr ) Cpr)\n Titel", "Intern Part.Koen") == Sheet(
        frozenset({"Id", "Part.Navn", "Part.Sted.Vej", "Part.Sted.Nr", "Part.Cpr", "Titel"}),
        frozenset({"Intern", "Part.Koen"}),
    )


@given(MOMENTS, MOMENTS | st.none())
def test_a_case_is_somewhere_at_every_moment_since_it_was_opened(opened: datetime, closed: datetime | None) -> None:
    found = list(opened_and_closed(SAG, opened, closed))
    assert found[-1].virkning_til is None
    assert [a.virkning_til for a in found[:-1]] == [b.virkning_fra for b in found[1:]]
    ended = closed is not None and closed >= opened
    assert found[-1].status == ("Afsluttet" if ended else "Opstaaet")
    assert found[0].virkning_fra == opened
    assert bool(found[0].flag) == (closed is not None and closed < opened)


def test_a_case_closed_as_it_was_opened_was_never_open() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert [f.status for f in opened_and_closed(SAG, now, now)] == ["Afsluttet"]
    assert [f.status for f in opened_and_closed(SAG, now, now + timedelta(seconds=1))] == ["Opstaaet", "Afsluttet"]


@pytest.mark.parametrize("value", [-1, 2**31, "7", 1.0, True, []])
def test_what_is_no_whole_number_is_refused_by_its_name(value: object) -> None:
    with pytest.raises(RecordError, match="sted.areal: not a whole number"):
        Fields({"areal": value}, "sted").whole_number("areal")


def test_a_whole_number_may_be_missing() -> None:
    assert [Fields({"a": v}).whole_number("a") for v in (None, "", 0, 7)] == [None, None, 0, 7]
    assert Fields({}).whole_number("a") is None


@pytest.mark.parametrize("value", ["x", ["x", 1], ["x\x00"], {}, None])
def test_what_is_no_list_of_texts_is_refused(value: object) -> None:
    with pytest.raises(RecordError, match="names"):
        Fields({"names": value}).need_texts("names")


def test_a_whole_number_that_must_be_there_is_missed() -> None:
    assert Fields({"a": 0}).need_whole_number("a") == 0
    for value, why in ((None, "missing"), ("", "missing"), ("7", "not a whole number")):
        with pytest.raises(RecordError, match=f"a: {why}"):
            Fields({"a": value}).need_whole_number("a")


@given(st.lists(st.integers()), st.integers(1, 9))
def test_parts_are_the_whole_in_its_order(wanted: list[int], size: int) -> None:
    found = list(parts(wanted, size))
    assert [one for part in found for one in part] == wanted
    assert all(0 < len(part) <= size for part in found)


def test_whoever_sets_a_source_up_is_told_what_it_lacks() -> None:
    access = Access(url="", password="word", extra={"a": "1", "b": ""}, options={"kode": "0999", "n": 7})
    assert said.extra(access, "a", "ask for one") == "1"
    assert said.extra(access, "b", "ask for one", access.password) == "word"
    with pytest.raises(AccessError, match="^b is missing in the extra of this source's Connection; ask for one$"):
        said.extra(access, "b", "ask for one")
    assert said.option(access, "kode", r"\d{4}", "four digits") == "0999"
    assert said.option(access, "door", "in|out", "in or out", "in") == "in"
    for name in ("n", "none"):
        with pytest.raises(ContractError, match=f"^options.{name} in the source's file must be four digits$"):
            said.option(access, name, r"\d{4}", "four digits")


def test_a_key_in_the_query_goes_with_every_question_and_is_not_shown() -> None:
    asked: list[str] = []
    access = Access(url="https://vendor.test", extra={"nøgle": "secret-9"})
    api = RestApi.with_key(access, "nøgle", "ask for one")
    with through(_Answer(asked)):
        api.get("a", {"b": 1})
        api.post("c", {})
        api.session.post("https://elsewhere.test/token", auth=no_auth)
    assert asked == [
        "https://vendor.test/a?b=1&n%C3%B8gle=secret-9", "https://vendor.test/c?n%C3%B8gle=secret-9",
        "https://elsewhere.test/token",
    ]  # fmt: skip
    assert "secret-9" not in f"{api!r} {vars(api)!r} {vars(api.session)!r}"


def test_what_is_granted_of_one_service() -> None:
    objekt, modtager = Lokal("bevilling", "7"), Nummer("cpr", "3113700000")
    start = datetime(2026, 1, 31, 23, 0, tzinfo=UTC)
    bevilling, ydelse, part = bevilget(
        objekt, "y", "Plads", modtager, start, None, bevilling={"begrundelse": "b"}, kle="28"
    )
    assert bevilling == BevillingDraft(objekt=objekt, startdato="2026-02-01", slutdato=UNSET, begrundelse="b")
    assert (ydelse.ydelse_id, ydelse.navn, ydelse.ydelsesnavn, ydelse.kle) == ("y", "Plads", "Plads", "28")
    assert (ydelse.startdato, ydelse.slutdato) == (start, UNSET)
    assert (part.objekt, part.rolle, part.type, part.part) == (objekt, "ydelsesmodtager", "person", modtager)


class _Answer(BaseAdapter):
    """Answers everything with nothing, and remembers the addresses."""

    def __init__(self, asked: list[str]) -> None:
        super().__init__()
        self._asked = asked

    def send(self, request: requests.PreparedRequest, *args: object, **kwargs: object) -> requests.Response:
        self._asked.append(str(request.url))
        return reply(request, 200, b"{}", "application/json")

    def close(self) -> None:
        """Nothing to close."""


def test_a_day_that_must_be_there() -> None:
    found = Fields({"a": "2026-11-30T00:00:00Z", "b": None, "c": "30.11.2026"}, "sted")
    assert found.need_dato("a") == date(2026, 11, 30)
    for name, reason in (("b", "missing"), ("c", "not a date"), ("d", "missing")):
        with pytest.raises(RecordError, match=f"sted.{name}: {reason}"):
            found.need_dato(name)


def test_a_number_is_a_persons_or_a_companys_as_the_record_says() -> None:
    found = Fields({"nr": "10000009"}, "part")
    assert found.need_nummer("nr", "cvr") == Nummer("cvr", "10000009")
    with pytest.raises(RecordError, match="part.nr"):
        found.need_nummer("nr", "cpr")
    with pytest.raises(RecordError, match="part.cpr: missing"):
        found.need_nummer("cpr", "cpr")


def test_odata_is_asked_for_what_the_sheet_keeps_and_no_more() -> None:
    sheet = Sheet.of("Titel ID Part(ID Navn(Kode)) Frist(Dag)", "Part(Navn(ID)) Tekst Hvem(ID)")
    assert odata.asked(sheet.rules) == {
        "$select": "ID,Titel",
        "$expand": "Frist($select=Dag),Part($select=ID;$expand=Navn($select=Kode))",
    }
    assert odata.asked(Sheet.of("ID").rules) == {"$select": "ID"}


@pytest.mark.parametrize("facet", [UNSET, None, ""])
def test_a_case_has_a_facet_only_where_its_source_says_one(facet: Any) -> None:
    emne = SagsklasseDraft(objekt=SAG, rolle="primaer_klasse", brugervendt_noegle="05.01.08", klassetitel="Veje")
    assert list(kle.klasser(SAG, "05.01.08", facet, titel="Veje")) == [emne]
    _, handling = kle.klasser(SAG, "05.01.08", "G01")
    assert handling == SagsklasseDraft(objekt=SAG, rolle="handlingsklasse", brugervendt_noegle="G01")


def test_a_kle_number_is_told_from_other_codes() -> None:
    assert all(map(kle.NUMMER.fullmatch, ("05", "05.01", "05.01.08")))
    assert not any(map(kle.NUMMER.fullmatch, ("5.1", "05.01.08.02", "05.01.08-G01", "SAG", "٠٥")))


@pytest.mark.parametrize("text", ["A(B", "A(B))", "A)", "(A)", "A()", "A ( ( B))", "A(B) (C)"])
def test_brackets_that_do_not_fit_are_a_mistake_of_whoever_wrote_them(text: str) -> None:
    with pytest.raises(ValueError, match="bracket"):
        Sheet.of(text)


@pytest.mark.parametrize("text", ["A A", "A(B) A", "A A(B)", "A(B B)"])
def test_an_element_is_ruled_upon_once(text: str) -> None:
    with pytest.raises(ValueError, match="A|B"):
        soap_sheet.kept(text)


def test_nothing_is_expanded_of_which_nothing_is_kept() -> None:
    assert odata.asked(Sheet.of("ID Text", "Text(ID)").rules) == {"$select": "ID,Text"}
