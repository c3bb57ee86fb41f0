"""Which publications ``--since`` keeps: those dated then or later, as far as their dates are known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from belopp.batch.outcome import STATUS, Outcome
from belopp.batch.problems import WrongInput
from belopp.tables import DOCUMENTS, QUARANTINED, Record, places

(PUBLISHED,) = places(DOCUMENTS, "published")


def chosen(records: Iterable[Record], earliest: str, outcome: Outcome) -> Iterator[Record]:
    """The records of publications that may be dated ``earliest`` (a day, or ``""``) or later.

    A quarantined document whose date is not known stays, for nobody knows that it is older.
    """
    for record in records:
        published = str(record.document[PUBLISHED])
        if earliest and not published and record.document[STATUS] != QUARANTINED:
            outcome.undated += 1
        elif earliest and published and last_day(published) < earliest:
            outcome.earlier += 1
        else:
            yield record


def first_day(since: str) -> str:
    """The first day of a year, month or day, as text that compares with :func:`last_day`.

    Raises :class:`WrongInput` for anything else.

    >>> first_day("2024-09"), last_day("2024-09"), last_day("2024")
    ('2024-09-01', '2024-09-31', '2024-12-31')
    """
    if not since:
        return ""
    day = since + "-01-01"[len(since) - 4 :]
    try:
        if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", since):
            raise ValueError
        datetime.strptime(day, "%Y-%m-%d")
    except ValueError as error:
        raise WrongInput(f"--since {since}: write a year, month or day such as 2024, 2024-09 or 2024-09-17") from error
    return day


def last_day(published: str) -> str:
    """The last day that a date of any precision may mean."""
    return published + "-12-31"[len(published) - 4 :]
