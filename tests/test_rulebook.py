"""Rules as data: read, refused when broken, searched, and proved by their examples."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path

import pytest

from belopp import proofs, rulebook
from belopp.extract import extract
from belopp.read import read

MODULES = Path(rulebook.__file__).parents[1]
GOOD = '[[rule]]\nid = "a.b"\nmeans = "m"\nwords = ["ord"]\nexamples = ["Ett ord om [3 kronor]."]\n'
BROKEN = [
    ("[[rule]\n", "not readable as TOML"),
    (GOOD.replace("means", "menas"), "unknown key menas"),
    (GOOD.replace('means = "m"\n', ""), "no means"),
    (GOOD.replace('["Ett ord om [3 kronor]."]', "[]"), "no examples"),
    (GOOD.replace("kronor]", "kronor"), "bracket is not closed"),
    (GOOD.replace('["ord"]', '"ord"'), "must be a list"),
    (GOOD + GOOD, "rename one"),
    (GOOD.replace('"ord"', '""'), "the word '' matches anything"),
    (GOOD.replace('"ord"', '"ord", "*"'), r"the word '\*' matches anything"),
    (GOOD.replace("[[rule]]", "[[regel]]"), r"unknown table regel; write \[\[rule"),
    (GOOD.replace("[[rule]]", "[rule]"), "unknown table rule"),
    (GOOD.replace("[[rule]]", "[[default]]"), "holds id and means, nothing else"),
    (GOOD + 'sets = "x"', "sets must be a table"),
    (GOOD + "sets = { mofifier = 'under' }", "sets an unknown mofifier; keys are .*modifier"),
    (GOOD + "sets = { modifier = 'less' }", "modifier = 'less'; allowed are approx, under"),
    (GOOD + "sets = { kind = 'gift' }", "allowed are funding, rate, other"),
    (GOOD + "sets = { change = 'up' }", "allowed are increase, decrease"),
    (GOOD + "sets = { status = '' }", "allowed are decided, proposed"),
    (GOOD + "sets = { per = 'week' }", "allowed are year, month"),
    (GOOD + "sets = { vat = 'yes' }", "allowed are incl, excl"),
    (GOOD + "sets = { currency = 'kr' }", "three capitals"),
    (GOOD + "sets = { scale = 'tusen' }", "scale = 'tusen'; write a whole number"),
    (GOOD + "sets = { minor = '0' }", "minor = '0'; write a whole number"),
    (GOOD + "sets = { score = 'high' }", "score = 'high'; write a number"),
    (GOOD + "sets = { years = '1.5' }", "years = '1.5'; write a whole number"),
    (GOOD.replace("a.b", "hedge.own"), "sets no modifier; every hedge rule must"),
    (GOOD.replace("a.b", "currency.own"), "sets no currency"),
]
FIRST = "canonical,kind,variants\n"
BROKEN_ACTORS = [
    (b"canonical,kind,variants\nMalm\xf6,municipality,\n", "line 2: not UTF-8; save"),
    (b"", "line 1: no column canonical, kind, variants"),
    (b"Skolverket,agency,\n", "line 1: no column canonical, kind, variants"),
    (b"canonical,kind\nA,agency\n", "line 1: no column variants; begin the file"),
    (f"{FIRST}A,agency\n".encode(), "line 2: too few cells: no variants"),
    (f"{FIRST},agency,a\n".encode(), "line 2: canonical is empty"),
    (f"{FIRST}A,agensy,\n".encode(), "line 2: A: unknown kind 'agensy'; allowed are state"),
    (f"{FIRST}A,agency,\nA,group,\n".encode(), "line 3: A has a line already"),
    (f"{FIRST}A,agency,x|y\nB,group,y\n".encode(), "line 3: y is a name of A and of B"),
    (f"{FIRST}A,agency,x\nB,group,A\n".encode(), "line 3: A is a name of A and of B"),
    (f'{FIRST}"A,agency,\n'.encode(), "line 2: .*; mend the quotes"),
]


def own_rules(folder: Path, **files: str) -> Path:
    """The shipped rules, copied, with files of one's own beside or instead of them."""
    shutil.copytree(rulebook.rules_folder(), folder)
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("text", "message"), BROKEN, ids=[message for _, message in BROKEN])
def test_a_broken_rule_is_refused_with_file_rule_and_remedy(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "broken.toml").write_text(text, encoding="utf-8")
    with pytest.raises(rulebook.BrokenRule, match=message) as error:
        rulebook.load(tmp_path)
    assert "broken.toml" in str(error.value)


@pytest.mark.parametrize(("content", "message"), BROKEN_ACTORS, ids=[message for _, message in BROKEN_ACTORS])
def test_a_broken_line_of_actors_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    folder = own_rules(tmp_path / "rules")
    (folder / "actors.csv").write_bytes(content)
    with pytest.raises(rulebook.BrokenRule, match="^actors.csv: " + message):
        rulebook.load(folder)


def test_what_a_spreadsheet_saves_is_taken(tmp_path: Path) -> None:
    folder = own_rules(tmp_path / "rules")
    (folder / "actors.csv").write_bytes("\ufeffcanonical;kind;variants\r\nÅre;municipality;a, b|c\r\n\r\n".encode())
    hedges = folder / "hedges.toml"
    hedges.write_bytes(b"\xef\xbb\xbf" + hedges.read_bytes())
    assert rulebook.load(folder).actors == (rulebook.Actor("Åre", "municipality", ("a, b", "c")),)


@pytest.mark.parametrize("name", ["actors.csv", "hedges.toml", "defaults.toml"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    folder = own_rules(tmp_path / "rules")
    (folder / name).unlink()
    with pytest.raises(rulebook.BrokenRule, match=f"^{name}: missing; copy"):
        rulebook.load(folder)


def test_an_empty_folder_of_rules_is_refused(tmp_path: Path) -> None:
    with pytest.raises(rulebook.BrokenRule, match=r"^actors.csv, actors.toml, .* missing; copy"):
        rulebook.load(tmp_path)


def test_an_edited_rule_still_sets_what_the_stages_ask(tmp_path: Path) -> None:
    area = (rulebook.rules_folder() / "area.toml").read_text(encoding="utf-8")
    folder = own_rules(tmp_path / "rules", area=re.sub(r"sets *= \{ *score.*\n", "", area, count=1))
    with pytest.raises(rulebook.BrokenRule, match=r"^area.toml: rule area\.\S+: sets no score; put it back"):
        rulebook.load(folder)


def test_every_reason_in_the_corpus_has_a_meaning() -> None:
    raw = Path(__file__).parents[1] / "corpus" / "raw"
    paths = [path for path in raw.rglob("*") if path.suffix in (".md", ".txt", ".html")]
    given = {reason.rule for path in paths for row in extract(read(path)) for reason in row.because}
    assert len(given) > 20
    assert [rule_id for rule_id in sorted(given) if not BOOK.means(rule_id)] == []


def test_every_reason_written_in_the_code_has_a_meaning() -> None:
    code = MODULES
    texts = [path.read_text(encoding="utf-8") for path in code.rglob("*.py")]
    named = {found for text in texts for found in re.findall(r'Reason\("[a-z_]+", "([a-z_.-]+)"', text)}
    assert "kind.unit" in named
    assert [rule_id for rule_id in sorted(named) if not BOOK.means(rule_id)] == []


def test_a_default_is_no_rule_and_cannot_bear_a_rules_name(tmp_path: Path) -> None:
    assert not set(BOOK.defaults) & set(BOOK.rules)
    assert BOOK.without("currency.sek").means("kind.default")
    text = '[[default]]\nid = "currency.sek"\nmeans = "m"\n'
    with pytest.raises(rulebook.BrokenRule, match=r"currency\.sek stands in .* too"):
        rulebook.load(own_rules(tmp_path / "rules", defaults=text))


def test_cues_are_leftmost_then_longest(tmp_path: Path) -> None:
    text = (
        '[[rule]]\nid = "until.short"\nmeans = "m"\nwords = ["till"]\nexamples = ["[1 kr]"]\n'
        '[[rule]]\nid = "until.long"\nmeans = "m"\nwords = ["till och med", "avis*"]\nexamples = ["[1 kr]"]\n'
    )
    cues = rulebook.load(own_rules(tmp_path / "rules", cues=text)).cues("until")
    found = [(cue.rule.id, cue.start, cue.end) for cue in cues.find("till  och med 2026 aviseras medel till A")]
    assert found == [("until.long", 0, 13), ("until.long", 19, 27), ("until.short", 34, 38)]


def test_cues_of_a_long_text_are_those_of_its_parts() -> None:
    rule = rulebook.Rule("a.b", "", ("ord", "* ord", "ord för ord*"))
    cues = rulebook.Cues([rule])
    part = "fler  ord\nför ord, ordens ord: " + "inget " * 60 + "lång" + "a" * 300 + "ord. ett ord ; "
    spans = [(cue.start, cue.end) for cue in cues.find(part)]
    found = [(cue.start, cue.end) for cue in cues.find(part * 3)]
    assert len(spans) > 2
    assert found == [(start + at, end + at) for at in (0, len(part), 2 * len(part)) for start, end in spans]
    assert cues.first(part * 3, 20) == cues.first(part, 20)


def test_words_are_looked_for_in_small_letters() -> None:
    asked = re.compile(r"\bcues(?:\([^()]*\))?\s*\.(?:first|last|find)\(\s*([\w.]+)")
    given = [found[1] for path in MODULES.rglob("*.py") for found in asked.finditer(path.read_text(encoding="utf-8"))]
    assert "place.lowered" in given
    assert [name for name in given if name.endswith(".text")] == []


def raw_texts(function: ast.AST) -> set[str]:
    """The names in a function that stand for a text as it is written."""
    names = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            target, value = node.targets[0], node.value
            targets = target.elts if isinstance(target, ast.Tuple) else [target]
            values = value.elts if isinstance(value, ast.Tuple) else [value]
            if len(targets) == len(values):
                pairs = zip(targets, values, strict=True)
                names |= {ast.unparse(name) for name, told in pairs if ast.unparse(told).endswith(".text")}
    return names


def test_no_text_as_it_is_written_is_looked_through_by_another_name() -> None:
    asked = re.compile(r"\bcues(?:\([^()]*\))?\.(?:first|last|find)\((\w+)")
    wrong = []
    for path in MODULES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and (names := raw_texts(node)):
                wrong += [f"{path.name} {node.name}" for name in asked.findall(ast.unparse(node)) if name in names]
    assert wrong == []


def test_the_digest_changes_with_any_rule(tmp_path: Path) -> None:
    folders = []
    for word in ("ord", "ordet"):
        folder = own_rules(tmp_path / word, r=GOOD.replace('"ord"', f'"{word}"'))
        folders.append(rulebook.load(folder).digest)
    assert folders[0] != folders[1]


BOOK = rulebook.load()


@pytest.mark.parametrize("rule", BOOK.rules.values(), ids=BOOK.rules)
def test_every_rule_holds_by_its_examples(rule: rulebook.Rule) -> None:
    assert list(proofs.check_rule(rule, BOOK)) == []


FAILING = [
    (
        'means = "m"\nwords = ["ca"]\nsets = { modifier = "approx" }\nexamples = ["Det kostar [3 kronor]."]',
        "modifier is ''",
    ),
    ('means = "m"\nwords = ["ca"]\nexamples = ["Det kostar ca [3 hästar]."]', "no sum is found"),
    ('means = "m"\nwords = ["ca"]\nexamples = ["Det kostar ca [3 kronor]."]', "gave no reason"),
]


@pytest.mark.parametrize(("body", "why"), FAILING, ids=[why for _, why in FAILING])
def test_a_rule_whose_examples_do_not_hold_is_told(tmp_path: Path, body: str, why: str) -> None:
    """A rule of its own folder, added to the project's: what it claims is not what happens."""
    folder = own_rules(tmp_path / "rules", r=f'[[rule]]\nid = "odd.one"\n{body}\n')
    rule = rulebook.load(folder).rules["odd.one"]
    failures = list(proofs.check_rule(rule, BOOK))
    assert any(why in failure.why for failure in failures), failures


def test_a_word_without_an_example_is_told() -> None:
    rule = rulebook.Rule("odd.two", "m", ("storleksvis",), {}, ("Det kostar [3 kronor].",))
    assert any("stands in no example" in failure.why for failure in proofs.check_rule(rule, BOOK))
