"""The ledger: what publications promise, posted once, appended only, and proved by a chain of hashes.

``plan`` says what is to be posted and needs no database; the rest take ``db``, a path or
``postgresql+psycopg://…``, and need SQLAlchemy and Alembic (``pip install 'belopp[ledger]'``).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from belopp.ledger.labelled import from_rows, labelled_rows
    from belopp.ledger.money import to_major, to_minor
    from belopp.ledger.planning import Assertion, Planned, Posting, plan, total_posted
    from belopp.ledger.posting import Posted, post
    from belopp.ledger.problems import LedgerError, NotARun
    from belopp.ledger.reading import Status, Step, Total, history, status
    from belopp.ledger.runs import kept_heads, read_run
    from belopp.ledger.statements import Material, Publication, Statement, material
    from belopp.ledger.verifying import Verdict, verify

_WHERE: Final = {
    "Assertion": "planning", "LedgerError": "problems", "Material": "statements", "NotARun": "problems",
    "Planned": "planning", "Posted": "posting", "Posting": "planning", "Publication": "statements",
    "Statement": "statements", "Status": "reading", "Step": "reading", "Total": "reading",
    "Verdict": "verifying", "from_rows": "labelled", "history": "reading", "kept_heads": "runs",
    "labelled_rows": "labelled",
    "material": "statements", "plan": "planning", "post": "posting", "read_run": "runs", "status": "reading",
    "to_major": "money", "to_minor": "money", "total_posted": "planning", "verify": "verifying",
}  # fmt: skip

__all__ = [
    "Assertion", "LedgerError", "Material", "NotARun", "Planned", "Posted", "Posting", "Publication", "Statement",
    "Status", "Step", "Total", "Verdict", "from_rows", "history", "kept_heads", "labelled_rows", "material", "plan",
    "post", "read_run", "status", "to_major", "to_minor", "total_posted", "verify",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """A name of the face, from its module: planning must not wait for a database's library."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
