"""The labelled documents: figures must not sink below the floors kept beside the baseline."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_no_figure_of_the_labelled_documents_lies_below_its_floor() -> None:
    """Goes through ``belopp run``; the seeds and the releases take part when ``../shared`` is there."""
    done = subprocess.run(
        [sys.executable, "benchmarks/accuracy.py"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
