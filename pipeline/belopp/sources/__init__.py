"""Sources: publications fetched from the web, politely and once, into a corpus folder with a manifest.

Needs the extra ``belopp[sources]``.  :func:`fetch_g0v`, :func:`fetch_feed` and :func:`fetch_pages` run an
:class:`Errand`: a :class:`Client` and the :class:`Corpus` folder that :func:`opened` gives.
"""

from __future__ import annotations

from belopp.sources.addresses import Resolver, resolve
from belopp.sources.asking import Errand
from belopp.sources.client import Answer, Client, Limits
from belopp.sources.corpus import Corpus, opened
from belopp.sources.feeds import fetch_feed
from belopp.sources.g0v import BASE, KIND, fetch_g0v
from belopp.sources.manifest import Kept
from belopp.sources.outcome import CHANGED, FAILED, NEW, SETTLED, UNCHANGED, WOULD, Outcome, Tally, Watcher
from belopp.sources.pacing import Clock
from belopp.sources.pages import fetch_pages
from belopp.sources.problems import Busy, Failed, Passing, Refused, WrongSource

__all__ = [
    "BASE",
    "CHANGED",
    "FAILED",
    "KIND",
    "NEW",
    "SETTLED",
    "UNCHANGED",
    "WOULD",
    "Answer",
    "Busy",
    "Client",
    "Clock",
    "Corpus",
    "Errand",
    "Failed",
    "Kept",
    "Limits",
    "Outcome",
    "Passing",
    "Refused",
    "Resolver",
    "Tally",
    "Watcher",
    "WrongSource",
    "fetch_feed",
    "fetch_g0v",
    "fetch_pages",
    "opened",
    "resolve",
]
