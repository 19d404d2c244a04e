"""Fills a disk under a register and then makes room again: `python full_disk.py URL`; says what happened as JSON.

The disk is full in the way that a process can be told it is: no file may grow beyond a limit.
"""

from __future__ import annotations

import json
import resource
import sys

from dashboard.access import OPERATOR
from dashboard.register.errors import UnavailableError
from dashboard.register.store import Register

BYTES = 300_000
PARAGRAPH = "Ett påhittat stycke. " * 150


def save(register: Register, name: str) -> None:
    """Make one project."""
    values = {"municipality": "1488", "name": name, "status": "planned", "summary": PARAGRAPH}
    register.save(OPERATOR, "project", values)


def main() -> None:
    """Write until the disk is full, then once more with room."""
    register = Register.open(sys.argv[1], seeds=None)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (BYTES, before[1]))
    saved, code = 0, ""
    try:
        while saved < BYTES // len(PARAGRAPH) * 2:
            save(register, f"Projekt {saved}")
            saved += 1
    except UnavailableError as error:
        code = error.code
    readable = len(register.contents(OPERATOR, "1488").projects)
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    save(register, "Projekt efteråt")
    sys.stdout.write(json.dumps({"saved": saved, "code": code, "readable": readable}))


if __name__ == "__main__":
    main()
