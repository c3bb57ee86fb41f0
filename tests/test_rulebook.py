"""Rules as data: read, refused when broken, searched, and proved by their examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from belopp import proofs, rulebook

GOOD = '[[rule]]\nid = "a.b"\nmeans = "m"\nwords = ["ord"]\nexamples = ["Ett ord om [3 kronor]."]\n'
BROKEN = [
    ("[[rule]\n", "not readable as TOML"),
    (GOOD.replace("means", "menas"), "unknown key menas"),
    (GOOD.replace('means = "m"\n', ""), "no means"),
    (GOOD.replace('["Ett ord om [3 kronor]."]', "[]"), "no examples"),
    (GOOD.replace("kronor]", "kronor"), "bracket is not closed"),
    (GOOD.replace('["ord"]', '"ord"'), "must be a list"),
    (GOOD + GOOD, "rename one"),
]


@pytest.mark.parametrize(("text", "message"), BROKEN, ids=[message for _, message in BROKEN])
def test_a_broken_rule_is_refused_with_file_rule_and_remedy(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "broken.toml").write_text(text, encoding="utf-8")
    with pytest.raises(rulebook.BrokenRule, match=message) as error:
        rulebook.load(tmp_path)
    assert "broken.toml" in str(error.value)


def test_cues_are_leftmost_then_longest(tmp_path: Path) -> None:
    (tmp_path / "cues.toml").write_text(
        '[[rule]]\nid = "until.short"\nmeans = "m"\nwords = ["till"]\nexamples = ["[1 kr]"]\n'
        '[[rule]]\nid = "until.long"\nmeans = "m"\nwords = ["till och med", "avis*"]\nexamples = ["[1 kr]"]\n',
        encoding="utf-8",
    )
    cues = rulebook.load(tmp_path).cues("until")
    found = [(cue.rule.id, cue.start, cue.end) for cue in cues.find("Till  och med 2026 aviseras medel till A")]
    assert found == [("until.long", 0, 13), ("until.long", 19, 27), ("until.short", 34, 38)]


def test_the_digest_changes_with_any_rule(tmp_path: Path) -> None:
    folders = []
    for n, word in enumerate(("ord", "ordet")):
        folder = tmp_path / str(n)
        folder.mkdir()
        (folder / "r.toml").write_text(GOOD.replace('"ord"', f'"{word}"'), encoding="utf-8")
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
    (tmp_path / "r.toml").write_text(f'[[rule]]\nid = "odd.one"\n{body}\n', encoding="utf-8")
    rule = rulebook.load(tmp_path).rules["odd.one"]
    failures = list(proofs.check_rule(rule, BOOK))
    assert any(why in failure.why for failure in failures), failures


def test_a_word_without_an_example_is_told() -> None:
    rule = rulebook.Rule("odd.two", "m", ("storleksvis",), {}, ("Det kostar [3 kronor].",))
    assert any("stands in no example" in failure.why for failure in proofs.check_rule(rule, BOOK))
