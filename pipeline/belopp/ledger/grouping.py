"""The same money across runs: what the ledger holds and what a run brings are grouped together, as one run would."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from belopp import rulebook
from belopp.commitments import Commitments
from belopp.ledger import books
from belopp.ledger.money import to_major
from belopp.ledger.publications import Stated
from belopp.ledger.runs import Run
from belopp.ledger.statements import Publication, Statement
from belopp.model import FUNDING
from belopp.rulebook import Rulebook
from belopp.tables import AMOUNTS, COMMITMENTS, Line, decimal_text, places

_PLACE: Final = dict(zip(AMOUNTS.names, range(len(AMOUNTS.names)), strict=True))
(_ID,) = places(AMOUNTS, "commitment_id")
_NAME, _AREA, _FIGURE = places(COMMITMENTS, "commitment_id", "area", "expenditure_area")
_AS_STATED: Final = (
    "doc", "start", "end", "text", "currency", "modifier", "change", "status", "payer", "recipient", "area", "period",
    "per", "part_of", "same_as", "sentence",
)  # fmt: skip


def rules_of(run: Run) -> Rulebook | None:
    """The rules that made a run, when they are those at hand; others may group otherwise."""
    book = rulebook.load()
    return book if book.digest == run.rules else None


def beside(connection: Connection, run: Run, absent: Iterable[str], book: Rulebook) -> tuple[Run, list[Stated]]:
    """The run, and those of the ``absent`` publications that this changes, their statements grouped together.

    ``absent`` are the ids of the publications that the ledger counts and the run does not hold.
    """
    wanted = set(absent)
    held = {doc: publication for doc, publication in books.about(connection).items() if doc in wanted}
    before = _by_document(one for one in books.statements(connection, without={}) if one.doc in wanted)
    brought = _by_document(run.material.statements)
    about = {**held, **{publication.doc: publication for publication in run.material.publications}}
    after = regrouped({**before, **brought}, about, book)
    found = tuple(one for doc in brought for one in after[doc])
    changed = [(held[doc], after[doc]) for doc in sorted(before) if after[doc] != before[doc]]
    return replace(run, material=replace(run.material, statements=found)), changed


def regrouped(
    stated: Mapping[str, list[Statement]], about: Mapping[str, Publication], book: Rulebook
) -> dict[str, list[Statement]]:
    """By document the statements with the commitments that they are of when all of them are grouped together."""
    with Commitments(book) as commitments:
        lines = {doc: [_line(one, about[doc]) for one in stated[doc]] for doc in sorted(stated)}
        for document in lines.values():
            commitments.add(document)
        commitments.settle()
        told = {str(line[_NAME]): line for line in commitments.lines()}
        return {
            doc: [
                _of(one, told[str(line[_ID])]) for one, line in zip(stated[doc], commitments.filled(kept), strict=True)
            ]
            for doc, kept in lines.items()
        }


def _by_document(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = {}
    for one in statements:
        found.setdefault(one.doc, []).append(one)
    return {doc: sorted(said, key=lambda one: one.start) for doc, said in found.items()}


def _line(one: Statement, publication: Publication) -> Line:
    """The line of ``amounts`` that a statement was made of, as far as grouping reads it."""
    cells: list[str | int | None] = [""] * len(AMOUNTS.names)
    for name in _AS_STATED:
        cells[_PLACE[name]] = getattr(one, name)
    cells[_PLACE["kind"]] = FUNDING
    cells[_PLACE["low"]] = decimal_text(to_major(one.low, one.currency))
    cells[_PLACE["high"]] = decimal_text(to_major(one.high, one.currency))
    cells[_PLACE["title"]], cells[_PLACE["published"]] = publication.title, publication.published
    return tuple(cells)


def _of(one: Statement, commitment: Line) -> Statement:
    return replace(
        one,
        commitment_id=str(commitment[_NAME]),
        canonical=str(commitment[_AREA] or ""),
        expenditure_area=str(commitment[_FIGURE] or ""),
    )
