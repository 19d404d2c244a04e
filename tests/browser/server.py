"""The dashboard as its users start it, for the browser tests: `python -m dashboard run` on a free port."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

PROJECT = Path(__file__).parents[2]
SECONDS_TO_START = 90
SECONDS_TO_STOP = 15


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running_dashboard(folder: Path, **settings: str) -> Iterator[str]:
    """Run the dashboard on its own data and give its address; what it wrote is told when a test fails.

    Parameters
    ----------
    folder
        Where its words and its (empty) settings file go.
    **settings
        Settings by their names in the environment.
    """
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DASHBOARD_")}
    (folder / "settings.toml").touch()
    environment |= {"DASHBOARD_SETTINGS_FILE": str(folder / "settings.toml"), **settings}
    with running([sys.executable, "-m", "dashboard", "run", "--port", str(port)], port, folder, environment) as address:
        yield address


@contextmanager
def running(command: list[str], port: int, folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """Run a server that answers on a port, with its words in a folder, and give its address."""
    words = folder / "server.log"
    with words.open("w") as log:
        process = subprocess.Popen(
            command, cwd=PROJECT, env=environment, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
        )
    try:
        _wait_for_health(port, process, words)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    said = words.read_text("utf-8")
    assert "Traceback" not in said, f"The server met an error:\n{said[-4000:]}"


def _wait_for_health(port: int, process: subprocess.Popen[bytes], words: Path) -> None:
    limit = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < limit:
        assert process.poll() is None, f"The dashboard did not start:\n{words.read_text('utf-8')}"
        try:
            with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError(f"The dashboard did not answer within {SECONDS_TO_START} s:\n{words.read_text('utf-8')}")
