"""The machine's PostgreSQL, as a server for the tests; `python tests/register/postgresql.py` says where it is."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psutil
import psycopg

#: Names the folder with `initdb` for the tests, when it is in none of the usual places.
VARIABLE = "DASHBOARD_TEST_POSTGRESQL"
#: Debian keeps the programs of the server off the path, and so does Homebrew.
FOLDERS = ("/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/local/opt/postgresql*/bin")
MISSING = f"There is no PostgreSQL for the register's tests: run `sh scripts/test`, or name its folder in {VARIABLE}."
SECONDS_TO_START = 60
PORTS_TO_TRY = 5
ADMINISTRATOR = "postgres"
#: Whom the register signs in as: somebody without rights of an administrator, as in a city.
USER = "dashboard"
#: What the operating system has taken outlives any process: only a power cut needs the disk to be waited for.
WITHOUT_WAITING_FOR_THE_DISK = ("fsync = off", "full_page_writes = off")


def find_postgresql() -> Path | None:
    """Give the folder with the server's programs, of the newest version; None when there is none."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named) if shutil.which("initdb", path=named) else None
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    root = Path("/")
    found = [folder for pattern in FOLDERS for folder in root.glob(pattern[1:]) if (folder / "initdb").is_file()]
    return max(found, key=_version, default=None)


def _version(programs: Path) -> int:
    # …/postgresql/15/bin, …/postgresql@16/bin
    digits = "".join(filter(str.isdigit, programs.parent.name))
    return int(digits or 0)


class Cluster:
    """A PostgreSQL server of our own, on the loopback interface.

    Parameters
    ----------
    programs
        The folder with `initdb` and `pg_ctl`.
    folder
        Where its files go: an empty folder that belongs to the user whom the server runs as.
    settings
        Lines for its `postgresql.conf`.
    """

    def __init__(self, programs: Path, folder: Path, settings: tuple[str, ...] = WITHOUT_WAITING_FOR_THE_DISK) -> None:
        self.programs = programs
        self.folder = folder
        self.port = 0
        self._names = (f"register_{number}" for number in count(1))
        self._run("initdb", "--auth=trust", f"--username={ADMINISTRATOR}", "--encoding=UTF8", "--locale=C", "--no-sync")
        with (self._data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in (*settings, "listen_addresses = '127.0.0.1'"))

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def start(self) -> None:
        """Start the server: on the port that it had, if it had one."""
        for _ in range(PORTS_TO_TRY):
            port = self.port or _free_port()
            if self._starts(port):
                self.port = port
                return
        raise AssertionError(f"PostgreSQL did not start:\n{self._words()}")

    def _starts(self, port: int) -> bool:
        # The socket's path must be short; the folder's is.
        options = f"-p {port} -k {self.folder}"
        log = str(self.folder / "server.log")
        arguments = ("start", "-w", "-t", str(SECONDS_TO_START), "-l", log, "-o", options)
        return self._called("pg_ctl", *arguments).returncode == 0

    def stop(self, mode: str = "fast") -> None:
        """Stop the server: `fast`, or `immediate`, which is as if it had crashed."""
        self._run("pg_ctl", "stop", "-w", "-m", mode)

    def kill(self) -> None:
        """Kill every process of the server (SIGKILL)."""
        first = psutil.Process(int((self._data / "postmaster.pid").read_text("utf-8").splitlines()[0]))
        # The first one stops before it can tell the others to end, or start new ones.
        first.suspend()
        processes = [*first.children(recursive=True), first]
        for process in processes:
            process.kill()
        psutil.wait_procs(processes)

    @contextmanager
    def database(self) -> Iterator[str]:
        """Make an empty database, which belongs to the register's user, and give its URL; drop it afterwards."""
        name = next(self._names)
        self.execute(f"CREATE DATABASE {name} OWNER {USER}")
        yield f"postgresql://{USER}@127.0.0.1:{self.port}/{name}"
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def execute(self, statement: str) -> None:
        """Do something as the administrator."""
        address = f"postgresql://{ADMINISTRATOR}@127.0.0.1:{self.port}/postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())

    def _run(self, program: str, *arguments: str) -> None:
        found = self._called(program, *arguments)
        assert found.returncode == 0, f"{program} {' '.join(arguments)} did not work:\n{self._words()}"

    def _called(self, program: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        # Into a file: the server keeps its parent's output open, so that the end of a pipe would never come.
        with (self.folder / "programs.log").open("ab") as log:
            return subprocess.run(
                [self.programs / program, "-D", self._data, *arguments],
                cwd=self.folder,
                env={"PATH": os.environ.get("PATH", os.defpath), "HOME": str(self.folder), "LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                check=False,
                **_as_server(),
            )

    def _words(self) -> str:
        logs = (self.folder / name for name in ("programs.log", "server.log"))
        return "\n".join(log.read_text("utf-8", "replace")[-2000:] for log in logs if log.exists())


def _as_server() -> dict[str, Any]:
    """Give whom the server runs as: not root, which PostgreSQL refuses."""
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam("postgres")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_cluster(
    programs: Path | None, settings: tuple[str, ...] = WITHOUT_WAITING_FOR_THE_DISK
) -> Iterator[Cluster]:
    """Run a server for a while; without PostgreSQL the tests fail, for a database that was not tried is not tested."""
    assert programs is not None, MISSING
    # Not pytest's folder for the tests: that is closed to others than whoever runs them, and its path is long.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    server = _as_server()
    if server:
        os.chown(folder, server["user"], server["group"])
    try:
        cluster = Cluster(programs, folder, settings)
        cluster.start()
        try:
            cluster.execute(f"CREATE ROLE {USER} LOGIN")
            yield cluster
        finally:
            cluster.stop("immediate")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    where = find_postgresql()
    if where is None:
        sys.exit(MISSING)
    sys.stdout.write(f"{where}\n")
