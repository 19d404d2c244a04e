"""A process that writes to a register is killed; what it had been told is saved must be there, and nothing by half."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from contradictions import contradictions, faults_of_file
from postgresql import Cluster

from dashboard.register.dump import Dump
from dashboard.register.store import Register

WRITER = Path(__file__).with_name("steady_writer.py")


@dataclass
class Kill:
    """What came of one kill.

    Attributes
    ----------
    committed
        What the writer had been told is saved.
    under_way
        The mark of what it was writing when it died, if it was.
    kept
        Whether that was saved all the same: killed between the database's answer and the next line.
    lost, broken
        What should be there and is not, and what contradicts itself.
    """

    committed: list[dict[str, Any]]
    under_way: str | None
    kept: bool = False
    lost: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def kill_writer(url: str, seconds: float, seed: int, *, after: str = "opened") -> Kill:
    """Let a process write for a while, kill it (SIGKILL), and look at what it leaves.

    Parameters
    ----------
    url, seed
        What the writer is given.
    seconds
        How long, from the moment that it has told of the event `after`.
    after
        `"opening"` the register: it may die while it makes the tables; `"opened"`; or `"committed"`: on a slow
        machine a writer that has just opened may not have saved anything.
    """
    process = started_writer(url, seed)
    lines = lines_of(wait_for(process, after))
    time.sleep(seconds)
    assert process.poll() is None, "The writer stopped by itself."
    process.kill()
    return looked_at(url, lines + told_by(process))


def kill_server(cluster: Cluster, url: str, seconds: float, seed: int, *, after: str = "opened") -> Kill:
    """Do as `kill_writer`, but kill all processes of the database's server."""
    process = started_writer(url, seed)
    lines = lines_of(wait_for(process, after))
    time.sleep(seconds)
    cluster.kill()
    lines += told_by(process)
    cluster.start()
    return looked_at(url, lines)


def started_writer(url: str, seed: int, told: int | IO[bytes] = subprocess.PIPE) -> subprocess.Popen[bytes]:
    """Start a writer; what it complains about when its database goes away is not of interest.

    A pipe takes what a writer tells in a second or two; one that writes for longer needs a file, or it would wait.
    """
    return subprocess.Popen(
        [sys.executable, WRITER, url, str(seed)],
        stdin=subprocess.DEVNULL,
        stdout=told,
        stderr=subprocess.DEVNULL,
    )


def wait_for(process: subprocess.Popen[bytes], event: str) -> bytes:
    """Wait until a writer tells something, and give all that it told until then."""
    assert process.stdout is not None
    said = b""
    for line in process.stdout:
        said += line
        if json.loads(line)["event"] == event:
            return said
    raise AssertionError(f"The writer ended without telling that it has {event}.")


def told_by(process: subprocess.Popen[bytes]) -> list[dict[str, Any]]:
    """Give what a writer told until it ended."""
    said, _ = process.communicate()
    return lines_of(said)


def lines_of(said: bytes) -> list[dict[str, Any]]:
    """Give the lines on changes among what a writer told; its last one may be cut off."""
    whole = said[: said.rfind(b"\n") + 1]
    return [line for line in map(json.loads, whole.splitlines()) if "mark" in line]


def looked_at(url: str, lines: Sequence[dict[str, Any]]) -> Kill:
    """Open the register again and hold it against what the writer told."""
    committed = [line for line in lines if line["event"] == "committed"]
    last = lines[-1] if lines else None
    kill = Kill(committed, str(last["mark"]) if last and last["event"] == "begun" else None)
    register = Register.open(url, seeds=None)
    dump = register.snapshot()
    register.close()
    marks = marks_of(dump)
    kill.kept = kill.under_way in marks.values()
    kill.lost = [line["mark"] for line in committed if marks.get((line["id"], line["version"])) != line["mark"]]
    kill.broken = [*contradictions(dump), *faults_of_file(url)]
    return kill


def marks_of(dump: Dump) -> dict[tuple[str, int], str]:
    """Give what each version of each entry was marked with."""
    found = {}
    for change in dump.changes:
        after = change.after or {}
        said = after.get("text") or (after["name"] if after["version"] == 1 else after["summary"])
        found[change.entry_id, after["version"]] = str(said).split(" ", 1)[0]
    return found
