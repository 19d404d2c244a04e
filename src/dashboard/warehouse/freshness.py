"""Whether the warehouse is the one that the data folder would give, and building it when it is not."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dashboard.settings import Settings
from dashboard.warehouse.connection import Warehouse, WarehouseError
from dashboard.warehouse.fingerprint import BuildError, fingerprint

Say = Callable[[str], None]


def is_fresh(settings: Settings) -> bool:
    """Tell whether the warehouse was built from the data as they are now, for this municipality and version."""
    try:
        warehouse = Warehouse(settings.warehouse_file, settings.memory_limit)
    except WarehouseError:
        return False
    built_from = warehouse.meta.get("fingerprint")
    maps = [name for key, name in warehouse.meta.items() if key.startswith("map_")]
    warehouse.close()
    drawn = all((settings.maps_folder / name).is_file() for name in maps)
    return drawn and built_from == fingerprint(settings.data_folder, settings.municipality)


def ensure_fresh(settings: Settings, say: Say) -> None:
    """Build the warehouse in this process if it is missing or older than the data.

    Raises
    ------
    BuildError
        When the data cannot be built.
    """
    with only_one(settings.warehouse_file):
        if not is_fresh(settings):
            # Imported here: building needs the geometry libraries, running does not.
            from dashboard.warehouse.build import build

            build(settings, say)


def build_apart(settings: Settings, say: Say) -> None:
    """Build in a process of its own, so that what only the build needs does not stay in the server's memory.

    Raises
    ------
    BuildError
        When the build fails; the message is the build's own.
    """
    with only_one(settings.warehouse_file):
        if is_fresh(settings):
            return
        command = [sys.executable, "-m", "dashboard", "build"]
        with subprocess.Popen(  # noqa: S603 - our own program, no shell
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            for line in process.stdout or ():
                say(line.rstrip())
            complaint = process.stderr.read() if process.stderr else ""
        if process.returncode != 0:
            raise BuildError(
                complaint.strip().removeprefix("dashboard: ") or f"The build ended with status {process.returncode}."
            )


@contextmanager
def only_one(file: Path) -> Iterator[None]:
    """Let one process at a time build a warehouse; the others wait and then find it built."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with (file.parent / f".{file.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
