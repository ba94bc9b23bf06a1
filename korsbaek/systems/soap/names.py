"""Namespaces of the contracts and the prefixes that the servers write them with."""

NAMESPACES = {
    "sd": "urn:oio:sagdok:3.0.0",
    "gd": "urn:oio:sts:generelledefinitioner:6",
    "go": "urn:oio:sts:generelleoperationer:6",
    "sag": "urn:oio:sts:sagdok:sag:6",
    "si": "urn:oio:sts:sagdok:sagindeks:6",
    "di": "urn:oio:sts:sagdok:dokumentindeks:6",
    "sdi": "urn:oio:sts:sagdok:sagdokumentindeks:6",
    "bi": "urn:oio:sts:ydelse:bevillingindeks:6",
    "oef": "urn:oio:sts:ydelse:oekonomiskeffektueringindeks:6",
    "yi": "urn:oio:sts:ydelse:ydelseindeks:6",
    "of": "http://stoettesystemerne.dk/organisation/6/",
    "sts": "urn:oio:sts:6",
    "org": "http://stoettesystemerne.dk/organisation/organisation/6/",
    "oe": "http://stoettesystemerne.dk/organisation/organisationenhed/6/",
    "ofu": "http://stoettesystemerne.dk/organisation/organisationfunktion/6/",
    "bru": "http://stoettesystemerne.dk/organisation/bruger/6/",
    "per": "http://stoettesystemerne.dk/organisation/person/6/",
    "adr": "http://stoettesystemerne.dk/organisation/adresse/6/",
    "osy": "http://stoettesystemerne.dk/organisation/organisationsystem/6/",
    "kla": "http://stoettesystemerne.dk/klassifikation/klasse/6/",
    "fac": "http://stoettesystemerne.dk/klassifikation/facet/6/",
    "y": "http://www.kombit.dk/int/2022/01/01/",
    "kx": "http://kombit.dk/xml/schemas/kontekst/2017/01/01/",
    "cvm": "http://rep.oio.dk/eogs/xml/2/",
    "cvw": "http://rep.oio.dk/eogs/xml.wsdl/",
    "cvs": "http://rep.oio.dk/eogs/xml.schema/",
    "cv5": "http://rep.oio.dk/cvr.dk/xml/schemas/2005/03/22/",
    "dk03": "http://rep.oio.dk/ebxml/xml/schemas/dkcc/2003/02/13/",
    "dk05": "http://rep.oio.dk/ebxml/xml/schemas/dkcc/2005/03/15/",
    "xk5": "http://rep.oio.dk/xkom.dk/xml/schemas/2005/03/15/",
    "xk6": "http://rep.oio.dk/xkom.dk/xml/schemas/2006/01/06/",
    "tlf": "http://rep.oio.dk/itst.dk/xml/schemas/2005/01/10/",
    "ictx": "http://serviceplatformen.dk/xml/schemas/InvocationContext/1/",
    "h": "http://kombit.dk/xml/schemas/RequestHeader/1/",
    "p": "http://serviceplatformen.dk/xml/wsdl/soap11/CPR/PersonBaseDataExtended/4/",
    "f": "http://serviceplatformen.dk/xml/schemas/ServiceplatformFault/1/",
    "pnr": "http://serviceplatformen.dk/xml/schemas/cpr/PNR/1/",
    "bom": "urn:korsbaek:bygogmiljoe:5",
    "autctx": "http://serviceplatformen.dk/xml/schemas/AuthorityContext/1/",
}
"""Prefix to namespace; a name "sd:StatusKode" in this package always means these."""

_PREFIXES = {uri: prefix for prefix, uri in NAMESPACES.items()}


def clark(name: str) -> str:
    """ "sd:StatusKode" as lxml writes it, "{urn:oio:sagdok:3.0.0}StatusKode"."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def prefixed(tag: str) -> str:
    """The way back; a namespace that no contract here has gives "?:local", which equals no known name."""
    uri, _, local = tag.removeprefix("{").rpartition("}")
    return f"{_PREFIXES.get(uri, '?')}:{local}"


def declarations(*prefixes: str) -> str:
    """The xmlns attributes for a root element."""
    return "".join(f' xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in prefixes)
