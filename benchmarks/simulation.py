"""A cluster that works off tasks, event by event: slow executors, lost ones, copies of what takes too long."""

from __future__ import annotations

import heapq
import random
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from statistics import median
from typing import Final, NamedTuple

HOUR: Final = 3600.0


class Cluster(NamedTuple):
    """Executors and what may befall them; times in seconds.

    ``start`` passes until an executor's first task (its machine, Java, Python, imports, rules), ``task`` is what each
    task costs beside its work, ``slow`` the share of executors that take ``slowness`` times as long, ``lost`` how many
    of each are lost in an hour, ``back`` how long its successor takes to come.  Tasks are given out in portions,
    ``at_once`` of them at a time, each with ``between`` seconds before it (0 tasks: all in one).  With ``copies``, when
    that share of a portion's tasks has ended, one that has taken ``patience`` times their median is begun once more
    where a core is free; every ``look`` seconds somebody looks for such.
    """

    executors: int
    cores: int = 4
    start: float = 30.0
    task: float = 0.2
    slow: float = 0.03
    slowness: float = 3.0
    lost: float = 0.05
    back: float = 120.0
    portion: int = 0
    at_once: int = 2
    between: float = 5.0
    copies: float = 0.9
    patience: float = 3.0
    look: float = 5.0


class Ended(NamedTuple):
    """How it went: seconds from start to end, core-seconds worked (and of them for nothing), core-seconds paid for."""

    seconds: float
    worked: float
    wasted: float
    paid: float
    lost: int
    copied: int


@dataclass(slots=True)
class Executor:
    """One executor: how slowly it works, what runs on it, whether it is still there."""

    pace: float
    came: float
    alive: bool = True
    running: dict[int, float] = field(default_factory=dict)
    """The attempts, each with the time at which it began."""


@dataclass(slots=True)
class Portion:
    """Tasks that were given out together, and what is known of their times."""

    left: int
    tasks: int
    took: list[float] = field(default_factory=list)
    limit: float = 0.0
    """Seconds after which one of the rest takes too long; 0 while so few have ended that nobody looks."""


class Run:
    """One run of all tasks over a cluster.  The same seed gives the same run."""

    def __init__(self, costs: Sequence[float], cluster: Cluster, seed: int) -> None:
        self.costs = costs
        self.cluster = cluster
        self.chance = random.Random(seed)
        self.now = 0.0
        self.events: list[tuple[float, int, str, int]] = []
        self.order = count()
        self.executors: list[Executor] = []
        self.free: deque[int] = deque()
        self.waiting: deque[int] = deque()
        size = cluster.portion or len(costs)
        self.size = size
        self.portions = [
            Portion(len(costs[at : at + size]), len(costs[at : at + size])) for at in range(0, len(costs), size)
        ]
        self.given = 0
        self.done = [False] * len(costs)
        self.left = len(costs)
        self.attempts: list[tuple[int, int]] = []
        """Of each attempt its task and its executor."""
        self.of_task: dict[int, list[int]] = {}
        self.worked = self.wasted = self.paid = 0.0
        self.losses = self.copied = 0
        self.looking = False

    def at(self, when: float, what: str, which: int = 0) -> None:
        """Have something happen."""
        heapq.heappush(self.events, (when, next(self.order), what, which))

    def to_the_end(self) -> Ended:
        """Work off everything."""
        for _ in range(self.cluster.executors):
            self.come(self.cluster.start)
        for _ in range(min(self.cluster.at_once, len(self.portions))):
            self.give()
        while self.left:
            self.now, _, what, which = heapq.heappop(self.events)
            getattr(self, what)(which)
            self.begin_what_can()
        for executor in self.executors:
            if executor.alive:
                self.leave(executor)
        return Ended(self.now, self.worked, self.wasted, self.paid, self.losses, self.copied)

    def come(self, after: float) -> None:
        """A new executor, at work after some seconds and paid for from now on."""
        slow = self.chance.random() < self.cluster.slow
        self.executors.append(Executor(self.cluster.slowness if slow else 1.0, self.now))
        which = len(self.executors) - 1
        self.at(self.now + after, "ready", which)
        if self.cluster.lost:
            self.at(self.now + self.chance.expovariate(self.cluster.lost / HOUR), "lose", which)

    def ready(self, which: int) -> None:
        """An executor begins to take tasks."""
        if self.executors[which].alive:
            self.free.extend([which] * self.cluster.cores)

    def lose(self, which: int) -> None:
        """An executor is gone, with what ran on it; what nobody else runs is begun anew, first of all."""
        executor = self.executors[which]
        self.losses += 1
        for attempt in list(executor.running):
            task = self.attempts[attempt][0]
            self.stop(attempt, wasted=True)
            if not self.of_task[task] and not self.done[task]:
                self.waiting.appendleft(task)
        executor.alive = False
        self.free = deque(each for each in self.free if each != which)
        self.leave(executor)
        self.at(self.now + self.cluster.back, "replace")

    def replace(self, _: int) -> None:
        """The successor of a lost executor comes."""
        self.come(self.cluster.start)

    def leave(self, executor: Executor) -> None:
        """Nobody pays for an executor any longer; what still runs on it was for nothing."""
        for attempt in list(executor.running):
            self.stop(attempt, wasted=True)
        self.paid += (self.now - executor.came) * self.cluster.cores

    def give(self, _: int = 0) -> None:
        """The next portion's tasks can be begun, after what comes before them."""
        if self.given < len(self.portions):
            self.at(self.now + self.cluster.between, "open", self.given)
            self.given += 1

    def open(self, which: int) -> None:
        """A portion's tasks can be begun."""
        self.waiting.extend(range(which * self.size, which * self.size + self.portions[which].tasks))

    def begin_what_can(self) -> None:
        """Begin the tasks that wait, on the cores that are free."""
        while self.waiting and self.free:
            task = self.waiting.popleft()
            if self.done[task]:
                continue
            which = self.free.popleft()
            executor = self.executors[which]
            attempt = len(self.attempts)
            self.attempts.append((task, which))
            self.of_task.setdefault(task, []).append(attempt)
            executor.running[attempt] = self.now
            self.at(self.now + self.cluster.task + self.costs[task] * executor.pace, "end", attempt)

    def end(self, attempt: int) -> None:
        """An attempt ends, unless it was stopped before; other attempts at the task are stopped."""
        task, which = self.attempts[attempt]
        if attempt not in self.executors[which].running:
            return
        took = self.stop(attempt, wasted=False)
        self.done[task] = True
        self.left -= 1
        for other in list(self.of_task.pop(task)):
            self.stop(other, wasted=True)
        portion = self.portions[task // self.size]
        portion.took.append(took)
        portion.left -= 1
        if not portion.left:
            self.give()
        elif self.cluster.copies and not portion.limit and portion.left <= (1 - self.cluster.copies) * portion.tasks:
            portion.limit = self.cluster.patience * median(portion.took)
            if not self.looking:
                self.looking = True
                self.at(self.now, "look")

    def stop(self, attempt: int, *, wasted: bool) -> float:
        """Take an attempt off its core; how long it was there."""
        task, which = self.attempts[attempt]
        executor = self.executors[which]
        took = self.now - executor.running.pop(attempt)
        if task in self.of_task:
            self.of_task[task].remove(attempt)
        self.worked += took
        self.wasted += took if wasted else 0.0
        if executor.alive:
            self.free.append(which)
        return took

    def look(self, _: int) -> None:
        """Begin once more what takes far longer than the rest of its portion; look again in a while."""
        for task, attempts in self.of_task.items():
            limit = self.portions[task // self.size].limit
            if not limit or len(attempts) != 1:
                continue
            began = self.executors[self.attempts[attempts[0]][1]].running[attempts[0]]
            if self.now - began > limit and task not in self.waiting:
                self.waiting.append(task)
                self.copied += 1
        self.looking = any(portion.limit and portion.left for portion in self.portions[: self.given])
        if self.looking:
            self.at(self.now + self.cluster.look, "look")


def simulate(costs: Sequence[float], cluster: Cluster, *, seed: int = 1) -> Ended:
    """Work off tasks of so many core-seconds each.

    >>> sure = Cluster(2, cores=1, start=0, task=0, slow=0, lost=0, between=0, copies=0)
    >>> simulate([3.0, 1.0, 1.0, 1.0], sure)
    Ended(seconds=3.0, worked=6.0, wasted=0.0, paid=6.0, lost=0, copied=0)
    """
    return Run(costs, cluster, seed).to_the_end()
