"""The pace of asking: one request a second to a host, or slower where the site asks for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final, NamedTuple

from belopp.sources.problems import Failed

PAUSE: Final = 1.0
# Longer than this nobody waits: the document fails, and the next run asks again.
MOST_WAIT: Final = 300.0


def _utc() -> datetime:
    return datetime.now(UTC)


class Clock(NamedTuple):
    """The time that fetching goes by: seconds that only rise, sleep, and the time of day; tests bring their own."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    utc: Callable[[], datetime] = _utc


class Pacing:
    """Whose turn it is: by host, when it may be asked next.

    >>> seconds = [0.0]
    >>> def sleep(wait): seconds[0] += wait
    >>> pacing = Pacing(Clock(lambda: seconds[0], sleep))
    >>> for _ in range(3): pacing.turn("example.org")
    >>> seconds
    [2.0]
    """

    def __init__(self, clock: Clock, *, pause: float = PAUSE, most_wait: float = MOST_WAIT) -> None:
        self._clock = clock
        self._pause = pause
        self._most_wait = most_wait
        self._pauses: dict[str, float] = {}
        self._next: dict[str, float] = {}

    def turn(self, host: str) -> None:
        """Wait until the host may be asked, and take the turn; raises :class:`Failed` when that is too far off."""
        now = self._clock.now()
        wait = self._next.get(host, now) - now
        if wait > self._most_wait:
            raise Failed(f"{host} asks to be left alone for {wait:,.0f} s more; fetch again then")
        if wait > 0:
            self._clock.sleep(wait)
        self._next[host] = max(now, self._next.get(host, now)) + self._pauses.get(host, self._pause)

    def hold(self, host: str, seconds: float) -> None:
        """Leave the host alone for so long from now."""
        self._next[host] = max(self._next.get(host, 0.0), self._clock.now() + seconds)

    def slow(self, host: str, pause: float) -> None:
        """Ask the host this seldom, if that is seldomer than now: what its robots.txt wants.

        Raises :class:`Failed` when that is seldomer than anybody waits.
        """
        if pause > self._most_wait:
            raise Failed(f"the robots.txt of {host} wants {pause:,.0f} s between requests, more than is waited")
        self._pauses[host] = max(self._pauses.get(host, self._pause), pause)


def seconds_asked(retry_after: str, now: datetime) -> float:
    """The seconds that a Retry-After header asks for, a number or a date; 0 when it says nothing understood.

    >>> at = datetime(2024, 9, 17, 12, 0, tzinfo=UTC)
    >>> seconds_asked("120", at), seconds_asked("Tue, 17 Sep 2024 12:01:30 GMT", at), seconds_asked("soon", at)
    (120.0, 90.0, 0.0)
    """
    said = retry_after.strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        at = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())
