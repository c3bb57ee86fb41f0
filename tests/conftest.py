"""What tests share: programs and shared data that may be missing, and publications of our own to run on."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
SHARED: Final = ROOT.parent / "shared"


def require_program(name: str) -> str:
    """The path of a program; without it the test is skipped, or fails where ``BELOPP_REQUIRE=all`` is set."""
    path = shutil.which(name)
    if path is None:
        missing(f"the program {name} is not installed")
    return path or ""


def missing(what: str) -> None:
    """Skip the test for want of something, or fail it where ``BELOPP_REQUIRE=all`` says that nothing may be wanting."""
    if os.environ.get("BELOPP_REQUIRE") == "all":
        pytest.fail(f"BELOPP_REQUIRE=all, but {what}")
    pytest.skip(what)


@pytest.fixture
def shared() -> Path:
    """The shared data beside the checkout; a clone elsewhere has none, and the skip says so."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside the checkout: tests on shared data are skipped")
    return SHARED


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A small corpus of our own: an agreement, a release with its index, a page without sums."""
    folder = tmp_path / "corpus"
    texts = {
        "pressmeddelanden/2024/09/stod.md": (
            "# Stöd till biblioteken\n\nRegeringen avsätter 30 miljoner kronor 2025, varav 10 miljoner kronor till "
            "Kulturrådet.\n"
        ),
        "skr/avtal.txt": (
            "Överenskommelse om bättre vård\n\nPublicerad 7 mars 2022\n\nÖverenskommelsen omfattar totalt 50 miljoner "
            "kronor.\n• 20 miljoner kronor går till regionerna\n• 30 miljoner kronor går till kommunerna\n"
        ),
        "utan.md": "# Ett besök\n\nMinistern besökte Kiruna.\n",
        "tom.md": " \n",
    }
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
