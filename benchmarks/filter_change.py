"""What one change of a filter costs: server time and bytes, for one visitor alone.

Run: python -m benchmarks.filter_change
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from statistics import median

from benchmarks.clients import Answer, Visitor
from benchmarks.results import Result, report
from benchmarks.servers import dashboard

ROUNDS = 10
SPLITS = 9
#: The other parts of Segregation where a split is chosen.
PARTS = ("scale", "change", "neighbours", "mix")
Change = Callable[[Visitor], Awaitable[Answer]]

#: What a visitor of Stadsdelar does in a round: each filter there and back.
CHANGES: tuple[Change, ...] = (
    lambda visitor: visitor.choose("typ", [0]),
    lambda visitor: visitor.choose("typ", []),
    lambda visitor: visitor.choose("stadsdel", [2]),
    lambda visitor: visitor.choose("stadsdel", [2, 3]),
    lambda visitor: visitor.choose("stadsdel", []),
    lambda visitor: visitor.choose("granser", [1]),
    lambda visitor: visitor.slide("foreign_background_share-deso", 0.25, 1),
    lambda visitor: visitor.choose("granser", []),
    lambda visitor: visitor.choose("farg", [3]),
    lambda visitor: visitor.choose("farg", [1]),
)


async def in_stadsdelar(port: int) -> list[Answer]:
    """Change every filter of Stadsdelar again and again; the first round warms up and is left out."""
    async with Visitor(port) as visitor:
        await visitor.open("stadsdelar")
        answers = [[await change(visitor) for change in CHANGES] for _ in range(ROUNDS + 1)]
    return [answer for one in answers[1:] for answer in one]


async def in_segregation(port: int) -> tuple[list[Answer], list[Answer]]:
    """Choose every split but the one that is shown first: when nobody has asked for it before, and once more."""
    async with Visitor(port) as visitor:
        await visitor.open("segregation")
        first = [await visitor.choose("uppdelning", [split]) for split in range(1, SPLITS)]
        again = [await visitor.choose("uppdelning", [split]) for split in range(SPLITS) for _ in range(2)]
    return first, again


async def in_part(port: int, part: str) -> list[Answer]:
    """Choose every split that a part of Segregation offers, when nobody has asked for it before."""
    async with Visitor(port) as visitor:
        await visitor.open("segregation", f"del={part}")
        others = range(1, visitor.choices("uppdelning"))
        return [await visitor.choose("uppdelning", [split]) for split in others]


def measure() -> list[Result]:
    """Measure both pages."""
    with dashboard() as server:
        filters = asyncio.run(in_stadsdelar(server.port))
    with dashboard() as server:
        new, known = asyncio.run(in_segregation(server.port))
    with dashboard() as server:
        parts = {part: asyncio.run(in_part(server.port, part)) for part in PARTS}
    times = [1000 * answer.seconds for answer in filters]
    most = max(filters, key=lambda answer: answer.sent)
    rounds = f"median of {len(times)}"
    return [
        Result("Stadsdelar, a filter is changed: time of the server", median(times), "ms", 80, rounds),
        Result("– sent, the largest of all changes", most.sent / 1000, "kB", 20, f"largest of {len(times)}"),
        Result(
            "Segregation, another split: time of the server when nobody asked for it before",
            median(1000 * answer.seconds for answer in new),
            "ms",
            150,
            f"median of {len(new)}",
        ),
        Result(
            "– when somebody did",
            median(1000 * answer.seconds for answer in known),
            "ms",
            150,
            f"median of {len(known)}",
        ),
        *(
            Result(
                f"– part “{part}”, when nobody asked for it before",
                median(1000 * answer.seconds for answer in answers),
                "ms",
                150,
                f"median of {len(answers)}",
            )
            for part, answers in parts.items()
        ),
    ]


if __name__ == "__main__":
    sys.exit(report(measure))
