"""The report: one HTML file with its own style, no script, and nothing to fetch; it opens from the disk."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

from belopp.gold.problems import GoldError
from belopp.gold.publications import Publications
from belopp.model import Document
from belopp.report.changes import changes
from belopp.report.flows import flows
from belopp.report.funds import funds
from belopp.report.loading import Line, Places, Run, load, money
from belopp.report.markup import Html, element, join, link, listing, text
from belopp.report.scores import confusions, scores
from belopp.report.texts import Highlight, publication
from belopp.report.trees import DOUBTED, trees, verdicts
from belopp.report.words import Say, speaking
from belopp.report.years import years
from belopp.score import ROUNDS, Comparison, Sheet, compare
from belopp.score.changes import LOST, differences
from belopp.tables import QUARANTINED, run_name

PUBLICATIONS: Final = 300
_MANY: Final = 100

Section = tuple[str, str, Html]


def report(
    run: Path,
    *,
    gold: Sheet | None = None,
    against: Sheet | None = None,
    sheet: Sheet | None = None,
    earlier: Path | None = None,
    docs: frozenset[str] | None = None,
    language: str = "en",
    most: int = PUBLICATIONS,
    rounds: int = ROUNDS,
) -> str:
    """The report on the run in the folder ``run``, as HTML.

    ``sheet`` are the run's own rows, needed to compare them: with the ``gold`` (of ``docs``, if given) and with the
    rows of another run, ``against``, whose folder is ``earlier``.  The texts of ``most`` publications are shown, those
    in doubt first.  Raises :class:`NotARun`, and :class:`NeedsReview` without the libraries that draw.
    """
    say, loaded, places = speaking(language), load(run), Places()
    for line in loaded.documents:
        places.publication(line["doc"])
        places.titles[line["doc"]] = line["title"]
    golden = compare(gold, sheet, docs=docs) if gold and sheet else None
    since = compare(against, sheet) if against and sheet else None
    held = _compared(golden, since, places, say, rounds, listed=docs is not None)
    sections = [*held, *_told(loaded, places, say, most)]
    extra = _lost(golden, "missed", say("in the gold, not in the run"))
    for doc, highlights in _lost(since, "before", say("lost")).items():
        extra.setdefault(doc, []).extend(highlights)
    texts = [Publications(folder) for folder in (run, earlier) if folder]
    sections.append(("publications", say("Publications"), _publications(loaded, extra, texts, places, say, most)))
    return _page(loaded, sections, say, language)


def _compared(
    golden: Comparison | None, earlier: Comparison | None, places: Places, say: Say, rounds: int, *, listed: bool
) -> Iterable[Section]:
    if golden:
        figures = scores(golden, say, rounds=rounds, listed=listed)
        yield "scores", f"{say('Scores')} {say('against the gold')}", figures
        about = element("p", say("Rows of the table say what the gold has, columns what the run has."), class_="note")
        tables = element("div", confusions(golden, places, say), class_="cards")
        yield "confusion", say("Confusion"), join([about, tables])
        yield "from-gold", say("Difference from the gold"), changes(golden, places, say)
    if earlier:
        yield "from-run", say("Difference from the other run"), changes(earlier, places, say)


def _told(run: Run, places: Places, say: Say, most: int) -> Iterable[Section]:
    drawn, foreign = funds(run)
    about = say("Sums in kronor that are no part of another; a range counts with its lower end.")
    left_out = say("Sums in other currencies that are left out: {}.").format(money(foreign, say))
    note = element("p", f"{about} {left_out}" if foreign else about, class_="note")
    yield "verdicts", say("Verdicts"), verdicts(run, places, say)
    yield "trees", say("Sum trees"), trees(run, places, say, most=most)
    yield "flows", say("Who pays whom, for what"), join([note, flows(drawn, places, say)])
    yield "years", say("Years"), join([note, years(drawn, places, say)])
    yield "quarantine", say("Quarantined documents"), _quarantined(run, say)


def _quarantined(run: Run, say: Say) -> Html:
    rows = [
        [element("td", line["doc"], class_="doc"), line["stage"], line["reason"]]
        for line in run.documents
        if line["status"] == QUARANTINED
    ]
    return listing([say("Document"), say("Stage"), say("Reason")], rows) if rows else element("p", say("None."))


def _lost(comparison: Comparison | None, kind: str, said: str) -> dict[str, list[Highlight]]:
    """By document: the rows that only the other sheet has, to be marked in the text."""
    found: dict[str, list[Highlight]] = defaultdict(list)
    if comparison:
        for each in differences(comparison, kinds=(LOST,)).changes:
            found[each.doc].append(Highlight(each.start, each.end, kind, f"{each.text} ({said})"))
    return found


# ----------------------------------------------------------------------------------------- publications


def _publications(
    run: Run,
    extra: Mapping[str, Sequence[Highlight]],
    texts: Sequence[Publications],
    places: Places,
    say: Say,
    most: int,
) -> Html:
    """The publications with sums, in the order of doubt: the first with their texts, the others with sentences."""
    rows: dict[str, list[Line]] = defaultdict(list)
    for line in run.amounts:
        rows[line["doc"]].append(line)
    known = {line["doc"]: line for line in run.documents}
    lines = [known.get(doc, _unknown(doc)) for doc in {**rows, **extra}]
    doubt = _doubt(run, extra)
    lines.sort(key=lambda line: (doubt.get(line["doc"], len(DOUBTED)), line["doc"]))
    told = []
    for at, line in enumerate(lines):
        doc = line["doc"]
        document, why = _text(texts, doc, rows[doc], say) if at < most else (None, "")
        told.append(publication(line, rows[doc], extra.get(doc, ()), document, why, places, say, whole=at < most))
    if len(lines) > most:
        note = say("Only the sentences are shown of the publications beyond the first {}.").format(money(most, say))
        told.insert(0, element("p", note, class_="note"))
    many = len(lines) > _MANY  # the browser then lays out what comes into view
    return element("div", *told, class_="many" if many else None) if told else element("p", say("None."))


def _unknown(doc: str) -> Line:
    """A document that only the other sheet has rows of."""
    return {"doc": doc, "title": "", "published": "", "url": ""}


def _doubt(run: Run, extra: Iterable[str]) -> dict[str, int]:
    """How soon each document is to be looked at: what is contradicted, then what differs, then what is left over."""
    found = dict.fromkeys(extra, 1)
    for line in run.checks:
        found[line["doc"]] = min(found.get(line["doc"], len(DOUBTED)), DOUBTED.index(line["verdict"]))
    return found


def _text(texts: Sequence[Publications], doc: str, rows: Sequence[Line], say: Say) -> tuple[Document | None, str]:
    """The publication, of the first who have it, if it still reads as it did in the run, or why not."""
    for source in texts:
        try:
            document = source.document(doc)
        except GoldError:
            continue
        if any(document.text[int(row["start"]) : int(row["end"])] != row["text"] for row in rows):
            return None, say("The text has changed since the run; these are the sentences.")
        return document, ""
    return None, say("The text is not at hand; these are the sentences.")


# ------------------------------------------------------------------------------------------------- page


def _page(run: Run, sections: Sequence[Section], say: Say, language: str) -> str:
    style = files("belopp.report").joinpath("style.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = f"belopp · {say('Report')}"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", title),
        Html(f"<style>{style}</style>"),
    )
    contents = element("nav", element("h2", say("Contents")),
                       element("ol", *(element("li", link(anchor, name)) for anchor, name, _ in sections)),
                       aria_label=say("Contents"), id="contents")  # fmt: skip
    body = element(
        "body",
        link("main", say("Skip to the contents"), class_="skip"),
        element("header", element("h1", title), _about(run, say)),
        contents,
        element(
            "main",
            *(element("section", element("h2", name), inner, id=anchor) for anchor, name, inner in sections),
            id="main",
        ),
    )
    return f"<!doctype html>\n{element('html', head, body, lang=language)}\n"


def _about(run: Run, say: Say) -> Html:
    counts = [
        (len(run.documents), "publications"),
        (len(run.amounts), "sums"),
        (sum(line["status"] == QUARANTINED for line in run.documents), "quarantined"),
    ]
    chips = [element("li", element("b", money(n, say)), f" {say(what)}") for n, what in counts]
    version = f"belopp {run.about.get('belopp', '')} · {say('rules')} {str(run.about.get('rules', ''))[:12]}"
    started = str(run.about.get("started", ""))[:16].replace("T", " ")
    return join(
        [
            element("ul", *chips, class_="chips"),
            element("p", text(f"{say('Run')} {run_name(run.folder)} · {started} · {version}"), class_="about"),
        ]
    )
