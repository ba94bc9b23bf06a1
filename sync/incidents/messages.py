"""Messages that nobody could read or act on: parked in the inbox, and no source's own."""

from sync.database import Connection
from sync.incidents.dansk import antal
from sync.incidents.finding import Finding


def parked(connection: Connection) -> list[Finding]:
    """One finding while any message is parked."""
    row = connection.execute("select count(*), min(received) from inbox where parked is not null").fetchone()
    if row is None or not row[0]:
        return []
    many, since = int(row[0]), row[1]
    line = f"{many} messages are parked in the inbox, so what they tell of is not refreshed before the night"
    tekst = (
        f"{antal(many, 'besked', 'beskeder')} fra Beskedfordeleren er lagt til side, fordi Helhed ikke kunne "
        "behandle dem. Det, de handler om, opdateres først ved næste natlige hentning."
    )
    return [Finding("messages", "", "", "parked", 1, since, line, tekst, many)]
