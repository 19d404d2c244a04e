"""The k nearest people of every cell of a large grid, part by part, so that an interrupted run goes on where it was."""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dashboard.file_swap import file_swapped_in
from dashboard.measures.formulas import Array
from dashboard.measures.neighbourhood_rule import Ints, Search
from dashboard.measures.neighbourhoods import search_of

#: Cells of one part: enough for numpy to be fast, few enough for an interruption to lose little.
PART = 8_192
#: Rows of cells that are worked out beside each other, for what they need lies near in memory.
BAND_METRES = 8_000.0
WORKERS = 2
#: Raised when the parts of an older version mean something else.
LAYOUT = 1


class RunBusyError(Exception):
    """Another process works on the same output."""


@dataclass(frozen=True, slots=True)
class Neighbourhoods:
    """The shares of the groups among the k nearest of every cell (ks, cells, groups), and metres (ks, cells)."""

    shares: Array
    metres: Array


class NeighbourhoodRun:
    """One run over a grid.

    Parameters
    ----------
    x, y, n
        Points of the cells, and counts (cells, groups).
    ks
        How many people, ascending, none more than there are.
    output
        The file that the result is for: the parts lie in a hidden folder beside it until it is finished.
    fingerprint
        What the result hangs on: input and parameters. Parts of another fingerprint are thrown away.
    """

    def __init__(self, x: Array, y: Array, n: Array, ks: Sequence[int], *, output: Path, fingerprint: str) -> None:
        self._place, self._n, self._ks = (x, y), n, list(ks)
        self._folder = output.parent / f".{output.name}.parts"
        self._plan = {"layout": LAYOUT, "part": PART, "fingerprint": fingerprint}
        order = np.lexsort((x, np.floor((y - y.min()) / BAND_METRES)))
        self._parts: list[Ints] = [order[start : start + PART] for start in range(0, len(order), PART)]

    def finished_cells(self) -> int:
        """Give how many cells an earlier run has worked out already."""
        if self._read_plan() != self._plan:
            return 0
        return sum(len(part) for number, part in enumerate(self._parts) if self._file(number).exists())

    def work(self, tell: Callable[[int], None]) -> Neighbourhoods:
        """Work out what is left and give the whole.

        Parameters
        ----------
        tell
            Is told after each part how many cells are done.

        Raises
        ------
        RunBusyError
            When another process works on the same output.
        KeyboardInterrupt
            When it is interrupted; what is finished stays.
        """
        self._folder.mkdir(exist_ok=True)
        with self._alone():
            if self._read_plan() != self._plan:
                for file in self._folder.glob("part-*"):
                    file.unlink()
                with file_swapped_in(self._folder / "plan.json") as new:
                    new.write_bytes(json.dumps(self._plan).encode())
            left = [number for number in range(len(self._parts)) if not self._file(number).exists()]
            done = self.finished_cells()
            tell(done)
            if left:
                search = search_of(*self._place, self._n)[0]
                for number in self._worked(search, left):
                    done += len(self._parts[number])
                    tell(done)
            return self._gathered()

    def clear(self) -> None:
        """Take away the parts, once the result is written."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _worked(self, search: Search, left: list[int]) -> Iterator[int]:
        with ThreadPoolExecutor(WORKERS) as pool:
            running: dict[Future[None], int] = {}
            waiting = iter(left)
            try:
                while True:
                    while len(running) < WORKERS and (number := next(waiting, None)) is not None:
                        running[pool.submit(self._one, search, number)] = number
                    if not running:
                        return
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        future.result()
                        yield running.pop(future)
            finally:
                pool.shutdown(cancel_futures=True)

    def _one(self, search: Search, number: int) -> None:
        found = search.around(self._parts[number], self._ks)
        shares = found.counts / found.counts.sum(axis=2, keepdims=True)
        whole = np.concatenate([shares, found.distance[:, :, None]], axis=2)
        file = self._file(number)
        with file_swapped_in(file) as new, new.open("wb") as stream:
            np.save(stream, whole)

    def _gathered(self) -> Neighbourhoods:
        shape = (len(self._ks), *self._n.shape)
        shares, metres = np.empty(shape), np.empty(shape[:2])
        for number, part in enumerate(self._parts):
            whole = np.load(self._file(number))
            shares[:, part], metres[:, part] = whole[:, :, :-1], whole[:, :, -1]
        return Neighbourhoods(shares, metres)

    def _file(self, number: int) -> Path:
        return self._folder / f"part-{number:05d}.npy"

    def _read_plan(self) -> object:
        try:
            return json.loads((self._folder / "plan.json").read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self._folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise RunBusyError(str(self._folder)) from None
            yield
