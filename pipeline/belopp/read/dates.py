"""When a publication was published: from its own words or its path, in ISO text of the precision known."""

from __future__ import annotations

import re
from datetime import date

from belopp.years import MONTHS, YEAR_IN_FIGURES

_MONTHS = "|".join(MONTHS)
_ABBREVIATED = "jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec"
_DATE = rf"""(?P<date>
        (?P<iso>[12][0-9]{{3}}-[0-9]{{2}}-[0-9]{{2}})(?!\d)
      | (?:den\s+)?(?P<day>\d{{1,2}}\s+)?(?:{_MONTHS}|(?:{_ABBREVIATED})\b\.?)(?:\s*,)?\s+(?P<year>[12][0-9]{{3}})(?!\d)
    )"""
_PUBLISHED = re.compile(
    rf"[\s*_>]*(?:publicera(?:d|t|des)|publiceringsdatum)(?:\s*:)?\s+{_DATE}", re.IGNORECASE | re.VERBOSE
)
# A line with nothing after its date: a byline ("By on 29 januari, 2022"), a dateline ("Umeå, 3 maj 2024"), an update.
_DATELINE = re.compile(
    rf"""[\s*_>]*(?:
        (?:by|av|text)\b[^\n]{{0,80}}?(?:\bon\b|,|\|)\s*
      | (?:senast\s+)?(?:uppdaterad|ändrad|granskad)\s*:?\s+
      | datum\s*:?\s+
      | (?:[A-ZÅÄÖ][\w-]+(?:\s[A-ZÅÄÖ][\w-]+)?,\s)?
    ){_DATE}[\s*_]*$""",
    re.IGNORECASE | re.VERBOSE,
)
# "/2024/09/", "/2024/" or a name that begins "2024-09-17"; a name like "2030-malen.md" says no date.
_PATH = re.compile(
    r"(?P<year>19\d\d|20\d\d)(?<![^/]\d{4})(?:(?=/(?!(?:0[1-9]|1[0-2])(?![0-9]))) | "
    r"[/-](?P<month>0[1-9]|1[0-2])(?:[/-](?P<day>0[1-9]|[12]\d|3[01])(?!\d))?(?!\d))",
    re.VERBOSE,
)
# Of the years that something can have been published in.
_ISO = re.compile(r"[12][0-9]{3}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")
_HEAD, _TOP = 2000, 20


def published_in_text(text: str) -> str:
    """The date that the top of a page gives after ``Publicerad``, or ``""``.

    >>> published_in_text("Avtal\\nPublicerad 7 mars 2022"), published_in_text("Avtalet gäller från den 7 mars 2022.")
    ('2022-03-07', '')
    """
    head = text[:_HEAD]
    return _first(_PUBLISHED, head) if "ublicer" in head or "UBLICER" in head else ""


def dated_in_text(text: str) -> str:
    """The date of a byline, a dateline or an update at the top of a page, or ``""``: weaker than a dated path.

    >>> dated_in_text("By on 29 januari, 2022"), dated_in_text("Umeå, 3 maj 2024"), dated_in_text("den\\n3 maj 2024.")
    ('2022-01-29', '2024-05-03', '')
    """
    return _first(_DATELINE, text[:_HEAD])


def _first(pattern: re.Pattern[str], head: str) -> str:
    for line in head.splitlines()[:_TOP]:
        if len(line) < 160 and YEAR_IN_FIGURES.search(line) and (found := pattern.match(line)):
            return iso_of(found["date"])
    return ""


def published_in_path(path: str) -> str:
    """The date in a path's folders or file name, or ``""``.

    >>> [published_in_path(path) for path in ("nytt/2024/09/stod.md", "2022-03-07_avtal.txt", "2030-malen.md")]
    ['2024-09', '2022-03-07', '']
    """
    found = _PATH.search(path)
    return _of_calendar("-".join(part for part in found.group("year", "month", "day") if part)) if found else ""


def _of_calendar(written: str) -> str:
    """An ISO text, without the day when there is none such: the 31st of February."""
    try:
        date.fromisoformat(written)
    except ValueError:
        return written[:7]
    return written


def iso_of(written: str) -> str:
    """A written Swedish date as ISO text, of the precision written; ``""`` for what is no date.

    >>> iso_of("7 mars 2022"), iso_of("september 2024"), iso_of("2022-03-07T10:00"), iso_of("2022-02-31"), iso_of("1,5")
    ('2022-03-07', '2024-09', '2022-03-07', '2022-02', '')
    """
    if not written:
        return ""
    stated = _ISO.match(written.strip())
    if stated and (len(written.strip()) == stated.end() or written.strip()[stated.end()] in "T "):
        return _of_calendar(stated[0])
    found = re.fullmatch(_DATE, written.strip(), re.IGNORECASE | re.VERBOSE)
    return _parsed(found["date"], day=found["day"] is not None) if found else ""


def _parsed(written: str, *, day: bool) -> str:
    """What dateparser makes of a span that is already known to be a date; loaded only when a page has one."""
    import dateparser

    required = ["day", "month", "year"] if day else ["month", "year"]
    order = "YMD" if written[:4].isdigit() else "DMY"
    moment = dateparser.parse(
        written.removeprefix("den ").replace(",", " "),
        languages=["sv"],
        settings={"REQUIRE_PARTS": required, "DATE_ORDER": order, "PARSERS": ["absolute-time"]},
    )
    if moment is None:
        return ""
    return moment.date().isoformat() if day else f"{moment.year:04d}-{moment.month:02d}"
