"""Sources: publications fetched from the web, politely and once, into a corpus folder with a manifest.

Needs the extra ``belopp[sources]``.  :func:`fetch_g0v`, :func:`fetch_feed` and :func:`fetch_pages` run an
:class:`Errand`: a :class:`Client` and the :class:`Corpus` folder that :func:`opened` gives.
"""

from __future__ import annotations

from .addresses import Resolver, resolve
from .asking import Errand
from .client import Answer, Client, Limits
from .corpus import Corpus, opened
from .feeds import fetch_feed
from .g0v import BASE, KIND, fetch_g0v
from .manifest import Kept
from .outcome import CHANGED, FAILED, NEW, SETTLED, UNCHANGED, WOULD, Outcome, Tally, Watcher
from .pacing import Clock
from .pages import fetch_pages
from .problems import Busy, Failed, Passing, Refused, WrongSource

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
