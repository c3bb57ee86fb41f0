"""A corpus one, ten or thirty times as large, as a Parquet file of documents that differ in their ids and sums.

    python benchmarks/enlarging.py ARCHIVE COPIES FILE.parquet

The columns are those that ``belopp run`` reads: ``doc``, ``text``, ``published``, ``title``, ``url``.  In each further
copy every sum has other digits, drawn by a seed: were they the same, each sum would be told thirty times over, and what
is measured would be one commitment's growth.  Words, dates and the digits' places stay as they were.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from peers import SCAN, SEED

COLUMNS: Final = ("doc", "text", "published", "title", "url")
# Documents to a row group, and so to a batch.
GROUP: Final = 2_000

Told = tuple[str, str, str, str, str]


def documents(archive: Path) -> Iterator[Told]:
    """The documents of a folder in the order of their ids, with what the indexes beside them say."""
    from belopp.read import index

    listed = index(archive)
    for path in sorted(archive.rglob("*.md")):
        doc = path.relative_to(archive).as_posix()
        about = listed.get(doc)
        published, title, url = (about.published, about.title, about.url) if about else ("", "", "")
        yield doc, path.read_bytes().decode("utf-8", "replace"), published, title, url


def copied(told: list[Told], copies: int, *, seed: int = SEED) -> Iterator[Told]:
    """The documents again and again, under ids that keep their order, each copy but the first with sums of its own.

    >>> for doc, text, *_ in copied([("a.md", "30,5 miljoner 2024", "", "", "")], 2):
    ...     print(doc, text)
    00/a.md 30,5 miljoner 2024
    01/a.md 20,6 miljoner 2024
    """
    chance = random.Random(seed)

    def other(found: re.Match[str]) -> str:
        """The sum with other digits; noughts stay, for round sums are round everywhere."""
        return re.sub("[1-9]", lambda _: chance.choice("123456789"), found[0])

    for number in range(copies):
        for doc, text, published, title, url in told:
            yield f"{number:02}/{doc}", SCAN.sub(other, text) if number else text, published, title, url


def main() -> None:
    """Write the file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    parser = argparse.ArgumentParser(description="A corpus several times as large, as Parquet.")
    parser.add_argument("archive", type=Path)
    parser.add_argument("copies", type=int)
    parser.add_argument("file", type=Path)
    asked = parser.parse_args()
    told = list(documents(asked.archive))
    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    with pq.ParquetWriter(asked.file, schema, compression="zstd") as writer:
        lines = copied(told, asked.copies)
        while group := list(itertools.islice(lines, GROUP)):
            writer.write_table(pa.table(dict(zip(COLUMNS, zip(*group, strict=True), strict=True)), schema=schema))


if __name__ == "__main__":
    main()
