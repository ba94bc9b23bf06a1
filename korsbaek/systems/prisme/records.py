"""What Prisme 365 holds of Korsbaek: debtors, and what each of them owes."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from korsbaek.landscape.chance import pick
from korsbaek.landscape.shelf import Body, Shelf
from korsbaek.landscape.stream import Stream
from korsbaek.model import Effektuering, Person, Virksomhed
from korsbaek.systems.prisme.words import ERHVERV, FORDRINGER, STATUS, TILBAGEBETALING, Fordring

if TYPE_CHECKING:
    from korsbaek.nights.book import Book

STREAMS = {"krav": Stream("listed whole by next links, so removals show")}
FIRST = 100_001
"""Number of the first claim."""


def day_of(day: date) -> str:
    """A date without time as Dynamics 365 writes it: noon in UTC."""
    return f"{day.isoformat()}T12:00:00Z"


def fill(shelf: Shelf, rng: Random) -> None:
    """Claims on grown citizens and on companies; each debtor has an account."""
    town, day = shelf.town, shelf.town.day
    for person in town.each(Person, "true order by nr"):
        age = (day - person.foedt).days // 365
        kinds = [f for f in FORDRINGER if f.alder[0] <= age < f.alder[1]]
        first = person.cpr == town.meta("showcase")
        if not first and (not kinds or rng.random() > 0.3):
            continue
        account = _debtor(shelf, person.cpr, person.navn.fuldt, "BORGER")
        for number, kind in enumerate(rng.sample(kinds or FORDRINGER[-2:], min(rng.randint(1, 3), len(kinds) or 2))):
            status = STATUS[number % 4] if first else rng.choice(STATUS)
            _put(shelf, _claim(shelf, rng, day, account, kind, status), person.cpr)
        for claim in _paid_back(shelf, rng, day, account, person.cpr, first or rng.random() < 0.4):
            _put(shelf, claim, person.cpr)
    for company in town.each(Virksomhed, "true order by cvr"):
        account = _debtor(shelf, company.cvr, company.navn, "ERHVERV")
        _put(shelf, _claim(shelf, rng, day, account, ERHVERV, "Open"), "", company.cvr)
    _spoil(shelf, rng)


def _debtor(shelf: Shelf, number: str, name: str, group: str) -> Body:
    account = f"D{int((shelf.last('debitor') or 'D0')[1:]) + 1:06d}"
    body = {
        "dataAreaId": "kor",
        "AccountNum": account,
        "DebtorNumber": account,
        "CustGroup": group,
        "IdentificationNumber": number,
        "Name": name,
    }
    shelf.put("debitor", account, body)
    return body


def _claim(shelf: Shelf, rng: Random, day: date, account: Body, kind: Fordring, status: str) -> Body:
    amount = Decimal(rng.randint(kind.mindst * 100, kind.mest * 100)) / 100
    billed = day - timedelta(days=rng.randint(1, 25) if status == "Open" else rng.randint(45, 500))
    rest = (amount * rng.randint(20, 80) / 100).quantize(Decimal("0.01")) if status == "Instalments" else amount
    text = f"{kind.tekst}, {billed:%m.%Y}"
    return _said(shelf, account, kind.navn, text, amount, rest, billed, status)


def _paid_back(shelf: Shelf, rng: Random, day: date, account: Body, cpr: str, wanted: bool) -> Iterator[Body]:
    """A payment that stands in the index of benefits too, and is claimed back here to the krone."""
    paid = [
        e
        for e in shelf.town.each(Effektuering, "nummer = ? and art = 'cpr' order by uuid", (cpr,))
        if e.udbetalt and not e.fejl and e.dispositionsdato < day - timedelta(days=20)
    ]
    if paid and wanted:
        one = rng.choice(paid)
        billed = one.dispositionsdato + timedelta(days=10)
        amount = Decimal(str(one.udbetalt))
        text = f"Tilbagebetaling af ydelse udbetalt {one.dispositionsdato:%d.%m.%Y}"
        yield _said(shelf, account, TILBAGEBETALING, text, amount, amount, billed, "Reminded")


def _said(
    shelf: Shelf, account: Body, kind: str, text: str, amount: Decimal, rest: Decimal, billed: date, status: str
) -> Body:
    number = int((shelf.last("krav") or f"KRAV-{FIRST - 1}")[5:]) + 1
    return {
        "@odata.etag": f'W/"{number}"',
        "dataAreaId": "kor",
        "ClaimId": f"KRAV-{number}",
        "AccountNum": account["AccountNum"],
        "IdentificationNumber": account["IdentificationNumber"],
        "Name": account["Name"],
        "ClaimType": kind,
        "Description": text,
        "InvoiceDate": day_of(billed),
        "DueDate": day_of(billed + timedelta(days=30)),
        "AmountCur": str(amount),
        "RemainAmountCur": str(rest),
        "CurrencyCode": "DKK",
        "ClaimStatus": status,
    }


def _put(shelf: Shelf, claim: Body, cpr: str, cvr: str = "") -> None:
    shelf.put("krav", str(claim["ClaimId"]), claim, owner=cpr, parts=[cvr])


def _spoil(shelf: Shelf, rng: Random) -> None:
    """An amount that is none, a due date that there is none of, a debtor without number."""
    three = rng.sample(shelf.rows("krav", "owner != '' order by key"), 3)
    faults = (
        ("amount_unreadable", "AmountCur", "tolv kroner"),
        ("date_impossible", "DueDate", "2026-02-30T12:00:00Z"),
        ("number_missing", "IdentificationNumber", ""),
    )
    for (key, claim), (kind, field, value) in zip(three, faults, strict=True):
        shelf.spoil("krav", "krav", key, kind, field, claim | {field: value})


def night(shelf: Shelf, book: "Book", rng: Random) -> None:
    """An instalment is paid, a reminder is sent, a claim is settled and gone, a new one is made."""
    times = book.times(1, 300)
    for key, claim in pick(shelf, book, rng, "krav", times, "owner != ''"):
        rest = (Decimal(str(claim["RemainAmountCur"])) / 2).quantize(Decimal("0.01"))
        _put(shelf, claim | {"RemainAmountCur": str(rest), "ClaimStatus": "Instalments"}, shelf.owner("krav", key))
        book.write("prisme", "krav", key, shelf.owner("krav", key), "changed")
    for key, claim in pick(shelf, book, rng, "krav", times, "owner != ''"):
        owner = shelf.owner("krav", key)
        _put(shelf, made := _claim(shelf, rng, book.day, claim, FORDRINGER[0], "Open"), owner)
        book.write("prisme", "krav", str(made["ClaimId"]), owner, "new")
        book.used.add(f"krav/{made['ClaimId']}")
    for key, _ in pick(shelf, book, rng, "krav", times):
        book.write("prisme", "krav", key, shelf.owner("krav", key), "gone")
        shelf.drop("krav", key)
