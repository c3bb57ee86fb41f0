"""The JSON that other tools read and write; of what they wrote every part is held to the shape it must have."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from belopp.gold.problems import GoldError

Record = Mapping[str, object]


def read_text(path: Path, *, encoding: str = "utf-8-sig") -> str:
    """A file's text, line ends and all."""
    try:
        with path.open(encoding=encoding, newline="") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        cause = error.strerror or error if isinstance(error, OSError) else error
        raise GoldError(f"{path}: {cause}; give the file that the tool exported") from error


def write_json_lines(objects: Iterable[Record], path: Path) -> None:
    """Write a file of JSON lines, one an object."""
    lines = [json.dumps(each, ensure_ascii=False) + "\n" for each in objects]
    path.write_text("".join(lines), encoding="utf-8", newline="\n")


def json_lines(path: Path) -> Iterator[Record]:
    """The objects of a file of JSON lines, or of one JSON list."""
    text = read_text(path).strip()
    try:
        told = (
            json.loads(text)
            if text.startswith("[")
            else [json.loads(line) for line in text.split("\n") if line.strip()]
        )
    except (ValueError, RecursionError) as error:
        raise GoldError(f"{path}: no JSON ({error}); export it anew") from error
    for each in told:
        yield record(each, path)


def record(given: object, where: object) -> Record:
    """An object.  Raises :class:`GoldError` for anything else, as the following do."""
    if not isinstance(given, dict):
        raise GoldError(f"{where}: {str(given)[:40]!r} stands where an object should; export it anew")
    return given


def records(given: Record, name: str, where: object) -> list[Record]:
    """The objects in the list ``name``; none when there is no such list."""
    listed = given.get(name) or []
    if not isinstance(listed, list):
        raise GoldError(f"{where}: {name} is no list; export it anew")
    return [record(each, where) for each in listed]


def text(given: Record, name: str, where: object) -> str:
    """The text under ``name``."""
    told = given.get(name)
    if not isinstance(told, str):
        raise GoldError(f"{where}: {name} is no text; export it anew")
    return told


def number(given: Record, name: str, where: object) -> int:
    """The whole number under ``name``, which some tools write as text."""
    told = given.get(name)
    if isinstance(told, bool) or not isinstance(told, (int, str)) or not str(told).isdecimal():
        raise GoldError(f"{where}: {name} is no offset; export it anew")
    return int(told)
