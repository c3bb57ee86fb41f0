"""The folder of a run as the ledger reads it: its tables, whether they belong together, and the heads kept in it."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from belopp.ledger.problems import NotARun
from belopp.ledger.statements import Cells, Material, material
from belopp.model import FUNDING
from belopp.tables import LOCK, PACKAGE, QUARANTINED, REVIEWED, RUN, read_csv, run_name

AMOUNTS: Final = "amounts.csv"
DOCUMENTS: Final = "documents.csv"
CHECKS: Final = "checks.csv"
COMMITMENTS: Final = "commitments.csv"
HEADS: Final = "ledgers"
LOCK_SECONDS: Final = 5.0
_HEX: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Run:
    """What a finished run has to post, and what it says of itself; ``name`` is its folder's, with the one above.

    ``unread`` are the ids of the documents that it could not read, ``reviewed`` of those with a reviewer's rows.
    """

    name: str
    digest: str
    belopp: str
    rules: str
    material: Material
    unread: frozenset[str] = frozenset()
    reviewed: frozenset[str] = frozenset()


def read_run(folder: Path) -> Run:
    """The run in ``folder``.

    Raises :class:`NotARun` when tables are missing, do not belong together, or have funding without commitments.
    """
    about = _about(folder)
    digest = _digest(folder)
    try:
        documents = list(_lines(folder, DOCUMENTS))
        unread = frozenset(line["doc"] for line in documents if line["status"] == QUARANTINED)
        reviewed = frozenset(line["doc"] for line in documents if REVIEWED in line.get("flags", "").split("|"))
        found = material(
            _lines(folder, AMOUNTS),
            documents=documents,
            checks=_lines(folder, CHECKS),
            commitments=_lines(folder, COMMITMENTS) if (folder / COMMITMENTS).is_file() else (),
        )
    except KeyError as error:
        raise NotARun(f"{folder}: a table lacks the column {error}; run belopp run again with this version") from error
    if not found.statements and found.counts.get(FUNDING):
        raise NotARun(f"{folder / AMOUNTS}: no row has a commitment_id; run belopp run again with this version")
    belopp, rules = str(about.get("belopp", "")), str(about.get("rules", ""))
    return Run(run_name(folder), digest, belopp, rules, found, unread, reviewed)


def _lines(folder: Path, name: str) -> Iterator[Cells]:
    try:
        yield from read_csv(folder / name)
    except OSError as error:
        raise NotARun(f"{folder / name}: {error.strerror}; give the --out folder of a finished belopp run") from error


def _about(folder: Path) -> Mapping[str, object]:
    try:
        about = json.loads((folder / RUN).read_text(encoding="utf-8"))
    except OSError as error:
        raise NotARun(f"{folder / RUN}: {error.strerror}; give the --out folder of a finished belopp run") from error
    except ValueError as error:
        raise NotARun(f"{folder / RUN}: {error}; run belopp run again") from error
    if not isinstance(about, dict):
        raise NotARun(f"{folder / RUN}: not what belopp run writes; run belopp run again")
    return about


def _digest(folder: Path) -> str:
    """The digest of all tables, each held against what the run says of it: no half of one run is posted."""
    try:
        package = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
        said = {resource["path"]: resource["hash"] for resource in package["resources"]}
        for name in (AMOUNTS, DOCUMENTS, CHECKS, COMMITMENTS):
            if name not in said:
                continue
            with (folder / name).open("rb") as file:
                found = f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
            if found != said[name]:
                raise NotARun(
                    f"{folder / name}: it is not the table that {PACKAGE} tells of (edited, or a run is writing "
                    "there); wait for the run, or run belopp run again"
                )
    except (OSError, ValueError, KeyError, TypeError) as error:
        if isinstance(error, NotARun):
            raise
        raise NotARun(f"{folder / PACKAGE}: {error}; give the --out folder of a finished belopp run") from error
    return hashlib.sha256("".join(f"{name} {said[name]}\n" for name in sorted(said)).encode()).hexdigest()


def kept_heads(folder: Path) -> Mapping[str, Mapping[str, object]]:
    """By ledger: the head that a post left in the run's ``run.json``."""
    heads = _about(folder).get(HEADS, {})
    return heads if isinstance(heads, dict) else {}


def keep_head(folder: Path, ledger: str, batch: int, head: str) -> None:
    """Leave the ledger's head in ``run.json``, outside the database; later runs there keep it.

    Raises ``OSError`` when it cannot be written, and :class:`NotARun` when the folder holds no run any longer.
    """
    with _alone(folder):
        kept, ours = kept_heads(folder), {"batch": batch, "head": head}
        if kept.get(ledger) != ours:
            _replace(folder, {**_about(folder), HEADS: {**kept, ledger: ours}})


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the lock that a run holds while it writes the folder; one at work is not waited for to its end."""
    with (folder / LOCK).open("a", encoding="utf-8") as file:
        until = time.monotonic() + LOCK_SECONDS
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)
        yield


def _replace(folder: Path, about: Mapping[str, object]) -> None:
    staged = folder / f".{RUN}.{os.getpid()}"
    try:
        with staged.open("w", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(about, ensure_ascii=False, indent=2) + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(staged, folder / RUN)
    finally:
        staged.unlink(missing_ok=True)


def is_head(text: str) -> bool:
    """Whether a text can be a head: 64 hexadecimal digits."""
    return _HEX.fullmatch(text) is not None
