"""Answers of status 200 that are no publication: an error page, a cookie wall, a page where a PDF was asked for."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, Literal

from belopp.sources.addresses import parsed
from belopp.sources.skimming import skim

if TYPE_CHECKING:
    from belopp.sources.client import Answer

Expected = Literal["page", "markdown", "pdf", "json", "feed"]

PDF: Final = b"%PDF-"
# A PDF may have some bytes before its mark.
PDF_WITHIN: Final = 1024
# A wall says little else: so much text beside the words of consent is a publication with a banner.
SHORT: Final = 600
BARE: Final = 80
MOST_TITLE: Final = 200
_HTML = re.compile(
    rb"[\s\xef\xbb\xbf]*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
# The whole of a title or a first heading, so that «404 miljoner till vården» is none.
# What divides a title from the name of the site: «Sidan finns inte | Kommunen», «404 - Not found».
_DIVIDER = re.compile(r"\s+[-–—|•·»]\s+|\s*[|:]\s+")
_THING = r"(?:sidan|dokumentet|filen|artikeln)(?: (?:som )?du \w+)?"
# «404 Not Found» is what follows the number.
_STATUS = re.compile(
    r"(?:(?:http )?(?:fel|felkod|error|status):? ?)?(?:40[0134]|410|429|50[0-4])[ .,!-]+", re.IGNORECASE
)
# Each is the whole of a title, of a first heading or of a part of one: «404 miljoner till vården» is none.
_ERRORS = tuple(
    re.compile(pattern + r"[ .!]*", re.IGNORECASE)
    for pattern in (
        r"(?:(?:http )?(?:fel|felkod|error|status):? ?)?(?:40[0134]|410|429|50[0-4])(?: error| fel)?",
        _THING + r" (?:saknas|hittades inte|är borttagen|har tagits bort)",
        _THING + r" finns (?:tyvärr )?(?:inte|ej)(?: längre| kvar)?",
        _THING + r" (?:kunde|kan|gick) inte (?:att )?(?:hittas?|visas?|nås)",
        r"(?:vi|jag) (?:kan|kunde|hittar|hittade) (?:tyvärr )?inte (?:hitta )?sidan.{0,30}",
        r"(?:the )?(?:page|document|file|resource)(?: \w+){0,3} (?:not|cannot)(?: be)? found",
        r"not found|access denied|forbidden|unauthori[sz]ed|bad request|bad gateway|gateway time-?out",
        r"(?:internal )?server error|service (?:temporarily )?unavailable|too many requests",
        r"request (?:blocked|rejected)|(?:under|site) maintenance",
        r"(?:ett|något|tekniskt|internt)(?: tekniskt)? (?:fel|gick fel|serverfel)(?: har)?(?: \w+)?",
        r"(?:webbplatsen|sidan|tjänsten) (?:ligger nere|är (?:tillfälligt )?(?:nere|stängd|otillgänglig)).{0,20}",
    )
)
_WALLS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:godkänn|acceptera|tillåt|hantera)\w* (?:\w+ ){0,3}(?:kakor|cookies)",
        r"\b(?:kakor|cookies) (?:måste|behöver) (?:vara )?(?:aktiver|påslag|tillåt|godkän)\w+",
        r"\b(?:accept|allow|manage|enable) (?:\w+ ){0,3}(?:cookies|javascript)",
        r"\b(?:aktivera|slå på) (?:javascript|kakor|cookies)",
        r"\b(?:inte (?:är )?en robot|du är (?:en )?människa|you are (?:a )?human|not a robot)",
        r"\b(?:captcha|(?:checking|verifying) your browser)",
    )
)


def is_html(data: bytes) -> bool:
    """Whether bytes begin as an HTML page does.

    >>> is_html(b"<!-- a --> <!DOCTYPE html><p>"), is_html("# Stöd".encode())
    (True, False)
    """
    return _HTML.match(data[:4096]) is not None


def ending_of(data: bytes) -> str:
    """The ending for bytes of a format that belopp reads, or ``""``.

    >>> ending_of(b"%PDF-1.7"), ending_of(b"<html><p>"), ending_of("Stöd".encode()), ending_of(b"\\x89PNG\\0")
    ('.pdf', '.html', '.txt', '')
    """
    if PDF in data[:PDF_WITHIN]:
        return ".pdf"
    if is_html(data):
        return ".html"
    if data.startswith(b"PK\x03\x04"):
        return next((ending for part, ending in _OFFICE if part in data), "")
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return "" if b"\0" in data[:1024] and not wide else ".txt"


_OFFICE: Final = ((b"word/", ".docx"), (b"xl/", ".xlsx"))


def disguise(answer: Answer, *, asked: str, expected: Expected) -> str:
    """Why an answer of status 200 is not what was asked for, or ``""``.

    A page of an error or of consent is told by its title, its first heading and how little else it says.
    """
    if not answer.body.strip():
        return "an empty answer"
    html = is_html(answer.body) or (expected == "page" and _says_html(answer))
    if html and (why := _page_fault(answer.body)):
        return why
    if parsed(asked).path not in ("", "/") and parsed(answer.address).path in ("", "/"):
        return "sent on to the front page: the page is gone"
    if expected == "pdf" and PDF not in answer.body[:PDF_WITHIN]:
        return "an HTML page where a PDF was asked for" if html else "no PDF where a PDF was asked for"
    if expected == "page" and not html and not ending_of(answer.body):
        return "of no format that belopp reads"
    if html and expected != "page":
        return f"an HTML page where {_NAMES[expected]} was asked for"
    return _json_fault(answer.body) if expected == "json" else ""


_NAMES: Final = {"markdown": "Markdown", "json": "JSON", "feed": "a feed"}


def _says_html(answer: Answer) -> bool:
    return answer.content_type.lower().startswith("text/html") and b"</" in answer.body


def _json_fault(body: bytes) -> str:
    try:
        json.loads(body)
    except (ValueError, RecursionError) as error:
        return f"no JSON: {error}"
    return ""


def _page_fault(body: bytes) -> str:
    page = skim(body)
    for said in (page.title, page.heading):
        if _names_error(said):
            return f"an error page: {said}"
    if not page.text:
        return "a page without text"
    if len(page.rest) >= SHORT:
        return ""
    seen = page.text if len(page.rest) < BARE else page.rest
    wall = next(filter(None, (wall.search(seen) for wall in _WALLS)), None)
    return f"a page of consent or checks, not the publication: {wall.group()}" if wall else ""


def _names_error(title: str) -> bool:
    """Whether a title, or a part of it between dividers, is that of an error page.

    >>> [_names_error(t) for t in ("404 - Not Found", "Sidan finns inte | SKR", "404 miljoner till vården", "")]
    [True, True, False, False]
    """
    parts = (title, *_DIVIDER.split(title)) if len(title) < MOST_TITLE else ()
    names = {name for part in parts for name in (part.strip(), _STATUS.sub("", part.strip()))}
    return any(error.fullmatch(name) for name in names for error in _ERRORS)
