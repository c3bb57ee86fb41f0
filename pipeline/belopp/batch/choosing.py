"""Which publications ``--since`` keeps: those dated then or later, as far as their dates are known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from belopp.batch.entries import PUBLISHED, STATUS
from belopp.batch.outcome import Outcome
from belopp.batch.problems import WrongInput
from belopp.tables import QUARANTINED, Line


def chosen(lines: Iterable[Line], earliest: str, outcome: Outcome) -> list[Line]:
    """The lines of ``documents`` of publications that may be dated ``earliest`` (a day, or ``""``) or later.

    A quarantined document whose date is not known stays, for nobody knows that it is older.
    """
    if not earliest:
        return list(lines)
    kept = []
    for line in lines:
        published = str(line[PUBLISHED])
        if is_late(published, earliest) or (not published and line[STATUS] == QUARANTINED):
            kept.append(line)
        elif published:
            outcome.earlier += 1
        else:
            outcome.undated += 1
    return kept


def is_late(published: str, earliest: str) -> bool:
    """Whether a publication of a date, or of none, may be of ``earliest`` (a day, or ``""`` for any) or later."""
    return not earliest or bool(published and last_day(published) >= earliest)


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
