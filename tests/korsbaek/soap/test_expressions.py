"""NOT, AND and OR evaluate as sets: in the abstract, and over the wire."""

from functools import reduce

from hypothesis import given, settings
from hypothesis import strategies as st

from korsbaek.model import Sag
from korsbaek.systems.index.expression import evaluate
from korsbaek.systems.soap.node import Node
from korsbaek.town import Town
from tests.korsbaek.soap.conftest import Apps
from tests.korsbaek.soap.messages import antal, ask, fremsoeg, relation, soeg

Tree = tuple[str, list["Tree"]] | frozenset[int]
UNIVERSE = frozenset(range(8))
leaves = st.frozensets(st.sampled_from(sorted(UNIVERSE)))
trees = st.recursive(
    leaves, lambda inner: st.tuples(st.sampled_from(["AND", "OR", "NOT"]), st.lists(inner, min_size=1, max_size=3))
)


def truth(tree: Tree) -> frozenset[int]:
    """The sets that an expression means."""
    if isinstance(tree, frozenset):
        return tree
    operation, parts = tree
    sets = [truth(part) for part in parts]
    if operation == "OR":
        return reduce(frozenset.union, sets)
    both = reduce(frozenset.intersection, sets)
    return UNIVERSE - both if operation == "NOT" else both


def written(tree: Tree) -> Node:
    """The expression as SoegUdtryk has it."""
    if isinstance(tree, frozenset):
        return ("sdi:SoegSag", ",".join(str(n) for n in sorted(tree)))
    operation, parts = tree
    if operation == "NOT":
        return ("sdi:NOT", [written(part) for part in parts])
    return ("sdi:SoegUdtryk", [("sdi:operation", operation), *(written(part) for part in parts)])


@settings(max_examples=150, deadline=None)
@given(trees)
def test_expressions_are_sets(tree: Tree) -> None:
    def search(node: Node) -> set[str] | None:
        return set(filter(None, str(node[1]).split(","))) if node[0] == "sdi:SoegSag" else None

    def everything() -> set[str]:
        return {str(n) for n in UNIVERSE}

    assert evaluate(("sdi:SoegUdtryk", [written(tree)]), search, everything) == {str(n) for n in truth(tree)}
    other: Node = ("sdi:SoegUdtryk", [("sdi:NOT", [("sdi:SoegDokument", "")]), written(tree)])
    assert evaluate(other, search, everything) == {str(n) for n in truth(tree)}, "another kind's search says nothing"


@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_expressions_over_the_wire(soap_town: Town, apps: Apps, data: st.DataObject) -> None:
    cases = {s.uuid: s for s in soap_town.each(Sag, "indeks = 1")}
    klasser = sorted({s.nu.kle for s in cases.values()})[:4]
    states = ["Opstaaet", "Oplyst", "Afgjort", "Afsluttet"]

    def leaf(choice: tuple[str, str]) -> tuple[str, set[str]]:
        what, value = choice
        if what == "state":
            example = f"<sag:Fremdrift><sag:FremdriftStatusKode>{value}</sag:FremdriftStatusKode></sag:Fremdrift>"
            hits = {u for u, s in cases.items() if any(f.status == value for f in s.nu.fremdrift)}
            return soeg("SoegSag", tilstande=example), hits
        extension = (
            f"<gd:LokalUdvidelseListe><si:SagsklasseLokalUdvidelse><si:BrugervendtNoegle>{value}"
            "</si:BrugervendtNoegle></si:SagsklasseLokalUdvidelse></gd:LokalUdvidelseListe>"
        )
        hits = {u for u, s in cases.items() if s.nu.kle == value}
        return soeg("SoegSag", relation("sag:Sagsklasse", "", None, extension)), hits

    choices = st.one_of(
        st.tuples(st.just("state"), st.sampled_from(states)), st.tuples(st.just("kle"), st.sampled_from(klasser))
    )
    first, one = leaf(data.draw(choices))
    second, two = leaf(data.draw(choices))
    third, three = leaf(data.draw(choices))
    operation = data.draw(st.sampled_from(["AND", "OR"]))
    expected = (one & (set(cases) - two)) if operation == "AND" else (one | (set(cases) - two))
    udtryk = (
        f"<sdi:SoegUdtryk><sdi:operation>{operation}</sdi:operation>{first}<sdi:NOT>{second}</sdi:NOT>"
        f"</sdi:SoegUdtryk>{third}"
    )
    assert antal(ask(apps["sdi"], fremsoeg("sdi", udtryk)))["sager"] == len(expected & three)
