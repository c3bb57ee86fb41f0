"""Beyond one machine: the same tables from a cluster, by Apache Spark.

``begin`` makes a session on any master (``session`` for the length of a block), ``fit`` suits one to documents that
is there already, ``run`` reads what lies under a path of any file system that Spark reaches and writes its tables
there.  Needs pyspark and Java (``pip install 'belopp[spark]'``), and imports neither before it is asked to begin.
"""

from __future__ import annotations

from belopp.scale.problems import NeedsSpark, WrongJob
from belopp.scale.running import run
from belopp.scale.session import begin, fit, session
from belopp.scale.writing import Tally

__all__ = ["NeedsSpark", "Tally", "WrongJob", "begin", "fit", "run", "session"]
