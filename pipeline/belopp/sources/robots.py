"""What a site's robots.txt says of an address: asked once a site and run, and kept to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import httpx2

from belopp.sources.addresses import origin
from belopp.sources.pacing import Pacing
from belopp.sources.problems import Failed, Refused

if TYPE_CHECKING:
    from protego import Protego

AGENT: Final = "belopp"
# RFC 9309 wants at least 500 kibibytes to be read; what comes after them is not.
MOST_BYTES: Final = 512 * 1024


class Robots:
    """The rules of the sites met so far.  ``get`` gives the bytes of a robots.txt or raises :class:`Failed`."""

    def __init__(self, get: Callable[[httpx2.URL], bytes], pacing: Pacing) -> None:
        self._get = get
        self._pacing = pacing
        self._rules: dict[str, Protego | Failed | None] = {}

    def demand(self, url: httpx2.URL) -> None:
        """Pass an address that the site leaves open; raises :class:`Refused` for one it does not.

        A site without a robots.txt (404 and the like) leaves all open, one whose robots.txt cannot be had
        leaves nothing open for this run (RFC 9309).
        """
        site = origin(url)
        if site not in self._rules:
            self._rules[site] = self._asked(site, url)
        rules = self._rules[site]
        if isinstance(rules, Refused):
            raise rules
        if isinstance(rules, Failed):
            raise Refused(f"the robots.txt of {url.host} cannot be had ({rules.reason}), so nothing is asked of it")
        if rules is not None and not rules.can_fetch(str(url), AGENT):
            raise Refused(f"the robots.txt of {url.host} does not allow it")

    def _asked(self, site: str, url: httpx2.URL) -> Protego | Failed | None:
        from protego import Protego

        try:
            text = self._get(httpx2.URL(f"{site}/robots.txt")).decode("utf-8", "replace")
        except Refused as refused:
            raise refused
        except Failed as failed:
            return None if 400 <= failed.status < 500 and failed.status != 429 else failed
        rules = Protego.parse(text)
        rate = rules.request_rate(AGENT)
        pauses = [rules.crawl_delay(AGENT) or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0]
        try:
            self._pacing.slow(url.host, max(pauses))
        except Failed as failed:
            return Refused(failed.reason)
        return rules
