"""Whatever breaks opens exactly one incident with the right owner within one run, and it closes after the mending."""

from datetime import timedelta
from random import Random

import pytest

from helhed.settings import now
from sync.inbox import receive
from sync.incidents import listed, review_all
from sync.night import sync_source
from tests.sync.incidents.conftest import Town
from tests.sync.incidents.system import sag


class Break:
    """A way to break a system, and to mend it."""

    def __init__(self, town: Town, source: str = "alfa") -> None:
        self.town, self.source, self.system = town, source, town.systems[source]

    def refused(self) -> None:
        self.system.close()

    def mend_refused(self) -> None:
        self.system.open()

    def unauthorized(self) -> None:
        self.system.mood = 401

    def forbidden(self) -> None:
        self.system.mood = 403

    def unavailable(self) -> None:
        self.system.mood = 503

    def slow(self) -> None:
        self.system.awake.clear()
        self.system.mood = "slow"

    def mend_slow(self) -> None:
        self.system.mood = "ok"
        self.system.awake.set()

    def html(self) -> None:
        self.system.mood = "html"

    def mend(self) -> None:
        self.system.mood = "ok"

    def unreadable_records(self) -> None:
        for number in range(20):
            self.system.sager[number]["Oprettet"] = "engang i foråret"

    def mend_unreadable_records(self) -> None:
        for number in range(20):
            self.system.sager[number] = sag(number)

    def mass_deletion(self) -> None:
        for number in range(40):
            self.system.sager.pop(number)

    def mend_mass_deletion(self) -> None:
        self.system.sager = {number: sag(number) for number in range(len(self.system.sager) + 40)}

    def new_field(self) -> None:
        for one in self.system.sager.values():
            one["Farve"] = "blå"

    def mend_new_field(self) -> None:
        for one in self.system.sager.values():
            del one["Farve"]

    def no_endpoint(self) -> None:
        self.town.hub.patch.delenv(f"AIRFLOW_CONN_{self.source.upper()}")

    def mend_no_endpoint(self) -> None:
        self.town.connect(self.source)

    def bad_file(self) -> None:
        self.town.write(self.source, 'farve = "blå"\n')

    def mend_bad_file(self) -> None:
        self.town.write(self.source)

    def do(self, name: str) -> None:
        """Break."""
        getattr(self, name)()

    def undo(self, name: str) -> None:
        """Mend."""
        getattr(self, f"mend_{name}", self.mend)()


KINDS = {
    "refused": ("connector", "transient"),
    "unauthorized": ("connector", "access"),
    "forbidden": ("connector", "access"),
    "unavailable": ("connector", "transient"),
    "slow": ("connector", "transient"),
    "html": ("connector", "contract"),
    "unreadable_records": ("quarantine", "full"),
    "mass_deletion": ("deletions", "held"),
    "new_field": ("drift", "unknown"),
    "no_endpoint": ("connector", "settings"),
    "bad_file": ("connector", "settings"),
}


@pytest.mark.parametrize("name", KINDS)
def test_one_incident_with_the_right_owner_and_closed_when_mended(town: Town, name: str) -> None:
    assert town.night() == []
    broken = Break(town)
    broken.do(name)
    kind, reason = KINDS[name]
    assert town.night() == [(kind, "alfa", reason)]
    (first,) = listed()
    assert (first["systemejer"], first["kontakt_mail"]) == ("Ejer alfa", "ejer.alfa@korsbaek.invalid")
    assert (first["leverandoer"], first["enheder"], first["kle"]) == ("Leverandør alfa", ["Familie"], ["27"])
    assert first["borgere"] == 30 and first["closed"] is None
    town.night()
    review_all()
    assert [i["id"] for i in listed()] == [first["id"]], "the same broken thing the next night is the same incident"
    broken.undo(name)
    assert town.night() == []
    assert [(i["id"], i["closed"] is not None) for i in listed(history=True)] == [(first["id"], True)]
    broken.do(name)
    assert town.night() == [(kind, "alfa", reason)]
    assert len(listed(history=True)) == 2, "what breaks again is a new incident"


def test_a_source_whose_first_run_never_reached_the_door(town: Town) -> None:
    """Nothing stands in the store of it but the run."""
    Break(town).no_endpoint()
    assert town.night() == [("connector", "alfa", "settings")]


def test_a_source_that_nobody_reads_grows_old(town: Town) -> None:
    """No run fails, since there is none: the clock sees it. Also for a source that was never read at all."""
    sync_source("alfa")
    assert review_all().opened == 0
    town.hub.at((now() + timedelta(hours=27)).isoformat())
    assert review_all().opened == 2 and review_all().opened == 0
    assert town.broken() == [("freshness", "alfa", "late"), ("freshness", "beta", "late")]
    assert town.night() == []


def test_a_stream_that_asks_everybody_over_many_nights_is_not_late_for_it(town: Town) -> None:
    from dataclasses import replace

    whole = town.hub.connectors["alfa"]
    town.hub.connectors["alfa"] = replace(whole, streams=tuple(replace(s, rotation=30) for s in whole.streams))
    sync_source("alfa")
    sync_source("beta")
    begin = now()
    town.hub.at((begin + timedelta(hours=27)).isoformat())
    review_all()
    assert town.broken() == [("freshness", "beta", "late")]
    town.hub.at((begin + timedelta(days=31)).isoformat())
    review_all()
    assert town.broken() == [("freshness", "alfa", "late"), ("freshness", "beta", "late")]


def test_parked_messages_go_to_whoever_is_on_duty(town: Town) -> None:
    receive(b"<not-xml")
    review_all()
    (one,) = listed()
    assert (one["kind"], one["source"], one["systemejer"]) == ("messages", "", "Vagten")
    assert one["kontakt_mail"] == "vagten@korsbaek.invalid"
    town.hub.connection.execute("delete from inbox")
    review_all()
    assert listed() == []


def test_a_source_that_is_taken_out_of_the_nights_has_no_incidents(town: Town) -> None:
    Break(town).html()
    town.night()
    town.write("alfa", "aktiv = false\n")
    review_all()
    assert listed() == []
    town.write("alfa")
    town.night()
    (town.hub.folder / "sources" / "alfa.toml").unlink()
    review_all()
    assert listed() == []


def test_the_owner_is_whom_the_file_names_also_when_it_cannot_be_used_for_another_reason(town: Town) -> None:
    town.write("ny", 'farve = "blå"\n')
    (town.hub.folder / "sources" / "gal.toml").write_text("connector = ", encoding="utf-8")
    town.night()
    review_all()
    assert {i["source"]: (i["systemejer"], i["kontakt_mail"]) for i in listed()} == {
        "ny": ("Ejer ny", "ejer.ny@korsbaek.invalid"), "gal": ("Vagten", "vagten@korsbaek.invalid"),
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_what_is_open_is_what_is_broken_night_after_night(town: Town, seed: int) -> None:
    """Two systems break and are mended in any order; after every night the open incidents are the truth."""
    rng, broken = Random(seed), dict[str, str]()
    names = sorted(set(KINDS) - {"slow"})
    town.night()
    for _ in range(8):
        for source in town.systems:
            one = Break(town, source)
            if source in broken and rng.random() < 0.6:
                one.undo(broken.pop(source))
            elif source not in broken and rng.random() < 0.7:
                broken[source] = rng.choice(names)
                one.do(broken[source])
        assert town.night() == sorted((KINDS[name][0], source, KINDS[name][1]) for source, name in broken.items())
