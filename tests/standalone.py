"""A standalone Spark cluster of our own on loopback: a master and workers, each a process group that can be killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

PATIENCE: Final = 120
_MASTER: Final = re.compile(r"Starting Spark master at (spark://\S+)")
_REGISTERED: Final = "Successfully registered with master"
_EXECUTOR: Final = b"CoarseGrainedExecutorBackend"


class Cluster:
    """A master and its workers; everything is written below ``folder`` and ended with :meth:`stop`."""

    def __init__(self, folder: Path, *, workers: int) -> None:
        self._folder = folder
        self._started: list[subprocess.Popen[bytes]] = []
        self.address = ""
        self.workers: list[int] = []
        try:
            master = self._start("master", "master.Master", "--port", "0", "--webui-port", "0")
            self.address = self._said(master, _MASTER)
            for number in range(workers):
                worker = self._start(
                    f"worker{number}", "worker.Worker", "--cores", "1", "--memory", "1g", "--webui-port", "0",
                    "--work-dir", str(folder / f"work{number}"), self.address,
                )  # fmt: skip
                self._said(worker, re.compile(f"({_REGISTERED})"))
                self.workers.append(worker)
        except BaseException:
            self.stop()
            raise

    def _start(self, name: str, what: str, *options: str) -> int:
        import pyspark

        home = Path(pyspark.__file__).parent
        environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1",
                       "SPARK_DAEMON_MEMORY": "256m"}  # fmt: skip
        with (self._folder / f"{name}.log").open("wb") as log:
            command: Sequence[str] = (
                str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{what}", "--host", "127.0.0.1", *options
            )  # fmt: skip
            process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True)
        self._started.append(process)
        return len(self._started) - 1

    def log(self, place: int) -> str:
        """What the nth process has written; the master is the first."""
        name = "master" if place == 0 else f"worker{place - 1}"
        return (self._folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def _said(self, place: int, pattern: re.Pattern[str]) -> str:
        until = time.monotonic() + PATIENCE
        while (found := pattern.search(self.log(place))) is None:
            assert self._started[place].poll() is None, self.log(place)
            assert time.monotonic() < until, self.log(place)
            time.sleep(0.1)
        return found[1]

    def has_executor(self, worker: int) -> bool:
        """Whether an executor runs in the process group of a worker."""
        group = self._started[worker].pid
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if os.getpgid(int(entry.name)) == group and _EXECUTOR in (entry / "cmdline").read_bytes():
                    return True
        return False

    def kill(self, worker: int) -> None:
        """End a worker and its executor at once, as when the power goes."""
        self._end(self._started[worker])

    def stop(self) -> None:
        for process in reversed(self._started):
            self._end(process)

    @staticmethod
    def _end(process: subprocess.Popen[bytes]) -> None:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
