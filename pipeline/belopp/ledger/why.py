"""Why the ledger has an entry: a publication that is new or read otherwise, and what that changes of a commitment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from belopp.ledger.books import Known
from belopp.ledger.chain import Cell
from belopp.ledger.money import digits
from belopp.ledger.runs import Run
from belopp.ledger.schema import VERSIONS
from belopp.ledger.statements import Publication

# The columns of a version that say how the commitment stands.
CONTENT: Final = tuple(column.name for column in VERSIONS.columns)[6:-2]
# What a reader wants to know of a change, in this order.
_TOLD: Final = (
    "status", "low", "high", "currency", "period", "payer", "recipient", "area", "state", "parent", "change",
)  # fmt: skip
_SUMS: Final = ("low", "high")


def why_entered(publication: Publication, before: Known | None, run: Run) -> str:
    """Why a publication that the run holds is entered, again or for the first time."""
    if before is None:
        return f"new publication {publication.doc}"
    if before.sha256 != publication.sha256:
        return f"corrected publication {publication.doc} ({before.sha256[:12]} → {publication.sha256[:12]})"
    if not before.statements:
        return f"publication {publication.doc} again"
    if publication.doc in run.reviewed:
        return f"{publication.doc} as reviewed"
    if before.rules != run.rules:
        return f"other rules for {publication.doc} ({before.rules[:12]} → {run.rules[:12]})"
    return f"{publication.doc} read or grouped otherwise"


def why_changed(old: tuple[Cell, ...] | None, new: tuple[Cell, ...], whys: Mapping[str, str], *, horizon: bool) -> str:
    """Why a version is added: which publication, and what it changed."""
    before = dict(zip(CONTENT, old or (), strict=False))
    after = dict(zip(CONTENT, new, strict=True))
    sources = [*str(after["sources"]).split("|"), *str(before.get("sources", "")).split("|")]
    docs = dict.fromkeys(source.rpartition(":")[0] for source in sources if source)
    causes = [whys[doc] for doc in docs if doc in whys]
    if not causes:
        causes = ["other horizon" if horizon else "what it is part of has changed"]
    if old is None:
        return causes[0]
    said = [
        f"{name} {_written(name, before)} → {_written(name, after)}" for name in _TOLD if before[name] != after[name]
    ]
    return "; ".join([*causes[:3], *said])


def _written(name: str, version: Mapping[str, Cell]) -> str:
    """A cell as people read it: sums in kronor, not in öre."""
    cell = version[name]
    return digits(cell, str(version["currency"])) if name in _SUMS and isinstance(cell, int) else str(cell or "∅")
