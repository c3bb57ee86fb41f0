"""What each table holds: its columns in order, their types, and what a cell may say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from belopp.model import VERDICTS, VOCABULARIES

TEXT: Final = "text"
INTEGER: Final = "integer"
MONEY: Final = "money"

# Parquet holds money as decimal128 of 38 digits, 6 of them after the point: öre, and the fractions of
# öre that prices for energy have ("4,55 öre per kWh"), beside 32 digits of kronor.
DIGITS: Final = 38
FRACTION: Final = 6

OK: Final = "ok"
EMPTY: Final = "empty"
QUARANTINED: Final = "quarantined"
# Flags of a document whose rows are a reviewer's, and of one whose text is another than the one reviewed.
REVIEWED: Final = "reviewed"
CHANGED: Final = "changed-since-review"

DATE: Final = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
COMMITMENT: Final = "c-[0-9a-f]{12}"
YEARS: Final = r"[0-9]{4}-?|-[0-9]{4}|[0-9]{4}-[0-9]{4}"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, type, meaning, and the bounds of what it holds."""

    name: str
    type: str
    about: str
    required: bool = False
    one_of: tuple[str, ...] = ()
    pattern: str = ""
    unique: bool = False


@dataclass(frozen=True, eq=False)  # there is one of each: to hash all its columns would cost at every look-up
class Table:
    """One table: the name of its file without the ending, what a row is, its columns and its key.

    ``parquet`` is the name of a file that holds the same rows, ``""`` when there is none.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    parquet: str = ""

    @property
    def file(self) -> str:
        """The name of the table's CSV file."""
        return f"{self.name}.csv"

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The columns' names in order."""
        return tuple(column.name for column in self.columns)


DOC: Final = Column("doc", TEXT, "The document's id: its path relative to the INPUT folder.", required=True)

CURRENCY: Final = Column("currency", TEXT, "ISO 4217 code.", required=True, pattern="[A-Z]{3}")
MODIFIER: Final = Column(
    "modifier",
    TEXT,
    "The hedge beside the number; empty when the sum is exact.",
    one_of=VOCABULARIES["modifier"],
)
CHANGE: Final = Column(
    "change",
    TEXT,
    "Whether the sum is added or taken away; empty for a level.",
    one_of=VOCABULARIES["change"],
)
PERIOD: Final = Column(
    "period",
    TEXT,
    "The year or years: 2022, 2024-2026, 2025|2026, 2026- or -2027.",
    pattern=rf"({YEARS})(\|({YEARS}))*",
)
PER: Final = Column(
    "per",
    TEXT,
    "The unit for which the sum recurs or counts.",
    one_of=VOCABULARIES["per"],
)

AMOUNTS: Final = Table(
    "amounts",
    "One row for each mention of a sum of money.",
    (
        DOC,
        Column("start", INTEGER, "Offset of the mention's first character in the document's text.", required=True),
        Column("end", INTEGER, "Offset after the mention's last character.", required=True),
        Column("text", TEXT, "The mention, verbatim.", required=True),
        Column("low", MONEY, "The sum, or the lower end of a range, in units of the currency.", required=True),
        Column("high", MONEY, "The sum, or the upper end of a range.", required=True),
        CURRENCY,
        MODIFIER,
        Column(
            "kind",
            TEXT,
            "Money that someone gives, the price for one unit, or anything else.",
            required=True,
            one_of=VOCABULARIES["kind"],
        ),
        CHANGE,
        Column("status", TEXT, "How certain the funding is.", one_of=VOCABULARIES["status"]),
        Column("payer", TEXT, "Whose money it is; several joined by |."),
        Column("recipient", TEXT, "Who receives it; several joined by |."),
        Column("area", TEXT, "What the money is for, in words of the text."),
        PERIOD,
        PER,
        Column(
            "vat", TEXT, "Whether value added tax is in the sum, when the text says so.", one_of=VOCABULARIES["vat"]
        ),
        Column("part_of", INTEGER, "The start of the total that this sum is a stated component of."),
        Column("same_as", INTEGER, "The start of the first mention of this same money."),
        Column("amount_id", TEXT, "doc:start-end.", required=True, unique=True),
        Column("check", TEXT, "The best verdict of the arithmetic that the sum takes part in.", one_of=VERDICTS),
        Column(
            "role",
            TEXT,
            "Whether the sum is broken down, a component, both or neither.",
            required=True,
            one_of=("total", "subtotal", "part", "single"),
        ),
        Column(
            "commitment_id",
            TEXT,
            "The commitment that the sum is: the same money in every publication; empty unless it is funding.",
            pattern=COMMITMENT,
        ),
        Column("sentence", TEXT, "The sentence that states the sum, on one line.", required=True),
        Column("title", TEXT, "The document's title."),
        Column("published", TEXT, "The publication date, to the precision known.", pattern=DATE),
        Column("url", TEXT, "The document's address."),
        Column("page", INTEGER, "The page of a paged document, from 1."),
        Column("flags", TEXT, "What was odd about reading the document or the sum; several joined by |."),
        Column("doc_sha256", TEXT, "SHA-256 of the document's bytes.", required=True, pattern="[0-9a-f]{64}"),
    ),
    ("amount_id",),
    "amounts.parquet",
)

DOCUMENTS: Final = Table(
    "documents",
    "One row for each document, also those without sums and those that could not be read.",
    (
        Column(DOC.name, DOC.type, DOC.about, required=True, unique=True),
        Column(
            "status",
            TEXT,
            "ok; empty: no text in it; quarantined: not read to the end, see stage and reason.",
            required=True,
            one_of=(OK, EMPTY, QUARANTINED),
        ),
        Column("sums", INTEGER, "Number of rows in amounts; not known of a quarantined document."),
        Column(
            "stage",
            TEXT,
            "Where it failed; list: it is a folder that cannot be listed, its documents unknown.",
            one_of=("list", "read", "find", "describe", "link", "check", "write"),
        ),
        Column("reason", TEXT, "Why it failed."),
        Column("format", TEXT, "The format it was read as; of a quarantined one, what its bytes look like."),
        Column("flags", TEXT, "What was odd about reading it; several joined by |."),
        Column(
            "sha256", TEXT, "SHA-256 of its bytes; not known of one that could not be opened.", pattern="[0-9a-f]{64}"
        ),
        Column("published", TEXT, "The publication date, to the precision known.", pattern=DATE),
        Column("title", TEXT, "Its title."),
        Column("url", TEXT, "Its address."),
    ),
    ("doc",),
)

CHECKS: Final = Table(
    "checks",
    "One row for each breakdown of a stated total: do the parts add up?",
    (
        DOC,
        Column("total", INTEGER, "The start of the total.", required=True),
        Column("parts", TEXT, "The starts of the parts, joined by |.", required=True, pattern=r"[0-9]+(\|[0-9]+)*"),
        Column(
            "breakdown",
            TEXT,
            "What the parts differ in; empty for a single part, or when nothing tells them apart.",
            one_of=("area", "payer", "recipient", "year"),
        ),
        Column("stated", MONEY, "The total as stated.", required=True),
        Column("summed", MONEY, "The sum of the parts.", required=True),
        Column("difference", MONEY, "Stated less summed.", required=True),
        Column("verdict", TEXT, "What the arithmetic says.", required=True, one_of=VERDICTS),
        Column("mend", INTEGER, "The start of the one sum whose misprint would explain why it does not add up."),
        Column("mended", MONEY, "The value of that sum with which it would add up."),
    ),
    ("doc", "total", "parts", "breakdown"),
)

REASONS: Final = Table(
    "reasons",
    "Why a column of a row holds what it holds: one row for each rule or cue that decided.",
    (
        DOC,
        Column("start", INTEGER, "The start of the mention.", required=True),
        Column("column", TEXT, "The column decided.", required=True),
        Column("rule", TEXT, "The rule that decided.", required=True),
        Column("cue_start", INTEGER, "Offset of the cue's first character; empty when the rule has no cue."),
        Column("cue_end", INTEGER, "Offset after the cue's last character."),
        Column("cue", TEXT, "The cue, verbatim."),
    ),
    (),
)

COMMITMENTS: Final = Table(
    "commitments",
    "One row for each commitment: the same money, whichever publications tell of it.",
    (
        Column(
            "commitment_id",
            TEXT,
            "The same in every run that knows the publication which told of it first.",
            required=True,
            pattern=COMMITMENT,
            unique=True,
        ),
        Column("area", TEXT, "What the money is for: the canonical area of areas.csv, or the words of the text."),
        Column("expenditure_area", INTEGER, "The state budget's expenditure area, 1 to 27, as areas.csv has it."),
        PERIOD,
        Column("payer", TEXT, "Whose money it is; several joined by |."),
        Column("recipient", TEXT, "Who receives it; several joined by |."),
        Column("low", MONEY, "The sum at its most exact statement, or the lower end of a range.", required=True),
        Column("high", MONEY, "The sum at its most exact statement, or the upper end of a range.", required=True),
        CURRENCY,
        MODIFIER,
        CHANGE,
        Column("status", TEXT, "How far it has come in any publication.", required=True, one_of=VOCABULARIES["status"]),
        PER,
        Column("amount_id", TEXT, "The most exact statement of it.", required=True, unique=True),
        Column("sources", TEXT, "Every sum that states it, by amount_id, joined by |.", required=True),
        Column("documents", INTEGER, "How many publications tell of it.", required=True),
        Column("first_seen", TEXT, "The first of their publication dates, to the precision known.", pattern=DATE),
        Column("last_seen", TEXT, "The last of their publication dates.", pattern=DATE),
        Column("parent", TEXT, "The commitment that it is part of, the tightest one stated.", pattern=COMMITMENT),
        Column("disagreement", TEXT, "What its sources say differently, in words; empty when nothing."),
        Column(
            "also_in",
            TEXT,
            "Other commitments that publications count it in, joined by |.",
            pattern=rf"{COMMITMENT}(\|{COMMITMENT})*",
        ),
    ),
    ("commitment_id",),
    "commitments.parquet",
)

TABLES: Final = (AMOUNTS, DOCUMENTS, CHECKS, COMMITMENTS, REASONS)


def places(table: Table, *names: str) -> tuple[int, ...]:
    """The positions of columns in a table's lines.

    >>> places(AMOUNTS, "doc", "text")
    (0, 3)
    """
    return tuple(map(table.names.index, names))
