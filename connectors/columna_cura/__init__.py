"""Columna Cura: citizens in home care, what they are granted, and messages about them, over FHIR."""

from connectors.columna_cura import kinds, translate
from connectors.columna_cura.door import Cura
from connectors.contract import Connector, Shape, Stream
from connectors.fhir import Kind, key_reader, one_reader, reader
from connectors.minimise import parse


def _stream(name: str, kind: Kind, what: str) -> Stream[Cura]:
    return Stream(
        name=name,
        shape=Shape.CHANGED,
        read=reader(kind),
        read_keys=key_reader(kind),
        read_one=one_reader(kind),
        parse=parse,
        translate=getattr(translate, what),
    )


CONNECTOR = Connector(
    name="columna_cura",
    system="Columna Cura",
    open=Cura,
    check=Cura.check,
    streams=(
        _stream("borgere", kinds.BORGER, "borger"),
        _stream("ydelser", kinds.YDELSE, "ydelse"),
        _stream("beskeder", kinds.BESKED, "besked"),
    ),
)
