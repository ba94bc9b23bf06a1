"""Faults seeded one at a time in a sound connector or in the frame, each with the case that must notice it."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from unittest import mock

import msgspec
import requests
from tenacity import retry_if_exception_type

from canonical_model.draft import Nummer
from connectors import faults, rest, retry
from connectors.contract import Connector, Page, Record
from connectors.errors import ConnectorError, ContractError, RecordError, TransientError
from connectors.paging import Slice
from connectors.registry import load
from connectors.sbsys import Sbsys

SOUND = load("sbsys")


def _with(stream: str, **change: Any) -> Connector[Any]:
    streams = tuple(replace(s, **change) if s.name == stream else s for s in SOUND.streams)
    return replace(SOUND, streams=streams)


def _wrapped(stream: str, field: str, wrap: Callable[[Any], Any]) -> Connector[Any]:
    inner = next(getattr(s, field) for s in SOUND.streams if s.name == stream)
    outer = wrap(inner)
    outer.__doc__ = inner.__doc__
    return _with(stream, **{field: outer})


class _Deaf(Sbsys):
    """Paging that ignores where it is, and nobody who watches."""

    def search(self, skip: int, limit: int) -> Slice:
        return super().search(0, limit)


def paging_ignores_its_marker() -> Connector[Any]:
    return replace(SOUND, open=_Deaf)


def only_the_first_page() -> Connector[Any]:
    return _wrapped("sager", "read", lambda read: lambda api, ask: iter([next(read(api, ask))]))


def translate_mutates() -> Connector[Any]:
    def wrap(translate: Any) -> Any:
        def spoil(raw: Any) -> Any:
            yield from translate(raw)
            raw["seen"] = True

        return spoil

    return _wrapped("sager", "translate", wrap)


def translate_reads_the_clock() -> Connector[Any]:
    def wrap(translate: Any) -> Any:
        return lambda raw: [msgspec.structs.replace(d, registreret=datetime.now(UTC)) for d in translate(raw)]

    return _wrapped("sager", "translate", wrap)


def cpr_keeps_its_dash() -> Connector[Any]:
    def dashed(draft: Any) -> Any:
        part = getattr(draft, "part", None)
        if not isinstance(part, Nummer) or part.art != "cpr":
            return draft
        return msgspec.structs.replace(draft, part=Nummer("cpr", f"{part.nummer[:6]}-{part.nummer[6:]}"))

    return _wrapped("sager", "translate", lambda translate: lambda raw: [dashed(d) for d in translate(raw)])


def records_are_logged() -> Connector[Any]:
    def wrap(read: Any) -> Any:
        def chatty(api: Any, ask: Any) -> Iterator[Page]:
            for page in read(api, ask):
                logging.getLogger("connectors.sbsys").debug("read %s", [record.body for record in page.records])
                yield page

        return chatty

    return _wrapped("sager", "read", wrap)


def _keyed(key: Callable[[Record], str]) -> Connector[Any]:
    def wrap(read: Any) -> Any:
        return lambda api, ask: (Page([r.called(key(r)) for r in p.records]) for p in read(api, ask))

    return _wrapped("sager", "read", wrap)


def the_key_is_a_cpr_number() -> Connector[Any]:
    def cpr(record: Record) -> str:
        part = msgspec.json.decode(record.body).get("PrimaryPart") or {}
        return f"{part.get('CPRnummer', '')}/{record.key}"

    return _keyed(cpr)


def all_records_have_one_key() -> Connector[Any]:
    return _keyed(lambda record: "sag")


def a_wrong_record_takes_its_stream_along() -> Connector[Any]:
    def wrap(translate: Any) -> Any:
        def spoil(raw: Any) -> Any:
            try:
                yield from translate(raw)
            except RecordError as error:
                raise KeyError(error.field) from error

        return spoil

    return _wrapped("sager", "translate", wrap)


def a_wrong_record_vanishes() -> Connector[Any]:
    def wrap(translate: Any) -> Any:
        def spoil(raw: Any) -> Any:
            with suppress(RecordError):
                return list(translate(raw))
            return []

        return spoil

    return _wrapped("journalarknotater", "translate", wrap)


def the_error_quotes_the_value() -> Connector[Any]:
    def wrap(translate: Any) -> Any:
        def spoil(raw: Any) -> Any:
            try:
                return list(translate(raw))
            except RecordError as error:
                raise RecordError(error.field, f"{error.reason}: {raw}") from None

        return spoil

    return _wrapped("dokumenter", "translate", wrap)


def a_stream_without_its_reader() -> Connector[Any]:
    return _with("sager", read=None)


def a_keyed_stream_that_asks_for_nothing() -> Connector[Any]:
    return _with("dokumenter", asks="noget")


def two_streams_of_one_name() -> Connector[Any]:
    return _with("dokumenter", name="sager")


def the_sheet_is_another_systems() -> Connector[Any]:
    return replace(SOUND, system="ESDH 2000")


def a_stream_says_nothing() -> Connector[Any]:
    return _wrapped("dokumenter", "translate", lambda translate: lambda raw: [])


def every_record_is_parked() -> Connector[Any]:
    def wrap(translate: Any) -> Any:
        def spoil(raw: Any) -> Any:
            raise RecordError("Id", "missing")

        return spoil

    return _wrapped("sager", "translate", wrap)


def a_time_without_a_zone() -> Connector[Any]:
    def naive(draft: Any) -> Any:
        return msgspec.structs.replace(draft, virkning_fra=datetime(2026, 1, 1))

    return _wrapped("sager", "translate", lambda translate: lambda raw: [naive(d) for d in translate(raw)])


def it_ends_before_it_begins() -> Connector[Any]:
    def turned(draft: Any) -> Any:
        late, early = datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
        return msgspec.structs.replace(draft, virkning_fra=late, virkning_til=early)

    return _wrapped("sager", "translate", lambda translate: lambda raw: [turned(d) for d in translate(raw)])


def a_fact_is_said_twice() -> Connector[Any]:
    return _wrapped("sager", "translate", lambda translate: lambda raw: [*translate(raw), *translate(raw)])


def hostile_text_is_cut() -> Connector[Any]:
    def cut(draft: Any) -> Any:
        values = {f: getattr(draft, f) for f in draft.__struct_fields__}
        return msgspec.structs.replace(draft, **{f: v[:5] for f, v in values.items() if isinstance(v, str)})

    return _wrapped("sager", "translate", lambda translate: lambda raw: [cut(d) for d in translate(raw)])


def a_nul_is_let_through() -> Connector[Any]:
    def wrap(translate: Any) -> Any:
        def spoil(raw: Any) -> Any:
            told = str(raw.get("SagsTitel"))
            drafts = list(translate(raw | {"SagsTitel": told.replace("\x00", "")}))
            return [msgspec.structs.replace(d, titel=told) if hasattr(d, "titel") else d for d in drafts]

        return spoil

    return _wrapped("sager", "translate", wrap)


def the_whole_record_comes_in() -> Connector[Any]:
    def wrap(read: Any) -> Any:
        def greedy(api: Any, ask: Any) -> Iterator[Page]:
            for page in read(api, ask):
                yield Page([Record(r.key, r.body) for r in page.records])

        return greedy

    return _wrapped("sager", "read", wrap)


def keys_differ_from_reading_to_reading() -> Connector[Any]:
    from uuid import uuid4

    return _keyed(lambda record: uuid4().hex)


def the_number_is_in_the_address() -> Connector[Any]:
    def wrap(read: Any) -> Any:
        def nosy(api: Any, ask: Any) -> Iterator[Page]:
            for page in read(api, ask):
                for record in page.records:
                    part = msgspec.json.decode(record.body).get("PrimaryPart") or {}
                    with suppress(ConnectorError, AssertionError):
                        api.rest.find(f"api/person/{part.get('CPRnummer')}")
                yield page

        return nosy

    return _wrapped("sager", "read", wrap)


def the_secret_is_shown() -> Connector[Any]:
    def open_(access: Any) -> Any:
        api = Sbsys(access)
        api.told = access.password  # type: ignore[attr-defined]
        return api

    return replace(SOUND, open=open_)


def _bare(api: Any, sag: str) -> list[Record]:
    return []


def a_function_nobody_explained() -> Connector[Any]:
    return _with("dokumenter", read_one=_bare)


CONNECTORS: dict[Callable[[], Connector[Any]], str] = {
    a_stream_without_its_reader: "streams_have_the_functions_of_their_shape",
    a_keyed_stream_that_asks_for_nothing: "streams_have_the_functions_of_their_shape",
    two_streams_of_one_name: "streams_have_the_functions_of_their_shape",
    the_sheet_is_another_systems: "the_sheet_says_how_the_vendor_is_reached",
    a_stream_says_nothing: "every_stream_says_something",
    every_record_is_parked: "every_stream_says_something",
    a_time_without_a_zone: "every_stream_says_something",
    it_ends_before_it_begins: "every_stream_says_something",
    a_fact_is_said_twice: "facts_of_a_record_can_be_told_apart",
    hostile_text_is_cut: "hostile_text_does_no_harm",
    a_nul_is_let_through: "hostile_text_does_no_harm",
    the_whole_record_comes_in: "a_new_field_at_the_vendor_does_no_harm_and_is_told",
    keys_differ_from_reading_to_reading: "reading_twice_gives_the_same_bytes",
    the_number_is_in_the_address: "no_address_holds_a_national_number",
    the_secret_is_shown: "what_is_open_shows_no_secret",
    a_function_nobody_explained: "it_and_its_streams_are_explained",
    paging_ignores_its_marker: "every_recorded_reply_is_asked_for",
    only_the_first_page: "every_recorded_reply_is_asked_for",
    translate_mutates: "translation_is_pure",
    translate_reads_the_clock: "translation_is_pure",
    cpr_keeps_its_dash: "every_stream_says_something",
    records_are_logged: "logs_at_debug_hold_nothing_private",
    the_key_is_a_cpr_number: "every_stream_holds_records_with_keys_of_their_own",
    all_records_have_one_key: "every_stream_holds_records_with_keys_of_their_own",
    a_wrong_record_takes_its_stream_along: "each_field_removed_is_named_or_not_needed",
    a_wrong_record_vanishes: "each_field_removed_is_named_or_not_needed",
    the_error_quotes_the_value: "each_field_removed_is_named_or_not_needed",
}
"""Faults in a connector, and the case that must notice."""


@contextmanager
def everything_is_retried() -> Iterator[None]:
    with mock.patch.object(retry, "retry_if_exception_type", lambda kind: retry_if_exception_type(ConnectorError)):
        yield


@contextmanager
def retrying_never_ends() -> Iterator[None]:
    with mock.patch.object(retry, "TRIES", 60), mock.patch.object(retry, "BUDGET", 1e9):
        yield


@contextmanager
def nothing_is_retried() -> Iterator[None]:
    with mock.patch.object(rest, "patiently", lambda call: call()):
        yield


@contextmanager
def a_401_is_transient() -> Iterator[None]:
    sound = faults.of_status

    def of_status(status: int, where: str, asked: float | None = None) -> ConnectorError | None:
        return TransientError(f"{where}: 401", asked) if status == 401 else sound(status, where, asked)

    with mock.patch.object(faults, "of_status", of_status):
        yield


@contextmanager
def the_reply_is_in_the_error() -> Iterator[None]:
    sound = faults.of_reply

    def of_reply(response: requests.Response, where: str) -> ConnectorError | None:
        error = sound(response, where)
        return ContractError(f"{error}: {response.text}") if isinstance(error, ContractError) else error

    with mock.patch.object(faults, "of_reply", of_reply):
        yield


@contextmanager
def the_cause_is_in_the_error() -> Iterator[None]:
    with mock.patch.object(faults, "of_exception", lambda error, where, *files: TransientError(f"{where}: {error}")):
        yield


@contextmanager
def a_timeout_escapes() -> Iterator[None]:
    def ask(self: Any, method: str, url: str, **request: Any) -> requests.Response:
        return self.session.request(method, url, timeout=5, allow_redirects=False, **request)

    with mock.patch.object(rest.RestApi, "_send", ask):
        yield


@contextmanager
def retry_after_is_ignored() -> Iterator[None]:
    with mock.patch.object(faults, "retry_after", lambda headers: None):
        yield


@contextmanager
def a_refused_certificate_is_transient() -> Iterator[None]:
    with mock.patch.object(faults, "_of_tls", lambda error, where, cert, ca: TransientError(f"{where}: TLS")):
        yield


FRAME: dict[Callable[[], Any], str] = {
    everything_is_retried: "a_closed_door_is_not_knocked_on_twice",
    retrying_never_ends: "a_lasting_fault_ends",
    nothing_is_retried: "silence_is_ridden_out",
    a_401_is_transient: "a_closed_door_is_not_knocked_on_twice",
    the_reply_is_in_the_error: "logs_at_debug_hold_nothing_private",
    the_cause_is_in_the_error: "logs_at_debug_hold_nothing_private",
    a_timeout_escapes: "silence_is_ridden_out",
    retry_after_is_ignored: "a_busy_vendor_is_given_the_time_it_asks_for",
    a_refused_certificate_is_transient: "a_refused_certificate_names_the_files",
}
"""Faults in the frame, and the case that must notice."""
