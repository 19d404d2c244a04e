"""Fifty visitors who all change a filter at the same moment: how long they wait, and what they cost in memory.

Run: python -m benchmarks.fifty_clients
"""

from __future__ import annotations

import asyncio
import sys

from benchmarks.clients import Visitor, visitors
from benchmarks.filter_change import CHANGES
from benchmarks.results import Result, p95, report
from benchmarks.servers import Server, dashboard

VISITORS = 50
SECONDS = 2
#: Pages with the queries that open each of their parts.
PAGES = (
    ("", ""),
    ("segregation", ""),
    ("stadsdelar", ""),
    *(("platser", query) for query in ("", "del=access", "del=barriers", "del=what_if", "del=use")),
    ("data-och-metod", ""),
)


async def all_at_once(server: Server) -> tuple[list[float], float, float]:
    """Give the seconds that each change took, the server's processor seconds for one, and its most memory in MB."""
    async with Visitor(server.port) as first:
        # Whatever a page loads when it is first opened belongs to the server's memory.
        for page, query in PAGES:
            await first.open(page, query)
    times: list[float] = []
    memory = []
    async with visitors(server.port, VISITORS) as people:
        for one in people:
            await one.open("stadsdelar")
        before = server.processor_seconds()
        for change in CHANGES:
            answers = await asyncio.gather(*(change(one) for one in people))
            times += [answer.seconds for answer in answers]
            memory.append(server.memory())
        busy = server.processor_seconds() - before
    return times, busy / len(times), max(memory)


def measure() -> list[Result]:
    """Measure waiting time, processor time and memory in one run."""
    with dashboard() as server:
        times, busy, memory = asyncio.run(all_at_once(server))
    return [
        Result(
            f"Stadsdelar, {VISITORS} visitors change a filter at once: the wait that 95 of 100 do not exceed",
            p95(times),
            "s",
            SECONDS,
            f"{len(times)} changes",
        ),
        Result(
            "– processor time of the server for one of these changes, whatever else the machine does",
            1000 * busy,
            "ms",
            # With more, fifty changes one after another could not be done within the two seconds.
            1000 * SECONDS / VISITORS,
            f"mean of {len(times)}",
        ),
        Result(
            f"– memory of the server (RSS) with {VISITORS} sessions",
            memory,
            "MB",
            320,
            f"largest of {len(CHANGES)} readings",
        ),
    ]


if __name__ == "__main__":
    sys.exit(report(measure))
