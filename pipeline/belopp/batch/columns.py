"""Documents as columns of Arrow record batches: what an engine hands in and ``belopp pack`` writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from belopp.batch.problems import WrongInput
from belopp.read import day_of

if TYPE_CHECKING:
    import pyarrow

# What a document is known by; of the two that hold it, one is enough.
ABOUT: Final = ("doc", "published", "title", "url")
TEXT: Final = "text"
CONTENT: Final = "content"
NAMELESS: Final = "the row has no doc; give each document an id of its own"


def nameless(sha256: str) -> str:
    """The id of a document that was given none."""
    return f"nameless/{sha256}"


def packed_schema() -> pyarrow.Schema:
    """The Arrow schema of packed documents: exactly one of ``text`` and ``content`` holds one."""
    import pyarrow as pa

    texts = [pa.field(name, pa.string(), nullable=name != "doc") for name in ("doc", TEXT)]
    about = [pa.field(name, pa.string()) for name in ABOUT[1:]]
    return pa.schema([*texts, pa.field(CONTENT, pa.binary()), *about])


def refuse_others(names: Iterable[str], where: str = "the batch") -> None:
    """Raise :class:`WrongInput` for columns that hold no documents."""
    given = list(names)
    if "doc" not in given:
        raise WrongInput(f"{where} has no column doc, but {', '.join(given)}; give each document an id")
    if TEXT not in given and CONTENT not in given:
        raise WrongInput(f"{where} has neither text nor content, but {', '.join(given)}; give the documents in one")


def abouts(batch: pyarrow.RecordBatch) -> Iterator[tuple[str, ...]]:
    """What each row of a batch says of its document, in the order of ``ABOUT``; nothing is ``""``.

    Dates are as an index's are: of a time its day, of what is no date nothing.
    """
    docs, published, *others = (_texts(batch, name) for name in ABOUT)
    return zip(docs, map(day_of, published), *others, strict=True)


def _texts(batch: pyarrow.RecordBatch, name: str) -> Iterator[str]:
    import pyarrow as pa

    if name not in batch.schema.names:
        return iter([""] * batch.num_rows)
    # By way of bytes, for not every engine sees to it that a text is UTF-8.
    cells = batch.column(name).cast(pa.string()).cast(pa.binary())
    return ("" if cell is None else cell.decode("utf-8", "backslashreplace") for cell in cells.to_pylist())


def contents(batch: pyarrow.RecordBatch) -> Iterator[pyarrow.Scalar | None]:
    """The bytes of each document, not yet taken out of the batch: its content where there is any, else its text."""
    import pyarrow as pa

    given = [batch.column(name).cast(pa.binary()) for name in (CONTENT, TEXT) if name in batch.schema.names]
    for cells in zip(*given, strict=True):
        yield next((cell for cell in cells if cell.is_valid), None)
