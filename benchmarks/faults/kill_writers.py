"""A process that writes to the register, or the database's server, is killed 200 times at random moments.

Run: python -m benchmarks.faults.kill_writers [number of kills]

The exit status is 0 when nothing was lost and nothing was left by half.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from killed_writer import Kill, kill_server, kill_writer
from postgresql import find_postgresql, running_cluster

KILLS = 200
#: A new database after so many: what is checked after each kill grows with the register.
KILLS_A_DATABASE = 20
SECONDS = (0.0, 0.4)
#: Making the tables takes about a tenth of a second.
SECONDS_OF_OPENING = (0.0, 0.2)
HEADING = (
    "| Killed | Database | Kills | Changes reported as saved | of these lost | Killed during a change | of these saved"
    " as a whole | by half |",
    "|---|---|---|---|---|---|---|---|",
)

NewDatabase = Callable[[], AbstractContextManager[str]]
OneKill = Callable[[str, int], Kill]


@contextmanager
def _sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{Path(folder) / 'register.sqlite3'}"


def _rounds(new: NewDatabase, kill: OneKill, kills: int, kills_a_database: int) -> list[Kill]:
    found: list[Kill] = []
    while len(found) < kills:
        with new() as url:
            found += [kill(url, len(found) + n) for n in range(min(kills_a_database, kills - len(found)))]
        print(f"  {len(found)} of {kills}", file=sys.stderr, flush=True)
    return found


def _row(killed: str, database: str, kills: list[Kill]) -> str:
    cells = (
        killed,
        database,
        len(kills),
        sum(len(kill.committed) for kill in kills),
        sum(len(kill.lost) for kill in kills),
        sum(kill.under_way is not None for kill in kills),
        sum(kill.kept for kill in kills),
        sum(bool(kill.broken) for kill in kills),
    )
    return f"| {' | '.join(map(str, cells))} |"


def main() -> int:
    """Kill, look, and print what was found."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else KILLS
    chance = random.Random(kills)  # noqa: S311 - chance, not a secret

    def writer(url: str, seed: int) -> Kill:
        return kill_writer(url, chance.uniform(*SECONDS), seed)

    def opener(url: str, seed: int) -> Kill:
        return kill_writer(url, chance.uniform(*SECONDS_OF_OPENING), seed, after="opening")

    # The server as a city would run it: it waits for the disk.
    with running_cluster(find_postgresql(), settings=()) as cluster:

        def server(url: str, seed: int) -> Kill:
            return kill_server(cluster, url, chance.uniform(*SECONDS), seed)

        few = max(kills // 5, 1)
        plan: tuple[tuple[str, str, list[Kill]], ...] = (
            ("the writer", "SQLite", _rounds(_sqlite, writer, kills, KILLS_A_DATABASE)),
            ("the writer", "PostgreSQL", _rounds(cluster.database, writer, kills, KILLS_A_DATABASE)),
            ("the server", "PostgreSQL", _rounds(cluster.database, server, few, KILLS_A_DATABASE)),
            ("the writer, while it makes the tables", "SQLite", _rounds(_sqlite, opener, few, 1)),
            ("the writer, while it makes the tables", "PostgreSQL", _rounds(cluster.database, opener, few, 1)),
        )
    print(*HEADING, *(_row(*part) for part in plan), sep="\n")
    faults = [fault for *_, found in plan for kill in found for fault in (*kill.lost, *kill.broken)]
    print(*faults, sep="\n", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
