"""Who reads a page of the desk: in which language, and whether single keys get in their way."""

from __future__ import annotations

import re
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from belopp.review.words import LANGUAGES

_LANGUAGE: Final = "belopp-language"
_KEYS: Final = "belopp-keys"


def language_of(request: Request) -> str:
    """The language asked for in the address, chosen before, or preferred by the browser."""
    for said in (request.query_params.get("lang"), request.cookies.get(_LANGUAGE)):
        if said in LANGUAGES:
            return str(said)
    return preferred(request.headers.get("accept-language", ""))


def remember_language(request: Request, answer: Response) -> None:
    """Keep the language asked for in the address for the pages to come."""
    if request.query_params.get("lang") in LANGUAGES:
        answer.set_cookie(_LANGUAGE, request.query_params["lang"], httponly=True, samesite="strict", path="/")


def keys_of(request: Request) -> str:
    """Whether single keys are ``on`` or, as was asked for on this device, ``off``."""
    return "off" if request.cookies.get(_KEYS) == "off" else "on"


def preferred(accepted: str) -> str:
    """The language of an ``Accept-Language`` header; Swedish unless English goes before it.

    >>> preferred("en-GB,en;q=0.9"), preferred("sv;q=0.4, en;q=0.8"), preferred("nb, sv"), preferred("")
    ('en', 'en', 'sv', 'sv')
    """
    wanted: list[tuple[float, int, str]] = []
    for place, part in enumerate(accepted.split(",")):
        found = re.fullmatch(r"\s*([A-Za-z]{1,8})(?:-[\w-]+)?\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*", part)
        if found and found[1].lower() in LANGUAGES:
            wanted.append((-float(found[2] or 1), place, found[1].lower()))
    return min(wanted)[2] if wanted else "sv"
