"""The command line: what each command says of itself, its exit status, and how it ends when it is stopped."""

from __future__ import annotations

import os
import pty
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from belopp import cli, rulebook
from belopp.cli import COMMANDS, belopp

BELOPP = [sys.executable, "-m", "belopp"]
HEAVY = {"pandas", "pyarrow", "spacy", "dateparser", "rich", "regex", "pandera", "selectolax", "belopp.extract"}


def call(*arguments: object, stdin: str | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    command = [*BELOPP, *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, check=False, env={**os.environ, **env})


def commands() -> list[tuple[str, click.Command]]:
    """Every command and subcommand with its full name."""
    context = click.Context(belopp)
    found = []
    for name in belopp.list_commands(context):
        command = belopp.get_command(context, name)
        assert command
        found.append((name, command))
        if isinstance(command, click.Group):
            found += [(f"{name} {inner}", command.commands[inner]) for inner in sorted(command.commands)]
    return found


# ---------------------------------------------------------------- help


def test_the_list_of_commands_imports_none_of_them() -> None:
    code = "import sys; from belopp import cli; cli.belopp.main(['--help'], standalone_mode=False); print(*sys.modules)"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert all(f"  {name} " in printed for name in COMMANDS)
    assert not (HEAVY | {f"belopp.cli.{module}" for module, _ in COMMANDS.values()}) & set(printed.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_what_the_command_says_of_itself(name: str) -> None:
    command = belopp.get_command(click.Context(belopp), name)
    assert command
    assert command.get_short_help_str(limit=200) == COMMANDS[name][1]


@pytest.mark.parametrize(("name", "command"), commands(), ids=[name for name, _ in commands()])
def test_every_command_shows_an_example_and_explains_its_options(name: str, command: click.Command) -> None:
    if not (isinstance(command, click.Group)):
        assert command.epilog
    assert f"belopp {name}" in (command.epilog or f"belopp {name}")
    for parameter in command.params:
        assert not isinstance(parameter, click.Option) or parameter.help, parameter.name
    result = CliRunner().invoke(belopp, [*name.split(), "--help"])
    assert result.exit_code == 0
    assert command.help
    assert command.help.split("\n")[0] in result.output


@pytest.mark.parametrize(("name", "command"), commands(), ids=[name for name, _ in commands()])
def test_an_example_names_files_that_are_there(name: str, command: click.Command) -> None:
    root = Path(__file__).parents[1]
    for word in (command.epilog or "").split():
        path = word.partition(":")[0]
        there = (root / path).exists() or (root / "corpus/raw" / path).exists()  # in the ledger without its folder
        assert "/" not in path or path.startswith("outputs/") or there, word


@pytest.mark.parametrize(("name", "command"), commands(), ids=[name for name, _ in commands()])
def test_an_example_stands_on_a_line_of_its_own_and_can_be_pasted(name: str, command: click.Command) -> None:
    examples = (command.epilog or "").split("\n")[2:]
    shown = CliRunner().invoke(belopp, [*name.split(), "--help"], terminal_width=60).output.splitlines()
    assert all(example.startswith("  belopp ") and f"  {example}" in shown for example in examples)


def test_an_unknown_command_is_told() -> None:
    result = call("runn")
    assert result.returncode == 2
    assert "No such command 'runn'" in result.stderr
    assert "Did you mean 'run'?" in result.stderr


def test_a_command_near_to_none_is_told_without_a_guess() -> None:
    assert "mean" not in CliRunner().invoke(belopp, ["xyzzy"]).stderr


@pytest.mark.parametrize("command", [
    ["gold", "export", "{gold}", "--texts", "{texts}", "--as", "brat", "--out"],
    ["report", "{run}", "--bootstrap", "0", "--out"],
    ["pack", "{texts}"],
])  # fmt: skip
def test_a_place_that_cannot_be_written_to_is_told_in_a_line(command: list[str], corpus: Path, tmp_path: Path) -> None:
    call("run", corpus, "--out", tmp_path / "run", "--quiet")
    (tmp_path / "file").touch()
    given = {"gold": tmp_path / "run", "texts": corpus, "run": tmp_path / "run"}
    result = call(*(word.format(**given) for word in command), tmp_path / "file" / "below.parquet")
    assert result.returncode == 2
    assert result.stderr.startswith("Error: ")
    assert "is a file and no folder" in result.stderr


# ---------------------------------------------------------------- belopp run


def test_run_ends_with_status_0_and_says_what_it_found(corpus: Path, tmp_path: Path) -> None:
    result = call("run", corpus, "--out", tmp_path / "out")
    assert (result.returncode, result.stderr) == (0, "")
    first, second, third = result.stdout.splitlines()
    assert first == "5 sums in 2 of 4 documents (1 empty, 0 quarantined)"
    assert second.startswith("4 documents read, 0 unchanged, in ")
    assert third == str(tmp_path / "out" / "amounts.csv")


def test_run_counts_one_thing_in_the_singular(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Det kostar 12 miljoner kronor.", encoding="utf-8")
    first, second, _ = call("run", tmp_path / "a.md", "--out", tmp_path / "out").stdout.splitlines()
    assert first.startswith("1 sum in 1 of 1 document (")
    assert second.startswith("1 document read, ")


def test_run_over_nothing_warns_and_spares_what_an_earlier_run_found(corpus: Path, tmp_path: Path) -> None:
    empty = tmp_path / "tom"
    empty.mkdir()
    result = call("run", empty, "--out", tmp_path / "out")
    assert result.returncode == 0
    assert f"warning: {empty}: no document that ends in .md" in result.stderr
    call("run", corpus, "--out", tmp_path / "out")
    before = (tmp_path / "out" / "amounts.csv").read_bytes()
    result = call("run", empty, "--out", tmp_path / "out")
    assert result.returncode == 2
    assert "are kept; mend the INPUT" in result.stderr
    assert (tmp_path / "out" / "amounts.csv").read_bytes() == before


def test_run_quarantines_what_takes_longer_than_the_limit(corpus: Path, tmp_path: Path) -> None:
    sentence = "Regeringen avsätter 5 miljoner kronor till Skolverket 2024.\n\n"
    (corpus / "lang.md").write_text(sentence * 3000, encoding="utf-8")
    result = call("run", corpus, "--out", tmp_path / "out", "--limit", "0.5", "--workers", "1")
    assert result.returncode == 1
    assert "took longer than 0.5 s" in result.stderr
    assert "1 quarantined" in result.stdout


def test_a_full_disk_ends_with_status_2(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = sqlite3.connect

    def connect(path: Path) -> sqlite3.Connection:
        base = honest(path)
        base.execute("pragma max_page_count = 4")
        return base

    monkeypatch.setattr("belopp.batch.memory.sqlite3.connect", connect)
    result = CliRunner().invoke(belopp, ["run", str(corpus), "--out", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert "database or disk is full; make room" in result.stderr


def test_what_nobody_expected_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> str:
        raise ZeroDivisionError("division\nby zero")

    monkeypatch.setattr("belopp.cli.rules.versions", broken)
    monkeypatch.setattr(sys, "argv", ["belopp", "version"])
    assert cli._status() == 2
    told = capsys.readouterr().err
    assert told.startswith("Error: ZeroDivisionError in rules.py:")
    assert ": division by zero; belopp did not expect this" in told
    assert told.count("\n") == 1
    monkeypatch.setenv("BELOPP_TRACEBACK", "1")
    assert cli._status() == 2
    assert "Traceback" in capsys.readouterr().err


def test_run_ends_with_status_1_when_a_document_is_quarantined(corpus: Path, tmp_path: Path) -> None:
    (corpus / "a\x1b[31m.md").write_bytes(b"PK\x03\x04\x00\x00")
    result = call("run", corpus, "--out", tmp_path / "out")
    assert result.returncode == 1
    assert "quarantined: a\\u001b[31m.md: read: " in result.stderr
    assert "\x1b" not in result.stderr
    assert "1 quarantined" in result.stdout


def test_run_reads_standard_input_as_one_document(tmp_path: Path) -> None:
    result = call("run", "-", "--out", tmp_path, stdin="Det kostar 12 miljoner kronor.")
    assert result.returncode == 0
    assert "stdin,11,29,12 miljoner kronor,12000000" in (tmp_path / "amounts.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("workers", [1, 2])
def test_standard_input_beside_a_folder_is_read_whoever_works(tmp_path: Path, workers: int) -> None:
    (tmp_path / "in").mkdir()
    for number in range(130):
        (tmp_path / "in" / f"{number}.md").write_text("Inget.", encoding="utf-8")
    options = ("--out", tmp_path / "out", "--workers", workers)
    result = call("run", "-", tmp_path / "in", *options, stdin="Det kostar 12 miljoner kronor.")
    assert result.returncode == 0
    assert "1 sum in 1 of 131 documents (0 empty" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["run"], "Missing argument 'INPUT...'"),
        (["run", "CORPUS"], "Missing option '--out'"),
        (["run", "borta", "--out", "OUT"], "borta: no such file or folder; mend the name"),
        (["run", "CORPUS", "CORPUS", "--out", "OUT"], "corpus: this INPUT is given twice; give it once"),
        (["run", "CORPUS", "CORPUS/.", "--out", "OUT"], "both give the document"),
        (["run", "CORPUS", "--out", "OUT", "--since", "igår"], "--since igår: write a year, month or day"),
        (["run", "CORPUS", "--out", "OUT", "--since", ""], "--since '': write a year, month or day"),
        (["run", "CORPUS", "--out", "OUT", "--limit", "-1"], "--limit"),
        (["rules", "check", "--corpus", "borta"], "borta: no such file or folder"),
        (["rules", "check", "--corpus", "EMPTY"], "no sum in it; give a folder of a run"),
        (["run", "CORPUS", "--out", "OUT", "--rules", "EMPTY"], "units.toml, vat.toml: missing; copy"),
        (["run", "CORPUS", "--out", "OUT", "--workers", "0"], "--workers"),
        (["run", "CORPUS", "--out", "OUT", "--rules", "RULES"], "broken.toml: rule x: no examples"),
        (["run", "CORPUS", "--out", "CORPUS/tom.md"], "is a file"),
        (["run", "CORPUS", "--out", "/proc/belopp"], "give an --out that can be written to"),
        (["rules", "check", "--rules", "RULES"], "broken.toml: rule x: no examples"),
        (["rules", "list", "nosuchrule"], "no rule begins with nosuchrule"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_ends_with_status_2_and_a_remedy(
    corpus: Path, tmp_path: Path, arguments: list[str], told: str
) -> None:
    broken = tmp_path / "rules"
    broken.mkdir()
    (broken / "broken.toml").write_text('[[rule]]\nid = "x"\nmeans = "X."\nexamples = []\n', encoding="utf-8")
    (tmp_path / "empty").mkdir()
    names = {
        "EMPTY": str(tmp_path / "empty"),
        "CORPUS": str(corpus),
        "OUT": str(tmp_path / "out"),
        "RULES": str(broken),
    }
    for name, path in names.items():
        arguments = [argument.replace(name, path) for argument in arguments]
    result = call(*arguments)
    assert result.returncode == 2
    assert told in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "out" / "amounts.csv").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "PIPE.md", "--out", "OUT"],
        ["run", "PIPE.tar", "--out", "OUT"],
        ["pack", "PIPE.md", "OUT.parquet"],
        ["show", "PIPE.md"],
        ["show", "-", "--rules", "RULES"],
        ["explain", "PIPE.md:3"],
        ["score", "PIPE.csv", "SHEET"],
        ["score", "SHEET", "SHEET", "--docs", "PIPE.csv"],
        ["diff", "SHEET", "PIPE.csv"],
        ["gold", "adjudicate", "SHEET", "PIPE.csv", "--out", "OUT"],
        ["gold", "adjudicate", "SHEET", "SHEET", "--decided", "PIPE.csv", "--out", "OUT"],
        ["gold", "export", "PIPE.csv", "--as", "brat", "--texts", "corpus/raw", "--out", "OUT"],
        ["gold", "import", "PIPE.csv", "--as", "brat"],
        ["rules", "check", "--rules", "RULES"],
        ["rules", "check", "--corpus", "PIPE.md"],
    ],
    ids=" ".join,
)
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path, arguments: list[str]) -> None:
    for ending in ("md", "csv", "tar"):
        os.mkfifo(tmp_path / f"pipe.{ending}")
    shutil.copytree(rulebook.rules_folder(), tmp_path / "rules")
    os.mkfifo(tmp_path / "rules" / "more.toml")
    paths = {"PIPE": "pipe", "OUT": "out", "RULES": "rules"}
    for name, path in paths.items():
        arguments = [argument.replace(name, str(tmp_path / path)) for argument in arguments]
    arguments = [argument.replace("SHEET", "corpus/gold/amounts.csv") for argument in arguments]
    command = [*BELOPP, *arguments]
    ended = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=30)
    assert ended.returncode == 2
    assert "is a pipe and no file; save what comes through it as a file" in ended.stderr
    assert not list(tmp_path.glob("out*"))


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (["run", "corpus/raw", "--out", "RUN"], "run.json"),
        (["run", "corpus/raw", "--out", "RUN"], "datapackage.json"),
        (["run", "corpus/raw", "--out", "RUN"], ".staged"),
        (["run", "corpus/raw", "--out", "RUN"], ".lock"),
        (["quarantine", "retry", "RUN"], "run.json"),
        (["report", "RUN", "--out", "OUT"], "checks.csv"),
        (["ledger", "post", "RUN", "--db", "OUT"], "datapackage.json"),
        (["diff", "corpus/gold/amounts.csv", "RUN"], "amounts.csv"),
    ],
)
def test_a_pipe_in_the_folder_of_a_run_is_refused_and_not_waited_for(
    tmp_path: Path, arguments: list[str], name: str
) -> None:
    (tmp_path / "run").mkdir()
    os.mkfifo(tmp_path / "run" / name)
    (tmp_path / "run" / ".memory.sqlite").touch()
    paths = {"RUN": str(tmp_path / "run"), "OUT": str(tmp_path / "out")}
    command = [*BELOPP, *(paths.get(argument, argument) for argument in arguments)]
    ended = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 2
    assert f"{tmp_path / 'run' / name}: is a pipe and no file; remove it" in ended.stderr
    assert not (tmp_path / "out").exists()


def test_show_tells_that_standard_input_is_closed() -> None:
    command = ["sh", "-c", '"$@" <&-', "sh", *BELOPP, "show", "-"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    assert ended.returncode == 2
    assert "standard input is closed; send the text through it" in ended.stderr


def test_a_run_beside_another_ends_with_status_2(corpus: Path, tmp_path: Path) -> None:
    import fcntl

    with (tmp_path / ".lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        result = call("run", corpus, "--out", tmp_path)
    assert result.returncode == 2
    assert "wait for it or choose another --out" in result.stderr


@pytest.mark.parametrize(
    ("workers", "sent", "status"), [(1, signal.SIGINT, 130), (2, signal.SIGINT, 130), (2, signal.SIGTERM, 143)]
)
def test_a_signal_ends_a_run_and_leaves_the_old_tables(
    corpus: Path, tmp_path: Path, workers: int, sent: signal.Signals, status: int
) -> None:
    out = tmp_path / "out"
    call("run", corpus, "--out", out)
    before = (out / "amounts.csv").read_bytes()
    sentence = "Regeringen avsätter 5 miljoner kronor till Skolverket 2024.\n\n"
    for number in range(60):
        (corpus / f"lang{number}.md").write_text(sentence * 60, encoding="utf-8")
    command = [*BELOPP, "run", str(corpus), "--out", str(out), "--workers", str(workers)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        while not (out / ".staged").exists() and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(sent)
        _, said = process.communicate(timeout=120)
    assert process.returncode == status
    assert said.strip() == "Stopped; the tables are as they were."
    assert (out / "amounts.csv").read_bytes() == before
    assert not (out / ".staged").exists()


def test_ctrl_c_in_the_first_moments_shows_no_traceback(tmp_path: Path) -> None:
    """The first import of all is stood in for by one during which Ctrl-C is pressed."""
    (tmp_path / "click.py").write_text(
        "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(9)\n", encoding="utf-8"
    )
    package = str(Path(cli.__file__).parents[2])
    result = call("show", "-", stdin="", PYTHONPATH=os.pathsep.join([str(tmp_path), package]))
    assert (result.returncode, result.stdout, result.stderr) == (130, "", "Stopped.\n")


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_command_that_waits_ends_at_once_with_a_word(sent: signal.Signals, status: int) -> None:
    with subprocess.Popen([*BELOPP, "show", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        caught = Path(f"/proc/{process.pid}/status")
        while int(caught.read_text(encoding="ascii").partition("SigCgt:")[2].split()[0], 16) >> 14 & 1 == 0:
            time.sleep(0.005)  # until it listens to SIGTERM (15)
        process.send_signal(sent)
        process.wait(timeout=60)
        assert process.stderr
        assert process.stderr.read() == "Stopped.\n"
    assert process.returncode == status


def test_a_program_that_imports_the_command_line_keeps_its_signals() -> None:
    code = "import signal, belopp.cli; print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "True\n"


def test_progress_is_drawn_on_a_terminal(corpus: Path, tmp_path: Path) -> None:
    main, side = pty.openpty()
    process = subprocess.Popen(
        [*BELOPP, "run", str(corpus), "--out", str(tmp_path / "out")],
        stderr=side, stdout=subprocess.DEVNULL, env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
    )  # fmt: skip
    os.close(side)
    said = b""
    try:
        while part := os.read(main, 4096):
            said += part
    except OSError:  # the terminal's other end is closed
        pass
    os.close(main)
    assert process.wait() == 0
    assert b"documents/s" in said
    assert b"sums" in said
    assert said.rfind(b"\x1b[?25h") > said.rfind(b"\x1b[?25l")  # the cursor is back


def test_a_reader_that_has_enough_is_no_error() -> None:
    command = f"{sys.executable} -m belopp rules list | head -n 1; echo ${{PIPESTATUS[0]}}"
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert result.stderr == ""
    assert result.stdout.splitlines()[-1] == "0"


# ---------------------------------------------------------------- belopp rules, belopp version


def test_a_score_below_its_floor_is_told_whoever_reads(tmp_path: Path) -> None:
    gold = Path(__file__).parents[1] / "corpus" / "gold" / "amounts.csv"
    few = tmp_path / "few.csv"
    few.write_text("".join(gold.read_text(encoding="utf-8").splitlines(keepends=True)[:3]), encoding="utf-8")
    score = f"{sys.executable} -m belopp score {gold} {few} --bootstrap 0 --at-least row=0.9"
    for after in (">/dev/null", "| true"):
        result = subprocess.run(
            ["bash", "-c", f"{score} {after}; echo ${{PIPESTATUS[0]}}"], capture_output=True, text=True, check=True
        )
        assert result.stdout == "1\n", result.stderr
        assert "row: F1" in result.stderr


def test_rules_list_names_every_rule() -> None:
    listed = CliRunner().invoke(belopp, ["rules", "list"]).output
    book = rulebook.load()
    assert all(f"{rule_id}  (" in listed for rule_id in (*book.rules, *book.defaults))
    assert "kind.weighed  (defaults.toml)" in CliRunner().invoke(belopp, ["rules", "list", "kind.weighed"]).output


def test_rules_list_narrows_by_prefix() -> None:
    book = rulebook.load()
    first = next(iter(book.rules))
    listed = CliRunner().invoke(belopp, ["rules", "list", first]).output
    assert listed.startswith(f"{first}  (")
    assert listed.count("\n") <= 3 * sum(rule_id.startswith(first) for rule_id in book.rules)


def test_rules_check_tells_a_rule_whose_example_is_untrue(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(rulebook.rules_folder(), folder)
    with (folder / "own.toml").open("w", encoding="utf-8") as file:
        file.write('[[rule]]\nid = "hedge.own"\nmeans = "Own."\nwords = ["bortåt"]\nsets = { modifier = "under" }\n')
        file.write('examples = ["Det kostar exakt [3 miljoner kronor]."]\n')
    result = call("rules", "check", "--rules", folder)
    assert result.returncode == 2
    assert "own.toml: rule hedge.own: " in result.stdout
    assert "mend their words or examples" in result.stderr


def test_rules_check_names_the_rules_that_a_corpus_never_needs(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from belopp import proofs

    monkeypatch.setattr(proofs, "check", lambda book: [])
    result = CliRunner().invoke(belopp, ["rules", "check", "--corpus", str(corpus)])
    assert result.exit_code == 0, result.output
    assert "decides nothing in" in result.output
    assert " rules hold, by " in result.output


def test_rules_check_reads_the_reasons_of_a_run(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from belopp import proofs

    monkeypatch.setattr(proofs, "check", lambda book: [])
    call("run", corpus, "--out", tmp_path / "out")
    told = [
        CliRunner().invoke(belopp, ["rules", "check", "--corpus", str(folder)]).output.replace(str(folder), "IT")
        for folder in (corpus, tmp_path / "out")
    ]
    assert told[0] == told[1]
    assert "rule unit.miljon decides nothing" not in told[0]
    (tmp_path / "out" / "reasons.csv").write_text("doc,start,column,rule\n", encoding="utf-8")
    result = CliRunner().invoke(belopp, ["rules", "check", "--corpus", str(tmp_path / "out")])
    assert (result.exit_code, "no reasons in it" in result.stderr) == (2, True)


def test_version_names_the_rules() -> None:
    from belopp import __version__

    printed = call("version").stdout
    assert printed.startswith(f"belopp {__version__}, rules {rulebook.load().digest[:12]}, Python 3.")
    assert call("--version").stdout == printed


def test_the_console_script_is_the_group() -> None:
    assert callable(cli.main)
