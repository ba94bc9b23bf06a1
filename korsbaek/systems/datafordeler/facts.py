"""What the registers of land and addresses state."""

from collections.abc import Iterator

from korsbaek.landscape.records import sound
from korsbaek.systems.datafordeler.records import HUS, IN_FORCE, NEDLAGT, STYKKE
from korsbaek.town import Town

_PLOTS = """
    select json_extract(body, '$.samletFastEjendomLokalId'), count(*), sum(good is not null) from record
    where system = 'datafordeler' and kind = ? group by 1
"""
_HOUSES = """
    select json_extract(plot.body, '$.samletFastEjendomLokalId'), count(*) from record house
    join record plot on plot.system = house.system and plot.kind = ?
    and plot.key = json_extract(house.body, '$.jordstykke')
    where house.system = 'datafordeler' and house.kind = ? and json_extract(house.body, '$.status') in (?, ?) group by 1
"""


def facts(town: Town) -> Iterator[str]:
    """Of a property each parcel and each address that is or was in use; nothing when a parcel cannot be read."""
    plots = {sfe: 0 if bad else number for sfe, number, bad in town.rows(_PLOTS, (STYKKE,))}
    houses = dict(town.rows(_HOUSES, (STYKKE, HUS, IN_FORCE, NEDLAGT)))
    for _, sfe in sound(town, "datafordeler"):
        if own := plots.get(sfe["id_lokalId"]):
            yield from ("ejendom" for _ in range(own + houses.get(sfe["id_lokalId"], 0)))
