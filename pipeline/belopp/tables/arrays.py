"""Columns of cells as Arrow arrays, built from their buffers: pyarrow's own way from a list imports all of pandas."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from belopp.tables.cells import Cell
from belopp.tables.columns import DIGITS, FRACTION, INTEGER, MONEY, TEXT

if TYPE_CHECKING:
    import pyarrow

_MONEY_BYTES: Final = 16


def arrow_type(kind: str) -> pyarrow.DataType:
    """The Arrow type of a column's type: string, int64 or decimal128(38, 6)."""
    import pyarrow as pa

    return {TEXT: pa.string(), INTEGER: pa.int64(), MONEY: pa.decimal128(DIGITS, FRACTION)}[kind]


def column_array(cells: Sequence[Cell], kind: str) -> pyarrow.Array:
    """The cells of one column, ``None`` for nothing; money is plain decimal text.

    >>> column_array(["a", "", "ö"], TEXT).to_pylist(), column_array([3, None], INTEGER).to_pylist()
    (['a', '', 'ö'], [3, None])
    >>> column_array(["0.05", "-7"], MONEY).to_pylist()
    [Decimal('0.050000'), Decimal('-7.000000')]
    """
    import pyarrow as pa

    nothing, known = _known(cells)
    if kind == TEXT:
        texts = ["" if cell is None else str(cell) for cell in cells] if nothing else list(map(str, cells))
        whole = "".join(texts)
        lengths = map(len, texts if whole.isascii() else map(str.encode, texts))
        buffers = [known, pa.py_buffer(offsets(lengths)), pa.py_buffer(whole.encode())]
    elif kind == INTEGER:
        buffers = [known, pa.py_buffer(array("q", (0 if cell is None else int(cell) for cell in cells)))]
    else:
        buffers = [known, pa.py_buffer(b"".join(map(_money, cells)))]
    return pa.Array.from_buffers(arrow_type(kind), len(cells), buffers, null_count=nothing)


def _known(cells: Sequence[Cell]) -> tuple[int, pyarrow.Buffer | None]:
    """How many cells hold nothing, and the bits of those that hold something; no bits where all do."""
    nothing = cells.count(None)
    if not nothing:
        return 0, None
    import pyarrow as pa

    bits = bytearray((len(cells) + 7) // 8)
    for place, cell in enumerate(cells):
        bits[place >> 3] |= (cell is not None) << (place & 7)
    return nothing, pa.py_buffer(bits)


def _money(cell: Cell) -> bytes:
    """Decimal text in units of the last place that the type has, as sixteen bytes."""
    units, _, fraction = str(cell or 0).partition(".")
    return int(units + fraction.ljust(FRACTION, "0")).to_bytes(_MONEY_BYTES, "little", signed=True)


def offsets(lengths: Sequence[int] | map[int]) -> array[int]:
    """Where each of some values that lie end to end begins, and where the last one ends."""
    return array("i", accumulate(lengths, initial=0))
