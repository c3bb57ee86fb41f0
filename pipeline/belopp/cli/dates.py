"""The days that options take: a year, month or day, checked before any work begins."""

from __future__ import annotations

import re
from datetime import datetime

import click

from belopp.cli import Wrong


def checked(_context: click.Context, option: click.Parameter, given: str | None) -> str:
    """The day given to an option, or ``""`` without the option; anything else ends the command with status 2."""
    if given is None:
        return ""
    try:
        if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", given):
            raise ValueError(given)
        datetime.strptime(given + "-01-01"[len(given) - 4 :], "%Y-%m-%d")
    except ValueError as error:
        shown = given if given.strip() else repr(given)
        raise Wrong(
            f"{option.opts[0]} {shown}: write a year, month or day such as 2024, 2024-09 or 2024-09-17"
        ) from error
    return given
