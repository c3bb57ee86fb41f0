"""Export the ledger: one file, written beside its name and given it when it is whole."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from belopp.ledger.export_books import Books, read_books
from belopp.ledger.export_journals import write_beancount, write_hledger
from belopp.ledger.export_sheets import write_csv, write_xlsx
from belopp.ledger.export_typed import write_duckdb, write_parquet
from belopp.ledger.problems import LedgerError
from belopp.ledger.reading import Total

FORMS: Final = ("csv", "xlsx", "parquet", "beancount", "hledger", "duckdb")
_WHOLE: Final[dict[str, Callable[[Books, Path], tuple[str, ...]]]] = {
    "xlsx": write_xlsx, "beancount": write_beancount, "hledger": write_hledger, "duckdb": write_duckdb,
}  # fmt: skip
_NEEDED: Final = {"xlsx": "openpyxl", "duckdb": "duckdb"}


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export came to: the ledger's head and totals at that moment, and what is to be told of the file."""

    ledger: str
    head: str
    postings: int
    totals: tuple[Total, ...]
    told: tuple[str, ...]


def export(
    db: str, *, form: str, out: Path, table: str = "postings", dialect: str = "", history: bool = False
) -> Exported:
    """Write the ledger at ``db`` to the file ``out`` as one of :data:`FORMS`.

    What counts now is exported; with ``history`` every version of it.  ``table`` is which of
    :data:`belopp.ledger.export_tables.SHEETS` a CSV or Parquet file holds, ``dialect`` one of
    :data:`belopp.ledger.export_sheets.DIALECTS`.  A file of that name is replaced, at the end and at once.
    Raises :class:`LedgerError`; ``out`` is then as it was.
    """
    needed = _NEEDED.get(form)
    if needed and find_spec(needed) is None:
        raise LedgerError(f"{needed} is not installed; --as {form} needs it: pip install 'belopp[export]'")
    with _staged(out) as staged:
        books = read_books(db, history=history)
        if form == "csv":
            told = write_csv(books, staged, table=table, dialect=dialect)
        elif form == "parquet":
            told = write_parquet(books, staged, table=table)
        else:
            told = _WHOLE[form](books, staged)
    return Exported(books.ledger.ledger, books.ledger.hash, len(books.postings), books.totals, told)


@contextmanager
def _staged(out: Path) -> Iterator[Path]:
    """A file in a folder of its own beside ``out`` that takes its name at the end, or is gone as if it never was."""
    if out.is_dir():
        raise LedgerError(f"{out}: it is a folder; give --out the name of a file")
    folder = None
    try:
        folder = Path(tempfile.mkdtemp(prefix=f".{out.name[:60]}.", dir=out.parent))
        staged = folder / f"{secrets.token_hex(4)}{out.suffix}"
        yield staged
        with staged.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(staged, out)
    except OSError as error:
        cause = error.strerror or str(error)
        raise LedgerError(
            f"{out}: {cause}; give --out in a folder that is there, can be written to and has room; nothing was written"
        ) from error
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
