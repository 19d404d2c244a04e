"""The dashboard as its users start it, for the browser tests: `python -m dashboard run` on a free port."""

import fcntl
import os
import socket
import subprocess
import sys
import tempfile
import time
import zlib
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
def running_dashboard(folder: Path, *, may_tell_errors: bool = False, **settings: str) -> Iterator[str]:
    """Run the dashboard on its own data and give its address; what it wrote is told when a test fails.

    Parameters
    ----------
    folder
        Where its words and its (empty) settings file go.
    may_tell_errors
        Whether the test makes errors on purpose.
    **settings
        Settings by their names in the environment.
    """
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DASHBOARD_")}
    (folder / "settings.toml").touch()
    environment |= {
        "DASHBOARD_SETTINGS_FILE": str(folder / "settings.toml"),
        "DASHBOARD_DATABASE_URL": f"sqlite:///{folder / 'register.sqlite3'}",
        "DASHBOARD_DECKS_FOLDER": str(folder / "decks"),
        **settings,
    }
    command = [sys.executable, "-m", "dashboard", "run", "--port", str(port)]
    with running(command, port, folder, environment, may_tell_errors=may_tell_errors) as address:
        yield address


@contextmanager
def running(
    command: list[str], port: int, folder: Path, environment: dict[str, str], *, may_tell_errors: bool = False
) -> Iterator[str]:
    """Run a server that answers on a port, with its words in a folder, and give its address.

    An error in its words fails the test, unless the test makes errors on purpose.
    """
    words = folder / "server.log"
    with _alone(), words.open("w") as log:
        process = subprocess.Popen(
            command, cwd=PROJECT, env=environment, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
        )
        try:
            _wait_for_health(port, process, words)
        except BaseException:
            process.kill()
            process.wait()
            raise
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    said = words.read_text("utf-8")
    assert may_tell_errors or "Traceback" not in said, f"The server met an error:\n{said[-4000:]}"


@contextmanager
def _alone() -> Iterator[None]:
    """Let one server start at a time: each builds the project's own warehouse when it is missing."""
    name = f"hela-staden-{zlib.crc32(str(PROJECT).encode())}.lock"
    with (Path(tempfile.gettempdir()) / name).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


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
