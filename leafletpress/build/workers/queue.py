"""The jobs of a pool on their way: waiting, at work, or done and not yet given back, for results keep their order."""

from bisect import insort
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice

from leafletpress.build.workers.jobs import Job, Result, Script
from leafletpress.model.problems import Problem

Tell = Callable[[tuple[Problem, ...]], None]


class Queue:
    """The jobs that are waiting, at work or done and not yet given back, by their number."""

    def __init__(self, coming: Iterator[Job], tell: Tell) -> None:
        self._coming, self._count, self._turn = coming, 0, 0
        self.tell = tell
        self.jobs: dict[int, Job] = {}
        self.waiting: list[int] = []
        self.suspects: list[int] = []
        self.done: dict[int, Result] = {}

    def filled(self, size: int) -> bool:
        """Whether there are jobs, when as many as there may be have come."""
        for job in islice(self._coming, max(size - len(self.jobs), 0)):
            self.jobs[self._count] = job
            self.waiting.append(self._count)
            self._count += 1
        return bool(self.jobs)

    @property
    def ready(self) -> bool:
        """Whether the result whose turn it is has come."""
        return self._turn in self.done

    def next(self) -> Result:
        """The result whose turn it is."""
        number, self._turn = self._turn, self._turn + 1
        del self.jobs[number]
        return self.done.pop(number)

    def again(self, numbers: Iterable[int]) -> None:
        """Queue these jobs again: their worker ended before they were done."""
        for number in numbers:
            insort(self.waiting, number)

    def chosen(self, script: Script, others: Collection[Script]) -> int:
        """The next job for a worker: of the script that it did last, else of one that no other has, else the first."""
        scripts = {number: self.jobs[number].script for number in self.waiting}
        number = next((number for number in scripts if scripts[number] == script), None)
        if number is None:
            number = next((number for number in scripts if scripts[number] not in others), self.waiting[0])
        self.waiting.remove(number)
        return number
