"""An element as it is held: namespaces, repeated and empty elements, nil and lists of one are told exactly."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from canonical_model.draft import UNSET
from connectors.soap_node import Node
from connectors.soap_xml import Held, Sheet, body, held, parse, sift

XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
SHEET: Sheet = {"a": None, "b": {"a": None, "c": {"a": None}}, "left": "known and left out"}
NOT_XML = "\ufffe\uffff"
"""Beside the controls and the surrogates, which no document may hold either (XML 1.0, production 2)."""
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters=NOT_XML), max_size=8)


def sifted(inner: str) -> tuple[Held, tuple[str, ...]]:
    """What the sheet keeps of an element with this inside."""
    return sift(etree.fromstring(f'<r xmlns="urn:x" xmlns:y="urn:y" {XSI}>{inner}</r>'), SHEET)


def test_absent_empty_and_nil_are_told_apart_from_text() -> None:
    for inner, value in (("", UNSET), ("<a/>", None), ("<a></a>", None), ("<a> </a>", " "), ("<a>x</a>", "x"),
                         ('<a xsi:nil="true"/>', None), ('<a xsi:nil="1">x</a>', None),
                         ('<a xsi:nil="false">x</a>', "x"),
                         ("<a><![CDATA[<x>]]>&amp;</a>", "<x>&")):  # fmt: skip
        assert Node(sifted(inner)[0]).text("a") == value, inner


def test_a_name_said_once_is_a_list_of_one_and_several_keep_their_order() -> None:
    once, twice = Node(sifted("<b><a>1</a></b>")[0]), Node(sifted("<b><a>1</a></b><a/><b><a>2</a></b>")[0])
    assert [b.text("a") for b in once.many("b")] == ["1"] and once.many("a") == []
    assert [b.text("a") for b in twice.many("b")] == ["1", "2"]
    only = once.one("b")
    assert only is not None and only.path == "b" and only.field("a") == "b/a"


def test_the_namespace_and_the_prefix_say_nothing_and_the_unknown_is_named_by_its_path() -> None:
    assert sifted("<y:b><y:a>1</y:a><a>2</a></y:b>")[0] == sifted("<b><a>1</a><a>2</a></b>")[0]
    kept, unknown = sifted("<left><a>1</a></left><d>1</d><b><d/><c>text<d/><a>3<e/></a></c></b>")
    assert (kept, unknown) == ({"b": {"c": {"a": "3"}}}, ("b/c/a/e", "b/c/d", "b/d", "d"))


@given(
    st.recursive(TEXT, lambda inner: st.dictionaries(st.sampled_from("abc"), st.lists(inner, min_size=1, max_size=3)))
)
def test_what_is_landed_says_what_the_element_said(value: object) -> None:
    root = etree.Element("r")
    _fill(root, value if isinstance(value, dict) else {})
    said = held(root)
    assert parse(body(said)) == said == parse(etree.tostring(root))
    assert said == _plain(value if isinstance(value, dict) else {})


def _fill(element: etree._Element, value: dict[str, list[object]]) -> None:
    for name, items in value.items():
        for item in items:
            child = etree.SubElement(element, f"{{urn:{name}}}{name}")
            if isinstance(item, dict):
                _fill(child, item)
            else:
                child.text = str(item)


def _plain(value: object) -> object:
    if not isinstance(value, dict):
        return value or None
    found = {name: [_plain(item) or None for item in items] for name, items in value.items()}
    return {name: items[0] if len(items) == 1 else items for name, items in found.items()}
