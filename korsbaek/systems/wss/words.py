"""Names in the security headers, and how the servers refuse."""

from functools import cache

from korsbaek.systems.soap.envelope import Fault

OASIS = "http://docs.oasis-open.org/"
NS = {
    "wsse": f"{OASIS}wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd",
    "wsu": f"{OASIS}wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd",
    "wsse11": f"{OASIS}wss/oasis-wss-wssecurity-secext-1.1.xsd",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
    "ec": "http://www.w3.org/2001/10/xml-exc-c14n#",
    "saml": "urn:oasis:names:tc:SAML:2.0:assertion",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xenc": "http://www.w3.org/2001/04/xmlenc#",
    "wsa": "http://www.w3.org/2005/08/addressing",
    "wst": f"{OASIS}ws-sx/ws-trust/200512",
    "wsp": "http://schemas.xmlsoap.org/ws/2004/09/policy",
    "auth": f"{OASIS}wsfed/authorization/200706",
    "sbf": "urn:liberty:sb:2006-08",
}
SAML_TOKEN = f"{OASIS}wss/oasis-wss-saml-token-profile-1.1#SAMLV2.0"
SAML_ID = f"{OASIS}wss/oasis-wss-saml-token-profile-1.1#SAMLID"
STR_TRANSFORM = f"{OASIS}wss/2004/01/oasis-200401-wss-soap-message-security-1.0#STR-Transform"
BASE64 = f"{OASIS}wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary"
X509V3 = f"{OASIS}wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3"
ENVELOPED = f"{NS['ds']}enveloped-signature"
EXCLUSIVE = NS["ec"]
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
CVR_CLAIM = "dk:gov:saml:attribute:CvrNumberIdentifier"


@cache
def name(short: str) -> str:
    """ "wsse:Security" as lxml writes it."""
    prefix, _, local = short.partition(":")
    return f"{{{NS[prefix]}}}{local}"


def path(*short: str) -> str:
    """The same for a path."""
    return "/".join(name(s) for s in short)


def refusal(code: str, text: str) -> Fault:
    """A fault with a code of WS-Security, WS-Trust or WS-Addressing: "wsse:FailedCheck"."""
    return Fault("Client", text, subcode=code)
