"""A protected road is recognised however it is written, and ordinary text is left alone."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker.places import NUMBER, of_text, pattern

ROADS = [
    "Nørregade", "Rørsangervej", "Christian Winthers Vej", "Sønder Boulevard", "Ågade", "Aagade", "Gammel Kongevej",
    "Sankt Knuds Vej", "Store Kannikestræde", "Østergade", "H.C. Andersens Allé", "Sdr. Fasanvej",
]  # fmt: skip
KNOWN = {
    "Christian": ["Chr.", "C.", "Chr"], "Sønder": ["Sdr.", "Sdr", "S."], "Gammel": ["Gl.", "Gl", "Gml."],
    "Sankt": ["Skt.", "Sct.", "St."], "Store": ["St.", "Str."], "Boulevard": ["Blvd.", "Boul."],
    "Allé": ["Alle", "Al."],
    "Nørregade": ["Nørreg.", "Nr.gade", "Nr. Gade", "Nørregd."], "Østergade": ["Østerg.", "Ø.gade"], "Sdr.": ["Sønder"],
    "Rørsangervej": ["Rørsangerv.", "Rørsanger Vej"], "Ågade": ["Åg.", "Aagade"], "Aagade": ["Ågade"],
    "Kannikestræde": ["Kannikestr."], "Vej": ["V."],
}  # fmt: skip
PLAIN = st.sampled_from(
    ["Opkald om hjælp", "Borgeren bor på", "Udvalget mødes den 14. marts", "Beløb 9.214,00", "", "jf."]
)
ordinary = (
    "Opkald den 14. marts 2026 om sygedagpenge, sagsnr. 12-34. Udbetalt 9.214,00 kr. Møde kl. 14.30 i Borgerservice. "
    "Har talt med Gitte N. og med lægen; ny samtale 3. maj. Nr. 4 af 6."
)


def seen(road: str, text: str) -> bool:
    return re.search(pattern(road) + NUMBER, unicodedata.normalize("NFC", text), re.IGNORECASE) is not None


@st.composite
def written(draw: st.DrawFn) -> tuple[str, str]:
    """A road, and the same as somebody else would write it."""
    road = draw(st.sampled_from(ROADS))
    words = [draw(st.sampled_from([w, *KNOWN.get(w, [])])) for w in road.split()]
    text = " ".join(words)
    if draw(st.booleans()):
        text = text.replace("Å", "Aa").replace("å", "aa")
    text = draw(st.sampled_from([str.upper, str.lower, str]))(text)
    return road, unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), text)


@settings(deadline=None)
@given(written(), PLAIN, PLAIN, st.integers(1, 199))
def test_a_road_is_recognised_however_it_is_written(how: tuple[str, str], before: str, after: str, number: int) -> None:
    road, text = how
    assert seen(road, f"{before} {text} {number} {after}"), how
    assert seen(unicodedata.normalize("NFD", road), f"{before} {text} {number}"), how


@pytest.mark.parametrize("road", ROADS)
def test_ordinary_text_is_left_alone(road: str) -> None:
    assert not seen(road, ordinary)


@pytest.mark.parametrize("road", ROADS)
@pytest.mark.parametrize(
    "form", ["{} 14", "{} 14, 2. tv., 3650 Ølstykke", "c/o Hansen, {} 14 B, 3650 Ølstykke", "{} 14\n3650 X"]
)
def test_the_road_of_an_address_sent_as_one_text(road: str, form: str) -> None:
    assert of_text(form.format(road)).veje == (road,)


def test_what_else_stands_in_one_text_hides_too() -> None:
    said = of_text("Bostedet Egen, Rørsangervej 14, 2. tv., 3650 Ølstykke")
    assert {"Bostedet Egen", "3650 Ølstykke"} <= set(said.hele) and "2. tv." not in said.hele
