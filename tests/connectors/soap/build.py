"""Objects of the two indexes as XML, built from the contract for tests; `None` leaves an element out."""

from base64 import b64encode
from typing import Any

NS = (
    'xmlns:sd="urn:oio:sagdok:3.0.0" xmlns:gd="urn:oio:sts:generelledefinitioner:6" '
    'xmlns:sag="urn:oio:sts:sagdok:sag:6" xmlns:si="urn:oio:sts:sagdok:sagindeks:6" '
    'xmlns:di="urn:oio:sts:sagdok:dokumentindeks:6" xmlns:sdi="urn:oio:sts:sagdok:sagdokumentindeks:6" '
    'xmlns:bi="urn:oio:sts:ydelse:bevillingindeks:6" xmlns:yi="urn:oio:sts:ydelse:ydelseindeks:6" '
    'xmlns:oef="urn:oio:sts:ydelse:oekonomiskeffektueringindeks:6"'
)
SAG = "0cb1e29c-658c-4a14-95e6-0af593bd04cf"
EJER, ANSVARLIG = "9e979b84-b846-4472-8622-58007dc63c7e", "a1263342-d348-44ba-a566-233f37c4cb67"
PRIMAER_PART, TILAKTERET = "d839f26a-d4d1-4441-b2d6-3dbbb12a9404", "69a0a697-0a77-4916-bea3-226594fa6627"
JOURNALNOTAT, PRIMAER_KLASSE = "1281739d-93ea-486c-8950-607a4263bef0", "a86c6581-ec85-412d-a655-31a1f1d5b14f"
ORGANISATION, PERSON = "bc6972cd-8f2b-4b9d-8d37-62916d6a71aa", "c189ba35-de4b-4363-a8b7-67f1456cf56f"
CPR = "0212656789"


def esc(value: Any) -> str:
    """A value as XML text."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\r", "&#13;")


def el(name: str, value: Any) -> str:
    """One element with a text; nothing for None."""
    return "" if value is None else f"<{name}>{esc(value)}</{name}>"


def wrap(name: str, *inner: str) -> str:
    """One element around others."""
    return f"<{name}>{''.join(inner)}</{name}>"


def tidspunkt(name: str, value: str | None) -> str:
    """A TidspunktType; 'oo' is the GraenseIndikator."""
    if value is None:
        return ""
    inner = "<sd:GraenseIndikator>true</sd:GraenseIndikator>" if value == "oo" else el("sd:TidsstempelDatoTid", value)
    return wrap(f"sd:{name}", inner)


def virkning(
    p: str, fra: str | None = "2024-03-01T00:00:00+01:00", til: str | None = "oo", art: str | None = "Bruger"
) -> str:
    """A Virkning in the namespace of the schema that declares it."""
    who = wrap("sd:AktoerRef", el("sd:URNIdentifikator", "urn:oio:korsbaek:ad:abc1"))
    kode = el("sd:AktoerTypeKode", art)
    return wrap(f"{p}:Virkning", tidspunkt("FraTidspunkt", fra), tidspunkt("TilTidspunkt", til), who, kode)


def unik(name: str, value: str | None) -> str:
    """A UnikIdType, by UUID or URN."""
    if value is None:
        return ""
    return wrap(name, el("sd:URNIdentifikator" if value.lower().startswith("urn:") else "sd:UUIDIdentifikator", value))


def relation(
    name: str, rolle: str | None, ref: str | None, *, type: str | None = None, indeks: str | None = None,
    virk: str | None = None, udvidelse: str = "", efter: str = "",
) -> str:  # fmt: skip
    """A gd:RelationType; `udvidelse` goes into its LokalUdvidelseListe, `efter` behind the base."""
    liste = wrap("gd:LokalUdvidelseListe", udvidelse) if udvidelse else ""
    base = [virk if virk is not None else virkning("gd"), unik("gd:Rolle", rolle), unik("gd:Type", type)]
    return wrap(name, *base, el("gd:Indeks", indeks), unik("gd:ReferenceID", ref), liste, efter)


def ejer(ref: str = "6513270e-269e-4d37-b2a7-4de452e6b438", cvr: str | None = "11111111") -> str:
    """The owner of a Sag."""
    navn = wrap("si:SagsaktoerLokalUdvidelse", el("si:FuldtNavn", "Korsbæk Kommune"), el("si:CVR-Nummer", cvr))
    return relation("sag:Sagsaktoer", EJER, ref, type=ORGANISATION, udvidelse=navn)


def part(ref: str = f"urn:oio:cpr-nr:{CPR}", rolle: str = PRIMAER_PART, virk: str | None = None) -> str:
    """A party of a Sag."""
    navn = wrap("si:SagspartLokalUdvidelse", el("si:FuldtNavn", "Ida Eksempel"))
    return relation("sag:Sagspart", rolle, ref, type=PERSON, virk=virk, udvidelse=navn)


def egenskaber(virk: str | None = None, **felter: Any) -> str:
    """Egenskaber of a Sag, in the schema's order; fields replace the usual ones."""
    said = {"BrugervendtNoegle": "24/1", "Sagsnummer": "24/1", "Titel": "Hjælpemiddel", **felter}
    order = (
        "BrugervendtNoegle", "AfleveretIndikator", "Beskrivelse", "HjemmelSpecifikation", "Kassationskode",
        "OffentlighedUndtaget", "PrincipielIndikator", "Sagsnummer", "Titel",
    )  # fmt: skip
    inner = (
        said[n] if n == "OffentlighedUndtaget" else el(f"sag:{n}", said[n]) for n in order if said.get(n) is not None
    )
    return wrap("sag:Egenskaber", virk if virk is not None else virkning("sag"), *inner)


def fremdrift(status: str = "Opstaaet", virk: str | None = None) -> str:
    """A step of a Sag."""
    return wrap("sag:Fremdrift", virk if virk is not None else virkning("sag"), el("sag:FremdriftStatusKode", status))


def notat(text: str | bytes, indeks: str = "1") -> str:
    """A note, in base64 when given as text."""
    sent = b64encode(text.encode()).decode() if isinstance(text, str) else text.decode()
    inner = wrap(
        "sag:JournalnotatEgenskaber", el("sag:Titel", "Notat"), el("sag:Notat", sent), el("sag:Format", "Text")
    )
    efter = wrap("sag:JournalpostEgenskaber", inner)
    return relation("sag:Journalpost", JOURNALNOTAT, "URN:Empty", indeks=indeks, efter=efter)


def registrering(
    p: str, attributter: str = "", tilstande: str = "", relationer: str = "", *,
    tid: str | None = "2024-03-05T08:15:00+01:00", sts: str | None = "2024-03-05T08:15:03.123+01:00",
    kode: str = "Importeret",
) -> str:  # fmt: skip
    """A Registrering of the schema with prefix `p`."""
    return wrap(
        f"{p}:Registrering", el("sd:Tidspunkt", tid), el("sd:LivscyklusKode", kode), el("gd:StsTidspunkt", sts),
        wrap(f"{p}:AttributListe", attributter), wrap(f"{p}:TilstandListe", tilstande),
        wrap(f"{p}:RelationListe", relationer),
    )  # fmt: skip


def billede(name: str, p: str, *registreringer: str, uuid: str = SAG) -> bytes:
    """A FiltreretOejebliksbillede named as in its reply."""
    objekt = wrap(f"{p}:ObjektType", el("sd:UUIDIdentifikator", uuid))
    return f"<{name} {NS}>{objekt}{''.join(registreringer)}</{name}>".encode()


def sag(*registreringer: str, uuid: str = SAG) -> bytes:
    """A Sag."""
    return billede("sdi:SagFiltreretOejebliksbillede", "sag", *registreringer, uuid=uuid)


def plain(
    attributter: str | None = None, tilstande: str | None = None, relationer: str | None = None, **tid: Any
) -> str:
    """A Registrering of a Sag that keeps the guide; parts can be replaced."""
    return registrering(
        "sag",
        attributter if attributter is not None else egenskaber(),
        tilstande if tilstande is not None else fremdrift(),
        relationer if relationer is not None else ejer() + part(),
        **tid,
    )
