"""Digital Post (SF1601 PostForespoerg): whether a citizen is registered, or exempt and written to on paper."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import uuid4

from canonical_model.draft import Draft, Nummer
from canonical_model.drafts import PersonDraft
from connectors.contract import Access, Connector, Record, keyed
from connectors.errors import ContractError, RecordError
from connectors.fields import Fields
from connectors.minimise import Sheet, parse, record
from connectors.nobody import NO_PERSON, knock
from connectors.rest import RestApi
from helhed.settings import now

SHEET = Sheet(kept=frozenset({"cpr", "result"}))


class PostForespoerg:
    """The lookup. Each question carries the headers of a transaction (rammearkitektur 2.4)."""

    def __init__(self, access: Access) -> None:
        self.rest = RestApi.with_token(access)
        self._in_address = access.options.get("nummer") == "adresse"

    def ask(self, cpr: str) -> dict[str, Any] | None:
        """The answer about one citizen; None for a number that nobody has."""
        kontekst = {"x-TransaktionsId": str(uuid4()), "x-TransaktionsTid": now().isoformat(timespec="seconds")}
        self.rest.session.headers.update(kontekst)
        if self._in_address:
            reply = self.rest.find(f"digitalpost?cprNumber={cpr}")
        else:
            reply = self.rest.post("digitalpost", {"cprNumber": cpr}, absent_ok=True)
        if reply is not None and (not isinstance(reply, dict) or (reply and "result" not in reply)):
            raise ContractError("digitalpost: the reply is no answer to the question; has the contract changed?")
        return reply


def read_tilmelding(api: PostForespoerg, cpr: str) -> Sequence[Record]:
    """One record; the number that we asked for is put in, since the answer does not say whom it is about."""
    reply = api.ask(cpr)
    return [] if reply is None else [record("tilmelding", reply | {"cpr": cpr}, SHEET)]


def translate(raw: Any) -> Iterator[Draft]:
    """The citizen's own fact: registered, or not (exempt, or too young to have a post box)."""
    fields = Fields(raw)
    person, tilmeldt = Nummer("cpr", fields.need_cpr("cpr")), fields.flag("result")
    if not isinstance(tilmeldt, bool):
        raise RecordError("result", "missing")
    yield PersonDraft(objekt=person, tilmeldt_digitalpost=tilmeldt)


CONNECTOR = Connector(
    name="digital_post",
    system="Digital Post",
    open=PostForespoerg,
    check=knock(PostForespoerg.ask, NO_PERSON),
    streams=(keyed("tilmeldinger", "cpr", read_tilmelding, parse, translate),),
)
