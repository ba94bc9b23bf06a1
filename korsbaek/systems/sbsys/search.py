"""POST api/sag/search: criteria to SQL, and Limit/Skip paging in a fixed order."""

from typing import Any

from korsbaek.model import Sag
from korsbaek.systems.rest import HttpError, Request
from korsbaek.systems.sbsys.house import House
from korsbaek.systems.sbsys.sag import sag
from korsbaek.systems.sbsys.times import plain

DEFAULT_LIMIT = 100
_CPR = "art = 'cpr' and nummer = ? and gaeldende = 1"
MOST = 5000
"""The largest Limit seen in production use."""


def search(house: House, request: Request) -> dict[str, Any]:
    """Results and TotalNumberOfResults, ordered by Id; an empty hit is 200 with no Results."""
    asked = request.json()
    limit, skip = _number(asked, "Limit", DEFAULT_LIMIT), _number(asked, "Skip", 0)
    where, args = _where(asked)
    ((total,),) = house.town.rows(f"select count(*) from sag where {where}", args)
    page = house.town.each(Sag, f"{where} order by sbsys limit ? offset ?", (*args, min(limit, MOST), skip))
    with_parties = request.query.get("InkluderParterIResultat", "").lower() == "true"
    return {"Results": [sag(house, one, parter=with_parties) for one in page], "TotalNumberOfResults": total}


def _where(asked: dict[str, Any]) -> tuple[str, list[Any]]:
    parts: list[str] = ["sbsys is not null"]
    args: list[Any] = []
    for name, role in (("PrimaerPerson", "and rolle = 'primaer'"), ("AllePersoner", "")):
        person = asked.get(name) or {}
        if not isinstance(person, dict):
            raise HttpError(400, {"Message": "The request is invalid."})
        if "CprNummer" in person:
            parts.append(f"uuid in (select sag from sagspart where {_CPR} {role})")
            args.append(plain(person["CprNummer"]))
        if "PersonNavn" in person:
            parts.append(f"uuid in (select sag from sagspart where navn like ? and gaeldende = 1 {role})")
            args.append(f"%{person['PersonNavn']}%")
    if asked.get("Nummer"):
        parts.append("sagsnummer = ?")
        args.append(str(asked["Nummer"]))
    if asked.get("SagsTitel"):
        parts.append("titel like ?")
        args.append(f"%{asked['SagsTitel']}%")
    if asked.get("SagsTyper") or asked.get("SagsSkabeloner"):
        parts.append("false")
    return " and ".join(parts), args


def _number(asked: dict[str, Any], name: str, otherwise: int) -> int:
    value = asked.get(name, otherwise)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise HttpError(400, {"Message": "The request is invalid."})
    return value
