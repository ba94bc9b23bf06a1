"""The frame's rules: retry, faults, paging, minimisation, identifiers, dates, registry."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors import dates, faults, identifiers, registry, retry
from connectors.errors import AccessError, ConnectorError, ContractError, RecordError, TransientError
from connectors.minimise import Sheet, record
from connectors.paging import Slice, by_link, by_offset, by_page
from connectors.replay import calm


def _failing(*errors: Exception) -> tuple[Callable[[], str], list[int]]:
    calls: list[int] = []

    def call() -> str:
        calls.append(1)
        if len(calls) <= len(errors):
            raise errors[len(calls) - 1]
        return "done"

    return call, calls


def test_only_what_passes_by_itself_is_tried_again() -> None:
    for error in (AccessError("x"), ContractError("x"), RecordError("x", "y"), ValueError("x")):
        call, calls = _failing(error)
        with calm(), pytest.raises(type(error)):
            retry.patiently(call)
        assert len(calls) == 1


def test_waits_grow_and_obey_the_vendor() -> None:
    slept: list[float] = []
    call, _ = _failing(TransientError("a"), TransientError("b"), TransientError("c", 42.0), TransientError("d"))
    with calm(slept):
        assert retry.patiently(call) == "done"
    assert 1 <= slept[0] <= 2 and 2 <= slept[1] <= 3 and slept[2] == 42.0 and 8 <= slept[3] <= 9


def test_there_is_always_an_end() -> None:
    call, calls = _failing(*[TransientError("x")] * 100)
    with calm(), pytest.raises(TransientError):
        retry.patiently(call)
    assert len(calls) == retry.TRIES
    slept: list[float] = []
    call, calls = _failing(*[TransientError("x", 299.0)] * 100)
    with calm(slept), pytest.raises(TransientError):
        retry.patiently(call)
    assert sum(slept) <= retry.BUDGET and len(calls) == 3


@given(st.integers(100, 599))
def test_every_status_has_its_remedy(status: int) -> None:
    error = faults.of_status(status, "GET https://host/x")
    if 200 <= status < 300:
        assert error is None
    elif status in (401, 403, 407):
        assert isinstance(error, AccessError)
    elif status >= 500 or status in (408, 425, 429):
        assert isinstance(error, TransientError)
    else:
        assert isinstance(error, ContractError)


@given(st.from_regex(r"\d{6}-?\d{4}", fullmatch=True), st.text(max_size=20))
def test_a_place_never_holds_a_number_or_a_query(number: str, text: str) -> None:
    where = faults.place(
        "get", f"https://user:secret@host:8443/api/v2/borger/{number}/sag?cpr={number}&q={text}#{number}"
    )
    assert where.startswith("GET https://host:8443/api/v2/borger/{id}/sag")
    assert number not in where and "secret" not in where and "?" not in where


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7.0), ("0", 0.0), ("1.5", 1.5), ("soon", None), ("", None), ("1e999", None), ("-3", None)],
)
def test_retry_after_is_read(header: str, seconds: float | None) -> None:
    import requests

    assert faults.retry_after(requests.structures.CaseInsensitiveDict({"retry-after": header})) == seconds


def test_retry_after_may_be_a_date() -> None:
    import requests

    past = requests.structures.CaseInsensitiveDict({"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"})
    assert faults.retry_after(past) == 0.0


def _pages(items: list[int], limit: int | None = None, total: bool = True) -> Callable[[int, int], Slice]:
    def fetch(skip: int, size: int) -> Slice:
        return Slice(items[skip : skip + min(size, limit or size)], len(items) if total else None)

    return fetch


@given(st.integers(0, 60), st.integers(1, 20), st.booleans(), st.none() | st.integers(1, 5))
def test_offset_paging_gives_everything_once(count: int, size: int, total: bool, cap: int | None) -> None:
    """Also when the vendor gives smaller pages than asked for, as long as it tells the total."""
    items = list(range(count))
    got = [i for page in by_offset(_pages(items, cap if total else None, total), size, "x") for i in page]
    assert got == items


def test_paging_that_stands_still_or_stops_early_is_noticed() -> None:
    with pytest.raises(ContractError, match="twice"):
        list(by_offset(lambda skip, size: Slice([1, 2], 10), 2, "x"))
    with pytest.raises(ContractError, match="ended after 2 of 10"):
        list(by_offset(lambda skip, size: Slice([1, 2] if skip == 0 else [], 10), 2, "x"))
    with pytest.raises(ContractError, match="twice"):
        list(by_link(lambda link: Slice([link], None, "b" if link == "a" else "a"), "a", "x"))
    with pytest.raises(ContractError, match="twice"):
        list(by_link(lambda link: Slice([1], None, link + "x"), "a", "x"))
    with pytest.raises(ContractError, match="the same page came twice"):
        list(by_page(lambda number: Slice([1, 2], next="more" if number < 3 else None), "x"))
    with pytest.raises(ContractError, match="empty page"):
        list(by_page(lambda number: Slice([] if number == 1 else [number], next="more" if number < 3 else None), "x"))


def test_a_record_that_comes_twice_is_known_by_its_key() -> None:
    """Also when it says something else the second time, as it does when somebody saved it meanwhile."""
    said = [{"id": "a"}, {"id": "b"}], [{"id": "b", "saved": True}, {"id": "c"}]

    def page(number: int, total: int | None = None) -> Slice:
        return Slice(said[number], total, None if number else "more", [one["id"] for one in said[number]])

    with pytest.raises(TransientError, match="came twice"):
        list(by_page(page, "x"))
    with pytest.raises(TransientError, match="came twice"):
        list(by_offset(lambda skip, size: page(skip // 2, 4), 2, "x", numbered=True))
    assert list(by_offset(lambda skip, size: page(skip, 3), 2, "x")) == [said[0], said[1][1:]]


def test_link_paging_follows_to_the_end() -> None:
    pages = {"a": Slice([1], None, "b"), "b": Slice([], None, "c"), "c": Slice([2])}
    assert list(by_link(pages.__getitem__, "a", "x")) == [[1], [2]]


def test_paging_without_an_end_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors.paging.MOST_PAGES", 50)
    with pytest.raises(ContractError, match="no end"):
        list(by_offset(lambda skip, size: Slice([skip], None), 1, "x"))


SHEET = Sheet(frozenset({"Id", "Part.Navn", "Tags"}), frozenset({"Part.Adresse", "Intern"}))


def test_the_door_keeps_what_the_sheet_lists() -> None:
    value = {
        "Tags": ["a", {"b": 1}],
        "Part": [{"Navn": "x", "Adresse": {"Vej": 1}, "Cpr": "0107701234"}, {"Navn": {"deep": 1}}],
        "Intern": {"anything": 1},
        "Id": 1,
        "0107701234": "a field named by a number",
    }
    found = record("1", value, SHEET)
    assert json.loads(found.body) == {"Id": 1, "Part": [{"Navn": "x"}, {"Navn": {}}], "Tags": ["a", {}]}
    assert found.unknown == ("(unnameable)", "Part.Cpr", "Part.Navn.deep", "Tags.b")


@given(st.dictionaries(st.sampled_from(["Id", "Tags", "Ny"]), st.integers() | st.text() | st.none()))
def test_equal_objects_are_equal_bytes(value: dict[str, object]) -> None:
    turned = dict(reversed(list(value.items())))
    assert record("1", value, SHEET) == record("1", turned, SHEET)


@pytest.mark.parametrize(
    "text", ["0107701234", "010770-1234", "010770 1234", "urn:oio:cpr-nr:0107701234", " 0107701234 "]
)
def test_a_cpr_number_is_ten_digits(text: str) -> None:
    assert identifiers.cpr(text, "X") == "0107701234"


def test_administrative_numbers_are_numbers() -> None:
    assert identifiers.cpr("610770-1234", "X") == "6107701234"
    assert identifiers.cpr("290200-4123", "X") == "2902004123"


@pytest.mark.parametrize(
    "value",
    [
        *("", "010770123", "01077012345", "310270-1234", "001370-1234", "290201-4123", "010770_1234"),
        *("٠١٠٧٧٠١٢٣٤", None, 107701234),
    ],
)
def test_anything_else_is_refused_by_the_fields_name_alone(value: object) -> None:
    with pytest.raises(RecordError) as caught:
        identifiers.cpr(value, "Part.Cpr")
    assert caught.value.field == "Part.Cpr"
    assert not value or str(value) not in str(caught.value)


@given(st.text() | st.integers() | st.none() | st.lists(st.text()))
def test_identifiers_and_dates_give_a_value_or_a_record_error(value: object) -> None:
    readers = (identifiers.cpr, identifiers.cvr, identifiers.uuid, dates.dato, dates.instant)
    for reader in readers:
        try:
            reader(value, "X")  # type: ignore[operator]
        except RecordError as error:
            assert error.field == "X"


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2024-03-18T11:53:12.000+0000", datetime(2024, 3, 18, 11, 53, 12, tzinfo=UTC)),
        ("2024-03-18T11:53:12+01:00", datetime(2024, 3, 18, 10, 53, 12, tzinfo=UTC)),
        ("2024-03-18T11:53:12Z", datetime(2024, 3, 18, 11, 53, 12, tzinfo=UTC)),
        ("2024-07-18T11:53:12.1234567", datetime(2024, 7, 18, 9, 53, 12, 123456, tzinfo=UTC)),
        ("2024-07-18", datetime(2024, 7, 17, 22, 0, tzinfo=UTC)),
    ],
)
def test_an_instant_is_utc(text: str, instant: datetime) -> None:
    assert dates.instant(text, "X") == instant and dates.instant(text, "X").tzinfo is UTC


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)), st.integers(-14 * 60, 14 * 60))
def test_an_instant_survives_being_written(when: datetime, offset: int) -> None:
    aware = when.replace(tzinfo=timezone(timedelta(minutes=offset)))
    assert dates.instant(aware.isoformat(), "X") == aware


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_date_is_danish_midnight(day: date) -> None:
    found = dates.midnight(day)
    assert found.astimezone(dates.DANISH).date() == day and found == dates.instant(day.isoformat(), "X")


@pytest.fixture
def a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(registry, "FOLDER", tmp_path)
    yield tmp_path


def test_names_come_from_folders_without_importing(a_folder: Path) -> None:
    for name in ("zebra", "abe", "_draft"):
        (a_folder / name).mkdir()
        (a_folder / name / "__init__.py").write_text("raise SystemExit('imported')")
    (a_folder / "no_package").mkdir()
    assert registry.names() == ["abe", "zebra"]


def test_a_connector_that_cannot_be_used_says_so_in_one_line() -> None:
    with pytest.raises(ContractError, match="there is no connector 'kmd_nexsus'.*kmd_nexus"):
        registry.load("kmd_nexsus")


def test_a_folder_without_connector_is_named(a_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import connectors

    monkeypatch.setattr(connectors, "__path__", [*connectors.__path__, str(a_folder)])
    for name, text in (("prove_tom", ""), ("prove_fejl", "import prove_der_ikke_er")):
        (a_folder / name).mkdir()
        (a_folder / name / "__init__.py").write_text(text)
    with pytest.raises(ConnectorError, match="connectors/prove_tom/__init__.py has no CONNECTOR"):
        registry.load("prove_tom")
    with pytest.raises(ConnectorError, match="connectors/prove_fejl cannot be imported: ModuleNotFoundError"):
        registry.load("prove_fejl")
