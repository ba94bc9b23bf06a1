"""NTLM for systems that know nothing else (MS-NTHT): requests-ntlm, with its surprises said as our errors."""

from typing import Any

import requests
from requests_ntlm import HttpNtlmAuth
from spnego.exceptions import SpnegoError

from connectors.contract import Access
from connectors.errors import AccessError, TransientError


class NtlmAuth(HttpNtlmAuth):
    """The handshake on a refused request: once a connection, which must stay open."""

    def __repr__(self) -> str:
        return "NtlmAuth(...)"

    def response_hook(self, r: requests.Response, **kwargs: Any) -> requests.Response:
        """The reply to the request sent again with the handshake's end."""
        try:
            return super().response_hook(r, **kwargs)
        except (PermissionError, SpnegoError, ValueError):
            pass
        except KeyError:
            raise TransientError("NTLM: the system broke off the handshake") from None
        raise AccessError("NTLM: the system's challenge cannot be answered; check domain, user and password")


def ntlm(access: Access) -> NtlmAuth:
    r"""From login (DOMAIN\\user) and password; AccessError when one is missing."""
    if not access.login or not access.password:
        raise AccessError("login (DOMAIN\\user) and password are missing in this source's Connection: it opens by NTLM")
    return NtlmAuth(access.login, access.password, send_cbt=access.url.startswith("https:"))
