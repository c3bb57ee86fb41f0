"""Label Studio: a JSON list of tasks with regions, choices and texts for each region, and relations.

Its offsets are code points, as ours; ``\\r\\n`` counts as two.  The labelling interface is written beside the tasks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from xml.sax.saxutils import quoteattr

from belopp.gold.exchange.marks import CELLS, CLOSED, OPEN, Mark, Marked, quoted
from belopp.gold.exchange.records import Record, json_lines, number, record, records, text
from belopp.model import POINTERS, VOCABULARIES

FILE: Final = "tasks.json"
INTERFACE: Final = "interface.xml"
_WRITTEN: Final = tuple(column for column in OPEN if column != "text")


def write(given: Iterable[Marked], out: Path) -> None:
    """Write the tasks and the labelling interface into the folder ``out``."""
    tasks = [
        {
            "id": number,
            "data": {"text": each.text, "doc": each.doc},
            "annotations": [{"result": [part for mark in each.marks for part in _results(mark)]}],
        }
        for number, each in enumerate(given, start=1)
    ]
    (out / FILE).write_text(json.dumps(tasks, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    (out / INTERFACE).write_text(interface(), encoding="utf-8", newline="\n")


def _results(mark: Mark) -> Iterator[dict[str, object]]:
    place: dict[str, object] = {"start": mark.start, "end": mark.end}
    region = {"id": mark.key, "from_name": "kind", "to_name": "text", "type": "labels", "origin": "manual"}
    yield {
        **region,
        "value": {**place, "text": mark.quote, "labels": [mark.kind]},
        "meta": {"belopp": dict(mark.cells)},
    }
    for column in CLOSED:
        if mark.cells.get(column):
            value = {**place, "text": mark.quote, "choices": [mark.cells[column]]}
            yield {**region, "from_name": column, "type": "choices", "value": value}
    for column in _WRITTEN:
        if mark.cells.get(column):
            yield {**region, "from_name": column, "type": "textarea", "value": {**place, "text": [mark.cells[column]]}}
    for column, key in zip(POINTERS, (mark.part_of, mark.same_as), strict=True):
        if key:
            yield {"type": "relation", "from_id": mark.key, "to_id": key, "direction": "right", "labels": [column]}


def interface() -> str:
    """The labelling interface for a project that takes the tasks."""
    lines = ["<View>", "  <Style>.htx-text{ white-space: pre-wrap; }</Style>", "  <Relations>"]
    lines += [f"    <Relation value={quoteattr(column)}/>" for column in POINTERS]
    lines += ["  </Relations>", '  <Labels name="kind" toName="text">']
    lines += [f"    <Label value={quoteattr(kind)}/>" for kind in sorted(VOCABULARIES["kind"])]
    lines += ["  </Labels>", '  <Text name="text" value="$text"/>']
    for column in CLOSED:
        words = "".join(f"<Choice value={quoteattr(word)}/>" for word in sorted(VOCABULARIES[column]))
        lines.append(f'  <Choices name="{column}" toName="text" perRegion="true" choice="single">{words}</Choices>')
    for column in _WRITTEN:
        about = f'toName="text" perRegion="true" editable="true" maxSubmissions="1" placeholder="{column}"'
        lines.append(f'  <TextArea name="{column}" {about}/>')
    return "\n".join([*lines, "</View>", ""])


def read(path: Path) -> Iterator[Marked]:
    """The tasks of an export (JSON): of each the last annotation that was not cancelled."""
    for task in json_lines(path / FILE if path.is_dir() else path):
        data = record(task.get("data"), path)
        doc = text(data, "doc", path)
        given = [each for each in records(task, "annotations", doc) if not each.get("was_cancelled")]
        results = records(given[-1], "result", doc) if given else []
        yield Marked(doc, text(data, "text", doc), tuple(_marks(results, text(data, "text", doc), doc)))


def _marks(results: list[Record], whole: str, doc: str) -> Iterator[Mark]:
    regions = [each for each in results if each.get("type") == "labels"]
    cells = _cells(results, doc)
    links = {
        (text(each, "from_id", doc), column): text(each, "to_id", doc)
        for each in results
        if each.get("type") == "relation"
        for column in _strings(each.get("labels"))
    }
    for region in regions:
        value, key = record(region.get("value"), doc), text(region, "id", doc)
        start, end = number(value, "start", doc), number(value, "end", doc)
        kind = "".join(_strings(value.get("labels"))[:1])
        yield Mark(
            key,
            start,
            end,
            quoted(whole, start, end, value.get("text")),
            kind,
            cells.get(key, {}),
            links.get((key, "part_of"), ""),
            links.get((key, "same_as"), ""),
        )


def _cells(results: list[Record], doc: str) -> dict[str, dict[str, str]]:
    """The cells of each region: what the reviewer chose and wrote, and links that lead outside the sheet."""
    found: dict[str, dict[str, str]] = {}
    for each in results:
        column, kind = each.get("from_name"), each.get("type")
        key = str(each.get("id") or "")
        if kind == "labels":
            told = each.get("meta")
            kept = told.get("belopp") if isinstance(told, dict) else None
            loose = {name: str(kept[name]) for name in POINTERS if name in kept} if isinstance(kept, dict) else {}
            found.setdefault(key, {}).update(loose)
        elif column in CELLS and kind in ("choices", "textarea"):
            value = record(each.get("value"), doc)
            found.setdefault(key, {})[str(column)] = "".join(
                _strings(value.get("choices" if kind == "choices" else "text"))[:1]
            )
    return found


def _strings(given: object) -> list[str]:
    if isinstance(given, str):
        return [given]
    return [each for each in given if isinstance(each, str)] if isinstance(given, list) else []
