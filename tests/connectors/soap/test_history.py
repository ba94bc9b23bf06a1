"""The source's own history: what was registered at any time can be read back from the facts."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from canonical_model.draft import Draft
from connectors.sags_dokumentindeks import CONNECTOR
from connectors.soap_xml import held
from tests.connectors.soap import build

SAGER = CONNECTOR.streams[0]
START = datetime(2026, 1, 1, tzinfo=UTC)

REGISTRERING = st.fixed_dictionaries({
    "titel": st.sampled_from(["A", "B"]),
    "status": st.lists(st.sampled_from(["Opstaaet", "Oplyst", "Afgjort"]), max_size=3),
    "parter": st.lists(st.sampled_from([build.CPR, "0312656780", "0412656781"]), max_size=3),
    "slettet": st.integers(0, 9).map(lambda n: n == 0),
})  # fmt: skip


def at(minutes: int) -> str:
    """An instant."""
    return (START + timedelta(minutes=minutes)).isoformat()


def registrering(said: dict[str, Any], tid: int, sts: int) -> str:
    """A Registrering of a Sag."""
    return build.plain(
        build.egenskaber(Titel=said["titel"]),
        "".join(build.fremdrift(s) for s in said["status"]),
        build.ejer() + "".join(build.part(f"urn:oio:cpr-nr:{p}") for p in said["parter"]),
        tid=at(tid), sts=at(sts), kode="Slettet" if said["slettet"] else "Importeret",
    )  # fmt: skip


def translate(*registreringer: str) -> list[Draft]:
    """The drafts of a Sag."""
    return list(SAGER.translate(SAGER.parse(build.sag(*registreringer))))


def content(drafts: list[Draft]) -> Counter[bytes]:
    """What drafts say, without when it was registered."""
    bare = [msgspec.structs.replace(d, registreret=None, registreret_til=None, sts_tidspunkt=None) for d in drafts]
    return Counter(d.table.encode() + msgspec.msgpack.encode(d) for d in bare)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(REGISTRERING, st.integers(0, 20)), min_size=1, max_size=5), st.randoms())
def test_what_was_registered_at_any_time_can_be_replayed(said: list[tuple[dict[str, Any], int]], random: Any) -> None:
    arrived = [registrering(what, tid, 100 + n) for n, (what, tid) in enumerate(said)]
    shuffled = random.sample(arrived, len(arrived))
    drafts = translate(*shuffled)
    for minute in range(0, 22):
        now = START + timedelta(minutes=minute)
        in_force = [n for n, (_, tid) in enumerate(said) if tid <= minute]
        expected = content(translate(arrived[in_force[-1]])) if in_force else Counter()
        replayed = [
            d for d in drafts
            if d.registreret is not None and d.registreret <= now
            and (d.registreret_til is None or now < d.registreret_til)
        ]  # fmt: skip
        assert content(replayed) == expected


@settings(max_examples=60, deadline=None)
@given(st.lists(REGISTRERING, min_size=1, max_size=4))
def test_current_is_the_latest_to_arrive(said: list[dict[str, Any]]) -> None:
    texts = [registrering(what, n, 100 + n) for n, what in enumerate(said)]
    current = [d for d in translate(*texts) if d.registreret_til is None]
    assert content(current) == content(translate(texts[-1]))


@settings(max_examples=60, deadline=None)
@given(REGISTRERING, st.integers(1, 4))
def test_a_registrering_that_changes_nothing_adds_no_facts(said: dict[str, Any], times: int) -> None:
    texts = [registrering(said, n, 100 + n) for n in range(times)]
    assert translate(*texts) == translate(texts[0])


@settings(max_examples=60, deadline=None)
@given(
    st.permutations(
        [build.ejer(), build.part(), build.part("urn:oio:cpr-nr:0312656780"), build.part("urn:oio:cvr-nr:22222222")]
    )
)
def test_the_order_of_relations_says_nothing(relations: list[str]) -> None:
    element = SAGER.parse(build.sag(build.plain(relationer="".join(relations))))
    plain = (
        build.ejer() + build.part() + build.part("urn:oio:cpr-nr:0312656780") + build.part("urn:oio:cvr-nr:22222222")
    )
    mine, usual = list(SAGER.translate(element)), translate(build.plain(relationer=plain))
    assert content(mine) == content(usual)
    assert [d for d in mine if d.table == "sagspart"] == [d for d in usual if d.table == "sagspart"]


def test_one_registrering_without_times_is_current() -> None:
    drafts = translate(build.plain(tid=None, sts=None))
    assert drafts and all(d.registreret is None and d.registreret_til is None for d in drafts)


def test_a_deleted_object_holds_nothing() -> None:
    assert translate(build.plain(kode="Slettet")) == []
    drafts = translate(build.plain(tid=at(1), sts=at(1)), build.plain(tid=at(2), sts=at(2), kode="Passiveret"))
    assert drafts and all(d.registreret_til == START + timedelta(minutes=2) for d in drafts)


def test_the_order_of_two_arrivals_at_once_is_the_senders() -> None:
    first, second = build.plain(build.egenskaber(Titel="1"), tid=at(1), sts=at(9)), build.plain(tid=at(2), sts=at(9))
    assert content([d for d in translate(second, first) if d.registreret_til is None]) == content(translate(second))


def test_whitespace_and_prefixes_do_not_change_what_is_said() -> None:
    element = etree.fromstring(build.sag(build.plain()))
    etree.indent(element)
    assert list(SAGER.translate(held(element))) == translate(build.plain())
