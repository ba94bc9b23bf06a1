"""What arrives from each system is what the town's ledger says that it holds and that its contract reveals; and what
one citizen's page makes of all of them together."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from caseworker.overblik.borger import read_borger
from caseworker.tid import tid
from korsbaek.landscape.place import names as further
from korsbaek.landscape.records import records
from korsbaek.setting import SYSTEMS
from korsbaek.systems.koerekort.leg import LEGS
from tests.landscape.conftest import Landscape, Reading
from tests.way.hub import expected, names
from tests.way.test_night import ANYTHING

pytestmark = pytest.mark.timeout(3600)  # the full size: some twelve minutes on 2 busy cores, most of it three syncs
Say = Callable[[str], None]
WRITTEN = ("new", "changed", "gone")
WITH_A_DOOR = (*SYSTEMS, *(name for name in further() if records(name).STREAMS))


SOAP = {
    "acadre": 10, "bygogmiljoe": 4, "cpr": 2, "cvr": 2, "klassifikation": 4, "organisation": 6, "sdi": 2,
    "ydelseliste": 4, "ydi": 2,
}  # fmt: skip
"""Services, and how many kinds of bodies a night passes: a question and an answer for each operation that is used."""


@pytest.fixture(params=WITH_A_DOOR)
def system(request: pytest.FixtureRequest) -> str:
    """Each system that can be read."""
    name: str = request.param
    return name


def test_every_system_is_met(landscape: Landscape, figure: Say) -> None:
    people = len(landscape.first.ledger["population"])
    figure(f"{people} citizens: " + ", ".join(f"{what} {took:.0f} s" for what, took in landscape.took.items()))
    assert landscape.systems() == sorted(WITH_A_DOOR) and len(WITH_A_DOOR) >= 23
    for reading in (landscape.first, landscape.second, landscape.again):
        assert set(reading.states.values()) == {"succeeded"}, reading.states


def test_what_arrives_is_what_the_town_holds(landscape: Landscape, system: str) -> None:
    reading = landscape.first
    wrong = malformed(reading, system)
    assert len({kind for _, kind, _ in wrong}) >= (1 if system in SYSTEMS else 2), "malformed records of some kinds"
    assert set(reading.ran[system]) == set(streams(reading, system))
    for stream, counts in reading.ran[system].items():
        good = streams(reading, system)[stream] - bad(wrong, stream)
        assert good > 0, f"{stream} holds nothing that can be found"
        assert counts == {"new": good, "changed": 0, "gone": 0, "quarantined": bad(wrong, stream)}, stream
        assert reading.landed[f"{system}/{stream}"] == good, stream
    parked(reading, system)


def test_every_fact_of_the_town_stands_in_its_table(landscape: Landscape, system: str) -> None:
    """Per kind, as the town counts them itself. CPR's are asked for in turn, so a night later some are still old; and
    who is out of sight since the night stays known as they were."""
    assert landscape.first.facts[system] == landscape.first.ledger["facts"][system]
    unseen = any(out_of_sight(landscape, system, stream) for stream in landscape.second.ran[system])
    if system != "cpr" and not unseen:
        assert landscape.second.facts[system] == landscape.second.ledger["facts"][system]


def test_after_a_night_what_it_did_arrives_and_nothing_else(landscape: Landscape, system: str) -> None:
    reading, book = landscape.second, landscape.book
    happened = {what for name, page in book.items() if name.startswith(f"{system}/") for what in page["counts"]}
    whole = {"new", "changed"} if system in SYSTEMS else {"new", "changed", "gone"}
    assert happened >= whole, f"a night changes, adds and removes records: {happened}"
    wrong = malformed(reading, system)
    for stream, counts in reading.ran[system].items():
        page = book.get(f"{system}/{stream}", {"revealed": {}, "records": []})
        wanted = Counter(expected(page))
        if system == "cpr":
            wanted.update(by_turn(page["records"], reading.asked, landscape.first.unread))
        assert written(counts) == {what: wanted[what] for what in WRITTEN}, stream
        good = streams(reading, system)[stream] - bad(wrong, stream) + out_of_sight(landscape, system, stream)
        assert reading.landed[f"{system}/{stream}"] == good, stream
    parked(reading, system)


def test_the_same_again_changes_nothing(landscape: Landscape, system: str) -> None:
    for stream, counts in landscape.again.ran[system].items():
        wanted = dict.fromkeys(WRITTEN, 0)
        if system == "cpr":  # others' turn has come, and what the night did to them is seen only now
            told, late = landscape.book["cpr/person"]["records"], landscape.again.asked - landscape.second.asked
            wanted |= by_turn(told, late, landscape.second.unread)
        assert written(counts) == wanted, stream
    mine = [n for n in landscape.second.landed if n.startswith(f"{system}/")]
    assert {n: landscape.again.landed[n] for n in mine} == {n: landscape.second.landed[n] for n in mine}


def written(counts: dict[str, int]) -> dict[str, int]:
    """What a run changed in the store."""
    return {what: counts[what] for what in WRITTEN}


def by_turn(told: list[dict[str, str]], asked: set[str], unread: set[str]) -> dict[str, int]:
    """What comes of those whom CPR is asked about in turn: whose record was `unread` before, and the others."""
    mine = [r for r in told if r["revealed"] == "asked" and r["owner"] in asked]
    return {
        "new": sum(r["what"] == "mended" and r["owner"] in unread for r in mine),
        "changed": sum(r["owner"] not in unread for r in mine),
    }


def streams(reading: Reading, system: str) -> dict[str, int]:
    """How many records of each of the system's streams can be found."""
    told = reading.ledger["streams"]
    return {n.partition("/")[2]: s["reachable"] for n, s in told.items() if n.startswith(f"{system}/")}


def out_of_sight(landscape: Landscape, system: str, stream: str) -> int:
    """Records that stay as they were read, of citizens whom no listed system names since the night: nobody asks about
    them any more, and that is no reason to forget them."""
    first, second = ({*r.ledger["population"]} for r in (landscape.first, landscape.second))
    gone = ", ".join(f"'{cpr}'" for cpr in sorted(first - second - landscape.first.unread))
    if system == "cpr":
        sql = f"select count(*) from person where cpr in ({gone})"
    elif system == "nexus":
        parts = f"select count(*) from nexusref join nexus on patient = nexus.id where cpr in ({gone})"
        sql = f"select (select count(*) from nexus where cpr in ({gone})) + ({parts})"
    elif system in SYSTEMS or records(system).STREAMS[stream].asked is not True:
        return 0
    else:
        kinds = ", ".join(f"'{kind}'" for kind in records(system).STREAMS[stream].kinds or (stream,))
        sql = (
            f"select count(*) from record where system = '{system}' and kind in ({kinds}) and owner in ({gone})"
            " and good is null"
        )
    return int(landscape.before(sql)[0][0])


def malformed(reading: Reading, system: str) -> list[tuple[str, str, str]]:
    """Stream, kind and field of the system's malformed records that can be found at all."""
    ledger = reading.ledger
    named = {*ledger["population"], *ledger["companies"]}
    asked = {name for name, stream in ledger["streams"].items() if stream["reachable"] < stream["records"]}
    return [
        (m["stream"], m["kind"], m["field"])
        for m in ledger["malformed"]
        if m["system"] == system
        and m["mended"] is None
        and (f"{system}/{m['stream']}" not in asked or m["owner"] in named)
    ]


def bad(wrong: list[tuple[str, str, str]], stream: str) -> int:
    """How many malformed records a stream has."""
    return sum(of == stream for of, _, _ in wrong)


def parked(reading: Reading, system: str) -> None:
    """The malformed records, and no others, wait in quarantine for a reason that names the field."""
    found, wrong = [p for p in reading.parked if p.source == system], malformed(reading, system)
    assert Counter(p.stream for p in found) == Counter(stream for stream, _, _ in wrong)
    for stream, kind, felt in wrong:
        fields = [p.field for p in found if p.stream == stream]
        assert any(names(field, felt) for field in fields), (stream, kind, felt, fields)


def test_every_message_keeps_the_published_schemas(landscape: Landscape, contracts: Path, figure: Say) -> None:
    judge = landscape.judge
    assert judge is not None and judge.refused == []
    kinds = Counter(service for service, _ in judge.seen)
    assert {service: kinds[service] for service in SOAP if kinds[service] < SOAP[service]} == {}
    named = ", ".join(f"{service} {name} {n}" for (service, name), n in sorted(judge.seen.items()))
    figure(f"{sum(judge.seen.values())} SOAP bodies, none refused: {named}")


def test_the_showcase_citizen_has_facts_of_all_systems_each_with_source_and_age(
    landscape: Landscape, figure: Say
) -> None:
    mine = "nummer = (select value from meta where name = 'showcase')"
    about = {s for (s,) in landscape.before(f"select distinct system from recordpart where {mine}")}
    people = {name for name in landscape.systems() if name not in SYSTEMS} & about | set(SYSTEMS)
    lines = {line.kilde: line for line in landscape.page.coverage.kilder}
    for system in people - {"parkering", "cvr"}:
        line = lines[system]
        assert line.status == "data" and line.objekter > 0, line
        assert line.complete_as_of is not None and not line.stale, line
    html = landscape.html
    receipt = dict(re.findall(r'<li class="[^"]*" data-kilde="([^"]+)" data-status="[^"]+">(.*?)</li>', html, re.S))
    tags = re.findall(r'<span class="(?:sys|srctag)">([^<]+)</span>', html)
    named = {name for tag in tags for name in tag.split(", ")}
    assert len(named) >= 10, named
    for system in named:
        assert re.search(r"hentet .*\d", receipt[system]), receipt[system]
    figure(f"facts of {len(named)} systems on one page, each with its age: {sorted(named)}")


def test_the_same_payment_in_two_systems_is_one_line_with_both_sources(landscape: Landscape) -> None:
    told_twice = landscape.before(
        "select count(*) from record where kind = 'effektuering' and owner = (select value from meta where name ="
        " 'showcase') and json_extract(body, '$.system') = 'KY'"
    )[0][0]
    page = landscape.page
    both = [u for u in page.udbetalinger if u.kilder == ["ydelseliste", "ydi"]]
    assert told_twice and len(both) == told_twice
    assert [y.kilder for y in page.ydelser if y.kilder == ["ydelseliste", "ydi"]]
    udk = [y for y in page.ydelser if y.navn in ("Folkepension", "Boligstøtte", "Børne- og ungeydelse")]
    assert len(udk) == 3 and all(y.fra is None and y.beloeb for y in udk)


def test_a_licence_that_four_servers_tell_of_is_one_case_with_the_next_step(landscape: Landscape) -> None:
    (licence,) = [s for s in landscape.page.sager if s.titel.vaerdi == "Fornyelse af kørekort"]
    assert licence.kilder == sorted(LEGS) and licence.aaben
    steps = {f.titel for f in landscape.page.frister if f.sag == licence.uuid}
    assert [t for t in steps if t and t.startswith("Trykkeriet")], "the expected next step"


def test_the_citizen_has_a_home_and_a_post_box(landscape: Landscape) -> None:
    who, (home,) = landscape.page.hvem, landscape.page.ejendomme
    assert who.digital_post.kilde is not None and who.digital_post.kilde.kilde == "digitalpost"
    assert home.bfe and home.matrikler and who.adresse is not None
    assert str(who.adresse.vaerdi).startswith(home.adresser[0].split(",")[0])


def test_cases_of_systems_without_a_door_are_shown_as_theirs_through_the_index(landscape: Landscape) -> None:
    sent = dict(landscape.before("select uuid, master from sag where master in ('DUBU', 'Fasit')"))
    mine = {str(card.uuid): card for card in landscape.page.sager if str(card.uuid) in sent}
    assert {sent[uuid] for uuid in mine} == set(sent.values()) == {"DUBU", "Fasit"}
    for uuid, card in mine.items():
        assert card.gennem_indeks == f"{sent[uuid]} gennem Sags- og Dokumentindekset"
    changed = {r["key"] for r in landscape.book["sdi/sager"]["records"] if r["what"] in ("new", "changed")}
    town = landscape.town()
    masters = {m for uuid in changed for (m,) in town.rows("select master from sag where uuid = ?", (uuid,))}
    town.close()
    assert masters >= {"DUBU", "Fasit"}, "the night's messages of both came through"


def test_holders_of_permits_are_persons_of_their_own_and_never_joined(landscape: Landscape) -> None:
    """Who holds a permit to park has no CPR number: the one with the showcase citizen's own name is another person."""
    town, rows = landscape.town(), landscape.hub.rows
    freja = town.person(town.meta("showcase"))
    ((holders,),) = town.rows(
        "select count(distinct json_extract(body, '$.indehaver.kundenummer')) from record"
        " where system = 'parkering' and good is null"
    )
    town.close()
    assert freja is not None and freja.adresse is not None
    namesakes = rows(
        "select o.person, exists (select 1 from identitet i where i.objekt = o.person) from personopslag o"
        " where o.navn = %s order by 2",
        (freja.navn.fuldt,),
    )
    assert [numbered for _, numbered in namesakes] == [False, True], "one with a number, one without"
    own, other = (read_borger(ANYTHING, person, tid(known_on=landscape.evening)) for person, _ in namesakes)
    assert own.hvem.cpr is None and own.hvem.navn.vaerdi == freja.navn.fuldt
    assert own.hvem.adresse is not None and str(own.hvem.adresse.vaerdi).startswith(freja.adresse.vejnavn)
    assert own.sager and {k for s in own.sager for k in s.kilder} == {"parkering"}
    assert "parkering" not in {k for s in other.sager for k in s.kilder}
    alone = rows(
        "select count(*) from personopslag o where not exists (select 1 from identitet i where i.objekt = o.person)"
        " and exists (select 1 from navn where objekt = o.person and source = 'parkering' and kendt_til is null)"
    )
    assert alone == [(holders,)]
