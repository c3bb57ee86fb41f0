"""One job at a time in an OUT: each lays a claim there, a small file of its own, and ends when it sees another's.

The claim is laid first and others are looked for then, so that of jobs that begin at once at most one goes on.  All
that is asked of the file system is that a file is listed from when it was closed until it is removed, as on HDFS,
S3, ABFS and disks.  To create a file only where there is none would ask for more: on a disk, and on S3 by default,
Hadoop looks first and creates then.
"""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from secrets import token_hex
from typing import TYPE_CHECKING, Final

from belopp.scale.hadoop import Folder
from belopp.scale.problems import WrongJob
from belopp.visible import visible

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Spark passes over names that begin so.
CLAIM: Final = "_job-{}"
_CLAIM: Final = re.compile(r"_job-([0-9a-f]{8})")
_MINUTE: Final = 60_000
# Of a file that something else wrote no more is shown.
_MOST: Final = 300


@contextmanager
def claimed(home: Folder, spark: SparkSession, *, lift: str = "") -> Iterator[None]:
    """Within, no other job writes to a folder.  ``lift`` is the claim of a job that ended without removing it.

    Raises :class:`WrongJob` where another job has a claim, with its name, its age and what can be done.
    """
    from py4j.protocol import Py4JError

    if lift in claims(home):
        home.remove(CLAIM.format(lift))
    own = token_hex(4)
    try:
        home.write(CLAIM.format(own), _who(spark))
        _see_that_no_other(home, own)
        yield
    finally:
        with suppress(Py4JError):  # what has ended Java too, such as a shutdown, leaves a claim to be lifted
            home.remove(CLAIM.format(own))


def claims(home: Folder) -> list[str]:
    """The claims on a folder, by name."""
    return [found[1] for found in map(_CLAIM.fullmatch, home.names()) if found]


def _who(spark: SparkSession) -> str:
    context = spark.sparkContext
    since = datetime.now(UTC).isoformat(" ", "minutes")
    return f"{context.sparkUser()} on {platform.node()}, process {os.getpid()}, {context.applicationId}, since {since}"


def _see_that_no_other(home: Folder, own: str) -> None:
    _, now = home.glance(CLAIM.format(own)) or ("", 0)
    for other in claims(home):
        if other != own and (seen := home.glance(CLAIM.format(other))):
            who, since = visible(seen[0][:_MOST]) or "one that begins just now", seen[1]
            age = (now - since) // _MINUTE
            raise WrongJob(
                f"{home.path}/{CLAIM.format(other)}: another job writes there, begun {spoken(age)} ago: {who}; wait"
                f" until it has ended or name another OUT, and if it was killed, lift its claim with --lift {other}"
            )


def spoken(minutes: int) -> str:
    """A time in words.

    >>> spoken(0), spoken(1), spoken(185), spoken(2_900)
    ('less than a minute', '1 minute', '3 hours', '2 days')
    """
    if minutes < 1:
        return "less than a minute"
    for unit, length in (("day", 24 * 60), ("hour", 60), ("minute", 1)):
        if minutes >= length * (1 if unit == "minute" else 2):
            break
    number = minutes // length
    return f"{number} {unit}{'' if number == 1 else 's'}"
