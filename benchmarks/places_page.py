"""What a change of place costs on the page Platser: server time and bytes, for one visitor alone.

Run: python -m benchmarks.places_page
"""

from __future__ import annotations

import asyncio
import sys
from statistics import median

from benchmarks.clients import Answer, Visitor
from benchmarks.results import Result, report
from benchmarks.servers import dashboard

ROUNDS = 10
#: How many places the register has; the first two are chosen when the page opens.
PLACES = 10
GOAL = 200


async def in_places(port: int) -> tuple[list[Answer], list[Answer]]:
    """Choose every place alone and beside another: when nobody has asked for it before, and again and again."""
    async with Visitor(port) as visitor:
        await visitor.open("platser")
        first = [await visitor.choose("plats", [place]) for place in range(2, PLACES)]
        again = [
            await visitor.choose("plats", chosen)
            for _ in range(ROUNDS)
            for place in range(PLACES)
            for chosen in ([place], [place, (place + 1) % PLACES])
        ]
    return first, again


def measure() -> list[Result]:
    """Measure one visitor in a server of their own."""
    with dashboard() as server:
        first, again = asyncio.run(in_places(server.port))
    most = max(again, key=lambda answer: answer.sent)
    return [
        Result(
            "Platser, another place: time of the server when nobody asked for it before",
            median(1000 * answer.seconds for answer in first),
            "ms",
            GOAL,
            f"median of {len(first)}",
        ),
        Result(
            "– when somebody did, one place or two side by side",
            median(1000 * answer.seconds for answer in again),
            "ms",
            GOAL,
            f"median of {len(again)}",
        ),
        Result("– sent, the largest of these changes", most.sent / 1000, "kB", 50, f"largest of {len(again)}"),
    ]


if __name__ == "__main__":
    sys.exit(report(measure))
