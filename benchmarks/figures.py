"""What the figures of ``speed.py`` come to: ratios beside their targets, and the tables of ``docs/speed.md``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

Figures = Mapping[str, Any]

# The least that a tool must find, of the drawn sums, to be one that a user could use.
USABLE: Final = 0.8
ROWS: Final = 100_000


class Target(NamedTuple):
    """What is held against what; the figure is at most or at least ``wanted``."""

    what: str
    side: str
    wanted: float
    figure: Callable[[Figures], float]


def whole(figures: Figures, name: str) -> float:
    """The seconds of the processor that a tool takes for all texts; of a drawn share, extrapolated."""
    tool = figures["tools"][name]
    return float(tool["processor"] * figures["corpus"]["MB"] / tool["MB"])


def ours(figures: Figures, workers: int = 1) -> float:
    """The seconds of the processor of a whole run, imports and all processes counted."""
    return float(figures["ours"][str(workers)]["processor"])


def room(rows: int) -> float:
    """The MB that one process may hold.

    >>> room(0), room(205_000)
    (300.0, 382.0)
    """
    return 300.0 + 40.0 * rows / ROWS


def held(run: Figures) -> float:
    """What a run's largest process holds, as a share of what it may."""
    return float(run["one"]) / room(run["rows"])


def linear(figures: Figures, copies: int) -> float:
    """The time for the corpus so many times, in so many times that for it once: 1 when time grows with the corpus.

    >>> linear({"growth": {"1": {"processor": 5}, "10": {"processor": 52.5}}}, 10)
    1.05
    """
    growth = figures["growth"]
    return float(growth[str(copies)]["processor"] / (growth["1"]["processor"] * copies))


def recall(tool: Figures) -> float:
    """Of the drawn sums, the share that a tool finds with their value."""
    return float(tool["found"] / tool["sums"])


def precision(tool: Figures) -> float:
    """Of a tool's finds in the drawn sentences, the share that are sums with the value they state."""
    finds = tool["found"] + tool["wrong"] + tool["false"]
    return float(tool["found"] / finds) if finds else 0.0


def usable(figures: Figures) -> str:
    """The fastest tool that finds four of five drawn sums, belopp and the plain scan aside; ``""`` for none."""
    tools = figures["tools"]
    found = [name for name in tools if name not in OWN and recall(tools[name]) >= USABLE]
    return min(found, key=lambda name: whole(figures, name), default="")


OWN: Final = ("scan", "belopp", "tokens")
TARGETS: Final = (
    Target("a whole run, in scans", "at most", 10, lambda f: ours(f) / whole(f, "scan")),
    Target("a whole run, in scans (stretch)", "at most", 3, lambda f: ours(f) / whole(f, "scan")),
    Target("spaCy's tokeniser, in whole runs", "at least", 5, lambda f: whole(f, "tokens") / ours(f)),
    Target("the entity ruler, in whole runs", "at least", 10, lambda f: whole(f, "entity ruler") / ours(f)),
    Target("quantulum3, in whole runs", "at least", 80, lambda f: whole(f, "quantulum3") / ours(f)),
    Target("one process by the clock, in runs of two", "at least", 1.5, lambda f: clock(f, 1) / clock(f, 2)),
    Target("memory of the one process, as a share of 300 MB + 40 MB for 100,000 rows", "at most", 1,
           lambda f: held(f["ours"]["1"])),
    Target("the same of the larger of two", "at most", 1, lambda f: held(f["ours"]["2"])),
    Target("the same at 10 × the corpus", "at most", 1, lambda f: held(f["growth"]["10"])),
    Target("the same at 30 × the corpus", "at most", 1, lambda f: held(f["growth"]["30"])),
    Target("10 × the corpus, in 10 × the time of one", "at most", 1.1, lambda f: linear(f, 10)),
    Target("30 × the corpus, in 30 × the time of one", "at most", 1.1, lambda f: linear(f, 30)),
    Target("`belopp --help`, seconds", "at most", 0.15, lambda f: f["cold"]["belopp --help"]),
    Target("the first row of a document, seconds", "at most", 1.5, lambda f: f["cold"]["first row"]),
)  # fmt: skip


def clock(figures: Figures, workers: int) -> float:
    """The seconds by the clock of a whole run."""
    return float(figures["ours"][str(workers)]["clock"])


class Ratio(NamedTuple):
    """A measured figure beside its target."""

    what: str
    side: str
    wanted: float
    measured: float
    met: bool


def ratios(figures: Figures) -> Iterator[Ratio]:
    """Each target of which both sides were measured."""
    for target in TARGETS:
        try:
            measured = target.figure(figures)
        except KeyError:  # a part or a size that was not measured, a tool that was left out
            continue
        met = measured <= target.wanted if target.side == "at most" else measured >= target.wanted
        yield Ratio(target.what, target.side, target.wanted, round(measured, 3), met)


# ------------------------------------------------------------------ tables


def markdown(head: Sequence[str], lines: Sequence[Sequence[object]]) -> str:
    """A Markdown table, its first column words and the others figures.

    >>> print(markdown(["what", "s"], [["scan", 1234.5], ["run", 0.31]]))
    | what | s |
    | --- | --: |
    | scan | 1,234 |
    | run | 0.31 |
    """
    rows = [head, ["---", *["--:"] * (len(head) - 1)], *([shown(cell) for cell in line] for line in lines)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def shown(cell: object) -> str:
    """A cell as text: a figure to three digits that tell something."""
    if not isinstance(cell, float):
        return f"{cell:,}" if isinstance(cell, int) else str(cell)
    if abs(cell) >= 100:
        return f"{cell:,.0f}"
    return f"{cell:.1f}" if abs(cell) >= 10 else f"{cell:.2f}" if abs(cell) >= 0.1 else f"{cell:.3g}"


def of_ratios(figures: Figures) -> str:
    """Targets and what was measured."""
    lines = [
        [each.what, f"{each.side} {each.wanted:g}", each.measured, "yes" if each.met else "**no**"]
        for each in ratios(figures)
    ]
    return markdown(["", "target", "measured", "met"], lines)


def of_tools(figures: Figures) -> str:
    """Each tool's time over the texts and what it finds in the drawn sentences."""
    size, tools = figures["corpus"]["MB"], figures.get("tools", {})
    run = ours(figures) if "ours" in figures else None
    lines: list[list[object]] = []
    if "scan" in tools:
        seconds = tools["scan"]["reading"]
        lines.append(["reading the files", "all", size / seconds, seconds, seconds / run if run else "", *["–"] * 4])
    for name, tool in tools.items():
        seconds = whole(figures, name)
        share = "all" if tool["MB"] > 0.999 * size else f"{tool['MB']:.2g} MB"
        found = [f"{recall(tool):.0%}", f"{precision(tool):.0%}", int(tool["wrong"]), int(tool["false"])]
        label = f"{NAMES.get(name, name)} {tool['version']}".strip()
        times = [size / seconds, seconds, seconds / run if run else ""]
        lines.append([label, share, *times, *(["–"] * 4 if name == "tokens" else found)])
    if run is not None:
        lines.append(["**`belopp run`: files to all tables**", "all", size / run, run, 1.0, *["–"] * 4])
    head = ["", "measured on", "MB/s", "s for all", "in whole runs", "recall", "precision", "wrong value", "no money"]
    return markdown(head, lines)


NAMES: Final = {
    "scan": "one scan, stdlib `re`",
    "belopp": "`belopp.find`",
    "tokens": "spaCy blank(\"sv\"), tokens only",
    "entity ruler": "spaCy entity ruler",
}  # fmt: skip


def of_runs(figures: Figures) -> str:
    """Whole runs over the files, and over one, ten and thirty times the corpus."""
    lines: list[list[object]] = []
    for workers, run in figures.get("ours", {}).items():
        lines.append([f"files, {workers} worker{'s' * (workers != '1')}", *cells(run)])
    for copies, run in figures.get("growth", {}).items():
        lines.append([f"Parquet, {copies} × the corpus, 1 worker", *cells(run)])
    head = ["", "documents", "sums", "s of processor", "s by the clock", "MB, largest process", "MB, all together"]
    return markdown(head, lines)


def of_gated(figures: Figures) -> str:
    """Documents with a word of money and those without, apart, the start of the command taken off what each costs."""
    gated = figures.get("gated", {})
    lines: list[list[object]] = []
    for name, label in GATED.items():
        if name in gated and "one" in gated:
            run = gated[name]
            seconds = run["processor"] - gated["one"]["processor"]
            each = [run["documents"], run["MB"], run["rows"], seconds, 1000 * seconds / run["documents"]]
            lines.append([label, *each, 1000 * seconds / run["rows"] if run["rows"] else "–"])
    if not lines:
        return "Not measured yet."
    return markdown(["", "documents", "MB", "sums", "s of processor", "ms a document", "ms a sum"], lines)


GATED: Final = {"without": "without a word of money", "with": "with one"}


def cells(run: Figures) -> list[object]:
    """What is told of one whole run."""
    memory = [float(round(run[name])) for name in ("one", "together")]
    return [run["documents"], run["rows"], run["processor"], run["clock"], *memory]


def of_profile(figures: Figures) -> str:
    """The top ten of each kept profile."""
    told = []
    for label, profile in figures.get("profile", {}).items():
        for order, title in (("own", "by themselves"), ("cumulative", "belopp's, with all they call")):
            lines = [[f"`{line['where']}`", line["calls"], line["own"], line["cumulative"]] for line in profile[order]]
            which = f"{label.capitalize()}, at {profile['commit']}" if profile["commit"] else label.capitalize()
            told.append(f"{which} ({profile['seconds']} s under the profiler), {title}:\n")
            told.append(markdown(["", "calls", "s by itself", "s with all it calls"], lines) + "\n")
    return "\n".join(told).rstrip()


def of_sample(figures: Figures) -> str:
    """How many sums were drawn, and which tool somebody would take who wants speed."""
    if not figures.get("tools"):
        return "Drawn: none."
    drawn = next(iter(figures["tools"].values()))["sums"]
    name = usable(figures)
    return f"Drawn: {drawn} sums. The fastest tool that finds four of five of them: {NAMES.get(name, name) or 'none'}."


def of_machine(figures: Figures) -> str:
    """What the figures were taken on."""
    machine, corpus = figures["machine"], figures["corpus"]
    versions = ", ".join(" ".join(each) for each in machine["versions"].items())
    return (
        f"{machine['date']}, {machine['processor']}, {machine['cores']} cores, {machine['memory GB']} GB, "
        f"{machine['system']}, {versions}, belopp at {machine.get('commit') or 'no commit'}; "
        f"load before the run {machine['load before']}. {corpus['documents']:,} documents, {corpus['MB']:.1f} MB."
    )


TABLES: Final[dict[str, Callable[[Figures], str]]] = {
    "machine": of_machine,
    "ratios": of_ratios,
    "sample": of_sample,
    "tools": of_tools,
    "runs": of_runs,
    "gated": of_gated,
    "profile": of_profile,
}


def filled(text: str, figures: Figures) -> str:
    """A page whose tables, each between its two comments, are those of the figures.

    >>> print(filled("<!-- ratios -->\\nold\\n<!-- end -->", {}))
    <!-- ratios -->
    <BLANKLINE>
    |  | target | measured | met |
    | --- | --: | --: | --: |
    <BLANKLINE>
    <!-- end -->
    """
    return put(text, TABLES, figures)


def put(text: str, tables: Mapping[str, Callable[[Any], str]], figures: Figures) -> str:
    """A page with each of the tables between the comment that names it and the one that ends it."""

    def table(found: re.Match[str]) -> str:
        return f"<!-- {found[1]} -->\n\n{tables[found[1]](figures)}\n\n<!-- end -->"

    return re.sub(rf"<!-- ({'|'.join(tables)}) -->\n.*?<!-- end -->", table, text, flags=re.DOTALL)
