"""HELHED_CONFIG/alarm.toml: who is told of what no system owner can be told, and from whom the mails come.

navn = "Ditte Rask"
kontakt = "ditte.rask@korsbaek.invalid, tlf. 99 00 10 00"
kontakt_mail = "drift@korsbaek.invalid"     # may be left out: the first address in kontakt
"""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from helhed.settings.environment import SettingsError, config_folder
from helhed.settings.sources import Mail, Text, first_address


class Duty(BaseModel):
    """Whoever is on duty for the hub itself."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    navn: Text
    kontakt: Text
    kontakt_mail: Mail | None = None

    @model_validator(mode="after")
    def _finds_the_address(self) -> "Duty":
        if self.kontakt_mail is None:
            object.__setattr__(self, "kontakt_mail", first_address(self.kontakt))
        return self


def duty(path: Path | None = None) -> Duty | None:
    """Who is on duty; None when there is no alarm.toml. Raises SettingsError, one line, when it cannot be used."""
    path = path or config_folder() / "alarm.toml"
    if not path.is_file():
        return None
    try:
        return Duty.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"alarm.toml: not readable: {error}. Mend the line.") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        raise SettingsError(f"alarm.toml: '{name}': {first['msg'].lower()}; see docs/configuration.md.") from None
