"""The files that rules come in: where they lie, and what their bytes say."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from belopp.irregular import irregular
from belopp.rulebook.problems import BrokenRule

ACTORS: Final = "actors.csv"
AREAS: Final = "areas.csv"


def rules_folder() -> Path:
    """The folder of rules: inside the installed package, else the checkout's."""
    inside = Path(__file__).parents[1] / "rules"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "rules"


def check_files(folder: Path) -> None:
    """Every file that belopp itself came with must be there: the stages ask for their families by name."""
    shipped = sorted(path.name for path in rules_folder().iterdir() if path.suffix in (".toml", ".csv"))
    if missing := [name for name in shipped if not (folder / name).is_file()]:
        raise BrokenRule(f"{', '.join(missing)}: missing; copy what is missing from {rules_folder()}")


def read_bytes(path: Path) -> bytes:
    """A file's bytes."""
    if odd := irregular(path):
        raise BrokenRule(f"{path.name}: {odd}")
    try:
        return path.read_bytes()
    except OSError as error:
        raise BrokenRule(f"{path.name}: {error.strerror}; make it readable") from error


def read_text(path: Path) -> str:
    """A file's text, a byte order mark taken off, its lines ended by line feeds."""
    data = read_bytes(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BrokenRule(f"{path.name}: line {line}: not UTF-8; save the file as UTF-8") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")
