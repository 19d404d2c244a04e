"""A dashboard of its own for a measurement: started as its operator starts it, and always stopped again."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import psutil

from benchmarks.clients import HOST

PROJECT_FOLDER = Path(__file__).resolve().parents[1]
SECONDS_TO_START = 60.0


@dataclass(frozen=True)
class Server:
    """A dashboard that runs on this machine.

    Parameters
    ----------
    port
        Where it listens.
    process
        Its process.
    started
        The moment at which it was started, on the clock of `time.perf_counter`.
    """

    port: int
    process: psutil.Process
    started: float

    def memory(self) -> float:
        """Give the memory that the process holds now (RSS), in megabytes of 1 000 000 bytes."""
        return float(self.process.memory_info().rss) / 1e6

    def processor_seconds(self) -> float:
        """Give the processor time that the process has taken since it started; other work does not lengthen it."""
        times = self.process.cpu_times()
        return float(times.user + times.system)


@contextmanager
def dashboard(settings: Mapping[str, str] | None = None, *, wait: bool = True) -> Iterator[Server]:
    """Run ``python -m dashboard run`` on a free port.

    Parameters
    ----------
    settings
        Settings besides those of this process.
    wait
        Whether to wait until it answers.

    Raises
    ------
    RuntimeError
        When it does not answer in time.
    """
    port = free_port()
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "dashboard", "run", "--port", str(port)],
        cwd=PROJECT_FOLDER,
        env=environment(settings),
        stdout=subprocess.DEVNULL,
    ) as process:
        try:
            if wait:
                wait_until_up(port)
            yield Server(port, psutil.Process(process.pid), started)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def environment(settings: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give the environment of a process that runs the dashboard from this folder, with settings besides."""
    paths = os.pathsep.join(filter(None, (str(PROJECT_FOLDER / "src"), os.environ.get("PYTHONPATH"))))
    return os.environ | {"PYTHONPATH": paths} | dict(settings or {})


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_up(port: int) -> None:
    """Wait until the server answers.

    Raises
    ------
    RuntimeError
        When it does not answer in time.
    """
    # A proxy of the surroundings has no business between two programs on the same machine.
    opener = build_opener(ProxyHandler({}))
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        try:
            with opener.open(f"http://{HOST}:{port}/_stcore/health", timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the dashboard did not answer in time")
