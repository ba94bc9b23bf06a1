"""HELHED_CONFIG/sources/<id>.toml: one file a source instance, checked with one-line errors (decision 13)."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from croniter import croniter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator, model_validator

from helhed.settings.environment import config_folder

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
_ADDRESS = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
Mail = Annotated[str, StringConstraints(pattern=f"^{_ADDRESS}$")]
"""An e-mail address, with nothing around it that could break a mail's head."""
UNFILLED = "UDFYLD"
"""Stands in a new source's file where a person must write; an active source has none of it."""
_TO_BE_FILLED = ("systemejer", "kontakt", "leverandoer", "formaal", "hjemmel")


class Guard(BaseModel):
    """How many records may leave one stream without a person's approval; what is not said is the source's own."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    share: Annotated[float, Field(ge=0, le=1)] | None = None
    number: Annotated[int, Field(ge=0)] | None = None


class Source(BaseModel):
    """One source instance. The owner, purpose and legal basis are not optional: nothing is read without them."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,30}$")]
    connector: Text
    navn: Text
    """What caseworkers call the system."""
    myndighed: Annotated[str, StringConstraints(pattern=r"^[0-9]{8}$")]
    """CVR number of the municipality."""
    systemejer: Text
    kontakt: Text
    kontakt_mail: Mail | None = None
    """Where incidents are told; left out: the first e-mail address in `kontakt`."""
    leverandoer: Text
    formaal: Text
    hjemmel: Text
    kle: Annotated[list[Annotated[str, StringConstraints(pattern=r"^[0-9]{2}(\.[0-9]{2}){0,2}$")]], Field(min_length=1)]
    foelsomhed: Annotated[int, Field(ge=1, le=4)]
    opbevaring_maaneder: Annotated[int, Field(ge=1)]
    friskhed_timer: Annotated[int, Field(ge=1)] = 26
    tidsplan: Text = "0 1 * * *"
    deep_link: str | None = None
    aktiv: bool = True
    landed_days: Annotated[int, Field(ge=1)] = 35
    """How long the vendor's own record is kept, encrypted, for translating it again."""
    delete_share: Annotated[float, Field(ge=0, le=1)] = 0.05
    """A stream that would lose more than this share of its records deletes nothing and says so."""
    delete_number: Annotated[int, Field(ge=0)] | None = None
    """The same of a number of records, whatever share they are."""
    guard: dict[str, Guard] = Field(default_factory=dict)
    """[guard.<stream>] share, number: the same for one stream."""
    erase_after_days: Annotated[int, Field(ge=0)] = 28
    """How long what the source has deleted is kept, closed, before it is physically erased (ADR 0032)."""
    quarantine_days: Annotated[int, Field(ge=1)] = 90
    """How long a record that could not be translated is kept, encrypted, for translating it again."""
    quarantine_share: Annotated[float, Field(ge=0, le=1)] = 0.05
    quarantine_number: Annotated[int, Field(ge=1)] = 100
    """A stream with more of its records in quarantine than this share, or than this number, is an incident."""
    concurrency: Annotated[int, Field(ge=1, le=64)] = 4
    rate_per_second: Annotated[float, Field(gt=0)] | None = None
    options: dict[str, Any] = Field(default_factory=dict)
    """The connector's own settings: page_size, soap, ..."""

    def guard_of(self, stream: str) -> tuple[float, int | None]:
        """The share and the number of records that may leave a stream by themselves."""
        own = self.guard.get(stream, Guard())
        share = self.delete_share if own.share is None else own.share
        return share, self.delete_number if own.number is None else own.number

    @field_validator("tidsplan")
    @classmethod
    def _is_cron(cls, given: str) -> str:
        if not croniter.is_valid(given):
            raise ValueError("not a cron expression such as 0 1 * * *")
        return given

    @model_validator(mode="after")
    def _is_filled_in(self) -> "Source":
        if left := [name for name in _TO_BE_FILLED if self.aktiv and UNFILLED in str(getattr(self, name))]:
            raise ValueError(f"{listed(left)} still to be filled in ({UNFILLED}), and the source is active")
        return self

    @model_validator(mode="after")
    def _finds_the_address(self) -> "Source":
        if self.kontakt_mail is None:
            object.__setattr__(self, "kontakt_mail", first_address(self.kontakt))
        return self


@dataclass(frozen=True)
class Sources:
    """The sources that can run, and one line for each file that cannot."""

    good: dict[str, Source] = field(default_factory=dict)
    bad: list[str] = field(default_factory=list)


def first_address(text: str) -> str | None:
    """The first e-mail address in a text; None when it names none (a telephone number, say)."""
    found = re.search(_ADDRESS, text)
    return found[0] if found else None


def sources(folder: Path | None = None) -> Sources:
    """Read every source file; a bad one stops its own source only."""
    found = Sources()
    for path in sorted(((folder or config_folder()) / "sources").glob("*.toml")):
        try:
            source = Source.model_validate({"id": path.stem} | tomllib.loads(path.read_text(encoding="utf-8")))
        except tomllib.TOMLDecodeError as error:
            found.bad.append(f"sources/{path.name}: not readable as TOML: {error}. Mend the line and run again.")
        except UnicodeDecodeError:
            found.bad.append(f"sources/{path.name}: not UTF-8. Save the file as UTF-8 and run again.")
        except ValidationError as error:
            found.bad.append(f"sources/{path.name}: {_in_words(error)}")
        else:
            found.good[source.id] = source
    return found


def listed(names: Sequence[str]) -> str:
    """The names in a sentence, with its verb: "'a' is", "'a', 'b' and 'c' are"."""
    quoted = [f"'{name}'" for name in names]
    return f"{quoted[0]} is" if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]} are"


def _in_words(error: ValidationError) -> str:
    """The first fault in words: which key, what is wrong, what to do."""
    faults = error.errors(include_url=False, include_input=False)
    missing = [str(f["loc"][0]) for f in faults if f["type"] == "missing"]
    misspelt = (f for f in faults if f["type"] == "extra_forbidden")  # explains a missing one, so it is said first
    first = next(misspelt, faults[0])
    name = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        close = _closest(name)
        return f"unknown key '{name}'." + (f" Did you mean '{close}'?" if close else " Remove it.")
    if missing:
        return f"{listed(missing)} missing. Add {'it' if len(missing) == 1 else 'them'}; see docs/configuration.md."
    if not name:
        return f"{re.sub(r'^Value error, ', '', first['msg'])}. Mend it; see docs/configuration.md."
    return f"'{name}': {re.sub(r'^Value error, ', '', first['msg']).lower()}. Mend it; see docs/configuration.md."


def _closest(name: str) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, list(Source.model_fields), n=1)), None)
