"""The report: what a run found, how it differs from the gold and from another run, in one file for a browser."""

from __future__ import annotations

from belopp.report.loading import NotARun
from belopp.report.page import PUBLICATIONS, report
from belopp.report.words import LANGUAGES
from belopp.report.years import NeedsReview

__all__ = ["LANGUAGES", "PUBLICATIONS", "NeedsReview", "NotARun", "report"]
