"""A backup that is made while others write is one moment of the register, and they need not wait for it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

from contradictions import contradictions, faults_of_file
from killed_writer import lines_of, marks_of, started_writer

from dashboard.register.store import Register

WRITERS = 4
#: So many changes by each before the backup begins.
CHANGES_BEFORE = 5
SECONDS_TO_WRITE = 60


@contextmanager
def writers(url: str, folder: Path) -> Iterator[list[Path]]:
    """Let some processes write; give the files in which each tells what it has saved."""
    files = [folder / f"writer-{number}.log" for number in range(WRITERS)]
    with ExitStack() as stack:
        for number, path in enumerate(files):
            process = started_writer(url, number, stack.enter_context(path.open("wb")))
            stack.callback(process.wait)
            stack.callback(process.kill)
        yield files


def committed(files: list[Path]) -> list[list[dict[str, Any]]]:
    return [[line for line in lines_of(path.read_bytes()) if line["event"] == "committed"] for path in files]


def wait_until_all_have_written(files: list[Path], changes: int) -> None:
    limit = time.monotonic() + SECONDS_TO_WRITE
    while min(map(len, committed(files))) < changes:
        assert time.monotonic() < limit, "The writers write too little."
        time.sleep(0.05)


def run(url: str, *arguments: str | Path) -> None:
    command = [sys.executable, "-m", "dashboard", "register", *arguments]
    done = subprocess.run(
        command, env=os.environ | {"DASHBOARD_DATABASE_URL": url}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_backup_while_four_write_is_one_moment(register_url: str, tmp_path: Path) -> None:
    backup, restored = tmp_path / "register.zip", f"sqlite:///{tmp_path / 'restored.sqlite3'}"
    with writers(register_url, tmp_path) as files:
        wait_until_all_have_written(files, CHANGES_BEFORE)
        before = committed(files)
        run(register_url, "backup", backup)
        during = [len(after) - len(old) for old, after in zip(before, committed(files), strict=True)]
        wait_until_all_have_written(files, max(map(len, before)) + 1)
    run(restored, "restore", backup)
    with closing(Register.open(restored, seeds=None)) as register:
        dump = register.snapshot()
    assert contradictions(dump) == []
    assert faults_of_file(restored) == []
    marks = marks_of(dump)
    lost = [line for old in before for line in old if marks.get((line["id"], line["version"])) != line["mark"]]
    assert lost == [], "What was saved before the backup began is in it."
    assert sum(during) > 0, "The writers waited for the backup."
