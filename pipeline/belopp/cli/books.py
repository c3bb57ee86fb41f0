"""What the ledger's commands share: where the ledger is, its faults in one line, and money as people read it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Final

import click

from belopp.cli import Wrong

DEFAULT_DB: Final = "outputs/ledger.db"
DB: Final = click.option(
    "--db",
    default=DEFAULT_DB,
    show_default=True,
    metavar="DB",
    help="The ledger: a file of SQLite, or postgresql+psycopg://user@host/name.",
)


@contextmanager
def told() -> Iterator[None]:
    """Within, what is wrong with the ledger or the run ends the command with one line and status 2."""
    for name in ("sqlalchemy", "alembic"):
        if find_spec(name) is None:
            raise Wrong(f"{name} is not installed; the ledger needs it: pip install 'belopp[ledger]'")
    from belopp.ledger import LedgerError, NotARun
    from belopp.rulebook import BrokenRule

    try:
        yield
    except (LedgerError, NotARun, BrokenRule) as error:
        raise Wrong(str(error)) from error


def money(minor: int, currency: str) -> str:
    """Minor units as people read money, with its currency."""
    from belopp.ledger.money import digits

    return f"{digits(minor, currency)} {currency}"


def counted(number: int, thing: str, things: str = "") -> str:
    """A number with what it counts, in the plural where need be."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"
