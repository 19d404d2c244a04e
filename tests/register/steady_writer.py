"""Writes to a register without a pause until it is killed: `python steady_writer.py URL SEED`.

What is about to be written, and what was, goes to standard output as it happens, so that whoever reads it knows what
the register has promised to keep.
"""

from __future__ import annotations

import json
import os
import random
import sys
from itertools import count

from dashboard.access import OPERATOR
from dashboard.register.entries import Entry
from dashboard.register.errors import ConflictError
from dashboard.register.store import Register

LETTERS = str.maketrans("0123456789", "abcdefghij")
MUNICIPALITY = "1488"
#: So long that one change does not fit into one page of a database.
FILLING = "Ett påhittat stycke om ett påhittat projekt. " * 60


def tell(event: str, **details: object) -> None:
    """Hand a line to the reader at once: what the pipe has taken outlives this process."""
    os.write(1, (json.dumps({"event": event, **details}) + "\n").encode())


def write(register: Register, chance: random.Random, number: int, projects: list[Entry]) -> None:
    """Make one change: a new project or contribution, or a new text for an old project."""
    # In letters: a row of digits could be taken for a telephone number.
    mark = f"m{os.getpid()}x{number}".translate(LETTERS)
    what = chance.choice(("new", "changed", "changed", "handed in")) if projects else "new"
    tell("begun", mark=mark)
    if what == "handed in":
        values = {"municipality": MUNICIPALITY, "text": f"{mark} Bänken vid torget", "consent": "1", "not_names": True}
        entry = register.submit(values).entry
    elif what == "new":
        values = {"municipality": MUNICIPALITY, "name": mark, "status": "planned", "summary": FILLING}
        entry = register.save(OPERATOR, "project", values)
        projects.append(entry)
    else:
        place = chance.randrange(len(projects))
        old = projects[place]
        values = old.model_dump(exclude={"id", "version", "archived"}) | {"summary": f"{mark} {FILLING}"}
        try:
            entry = projects[place] = register.save(OPERATOR, "project", values, id=old.id, version=old.version)
        except ConflictError as conflict:
            projects[place] = conflict.current
            tell("refused", mark=mark)
            return
    tell("committed", mark=mark, kind=entry.kind, id=entry.id, version=entry.version)


def main() -> None:
    """Write until killed."""
    url, seed = sys.argv[1:]
    tell("opening")
    register = Register.open(url, seeds=None)
    chance = random.Random(seed)  # noqa: S311 - chance, not a secret
    projects: list[Entry] = [*register.contents(OPERATOR, MUNICIPALITY).projects]
    tell("opened")
    for number in count():
        write(register, chance, number, projects)


if __name__ == "__main__":
    main()
