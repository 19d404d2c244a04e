"""The register's database: SQLite in a local folder, or PostgreSQL; brought up to date when it is opened."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import uniform
from sqlite3 import SQLITE_BUSY, OperationalError
from time import monotonic, sleep
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, func
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from dashboard.register.errors import UnavailableError

log = logging.getLogger(__name__)

MIGRATIONS = Path(__file__).parent / "migrations"
SECONDS_TO_WAIT = 10
# Any number will do, as long as every dashboard on the same database takes the same one.
WRITERS_LOCK = 1_488_004
_WRITES = "register_writes"
# A writer takes the lock at once: a transaction that reads first and writes later could find it too late.
_BEGIN_TO_WRITE = "BEGIN IMMEDIATE"
SECONDS_BETWEEN_TRIES = (0.001, 0.005)
_FULL = ("database or disk is full", "disk full", "no space left", "file size limit", "disk i/o error")
_BUSY = ("database is locked", "lock timeout", "canceling statement due to lock", "database table is locked")


def open_engine(url: str) -> Engine:
    """Give the way to a database.

    Parameters
    ----------
    url
        `sqlite:///path/to/file` or `postgresql://user:password@host/name`.

    Raises
    ------
    UnavailableError
        When it is no such address, or the folder of the file cannot be made. The address is not told, because a
        password may stand in it.
    """
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise UnavailableError("unavailable", "the database URL cannot be read") from error
    kind = address.get_backend_name()
    if kind == "sqlite":
        return _open_sqlite(address)
    if kind in {"postgresql", "postgres"}:
        return _open_postgresql(address)
    raise UnavailableError("unavailable", f"there is no driver for {kind}: use sqlite or postgresql")


def _open_sqlite(address: URL) -> Engine:
    if address.database and address.database != ":memory:":
        try:
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UnavailableError("unavailable", f"the folder of the database cannot be made: {error}") from error
    engine = create_engine(address, connect_args={"timeout": SECONDS_TO_WAIT})
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own class
    # Python's driver begins transactions on its own and late; told not to, it leaves that to `_begin_sqlite`.
    connection.isolation_level = None
    for setting in (
        "journal_mode = WAL",
        # With less than FULL, a power cut could take back what somebody was told is saved.
        "synchronous = FULL",
        "foreign_keys = ON",
        # What is deleted is overwritten: the text of a contribution that was taken back must not stay in the file.
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {setting}")


def _begin_sqlite(connection: Connection) -> None:
    if not connection.get_execution_options().get(_WRITES, False):
        connection.exec_driver_sql("BEGIN")
        return
    driver: Any = connection.connection.driver_connection
    _wait_at_most(driver, 0)
    try:
        _take_turn(driver)
        if not driver.in_transaction:
            # Whatever is in the way is met again here, where it is told as any other fault.
            connection.exec_driver_sql(_BEGIN_TO_WRITE)
    finally:
        _wait_at_most(driver, SECONDS_TO_WAIT)


def _take_turn(driver: Any) -> None:  # noqa: ANN401 - the driver's own class
    # SQLite itself asks ever more rarely whether the others are done, so that one who waits among busy writers can
    # wait for seconds. Whoever asks often gets a turn soon.
    limit = monotonic() + SECONDS_TO_WAIT
    while monotonic() < limit:
        try:
            driver.execute(_BEGIN_TO_WRITE)
        except OperationalError as error:
            if error.sqlite_errorcode & 0xFF != SQLITE_BUSY:
                return
        else:
            return
        sleep(uniform(*SECONDS_BETWEEN_TRIES))  # noqa: S311 - chance, not a secret


def _wait_at_most(driver: Any, seconds: int) -> None:  # noqa: ANN401 - the driver's own class
    driver.execute(f"PRAGMA busy_timeout = {seconds * 1000}")


def _open_postgresql(address: URL) -> Engine:
    return create_engine(
        address.set(drivername="postgresql+psycopg"),
        # A connection that the server has dropped meanwhile is found before it is used.
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": SECONDS_TO_WAIT,
            # A machine that vanishes says nothing: without these a visitor would wait a quarter of an hour for it.
            "keepalives_idle": SECONDS_TO_WAIT,
            "keepalives_interval": 5,
            "keepalives_count": 2,
            "tcp_user_timeout": 2 * SECONDS_TO_WAIT * 1000,
            "options": f"-c lock_timeout={SECONDS_TO_WAIT}s -c statement_timeout=60s -c timezone=UTC",
        },
    )


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one moment of the database, however long it reads.

    Raises
    ------
    UnavailableError
        When the database does not answer.
    """
    level = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with _told(), engine.connect().execution_options(**level) as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection for one change, which is made as a whole or not at all, one at a time.

    Raises
    ------
    UnavailableError
        When the database does not answer, is full, or others have been writing for too long.
    """
    with _told(), engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            # One writer at a time, as in SQLite: then changes are numbered in the order that they become visible.
            connection.execute(func.pg_advisory_xact_lock(WRITERS_LOCK).select())
        yield connection


@contextmanager
def _told() -> Iterator[None]:
    """Turn what the database complains about into what people can be told; the log has the rest."""
    try:
        yield
    except DBAPIError as error:
        log.exception("the register's database refused")
        raise UnavailableError(reason_of(error)) from error
    except SQLAlchemyError as error:
        log.exception("the register's database does not answer")
        raise UnavailableError("unavailable") from error


def reason_of(error: DBAPIError) -> str:
    """Tell why a database refused: `full`, `busy` or `unavailable`."""
    words = str(error.orig).lower()
    if any(part in words for part in _FULL):
        return "full"
    if any(part in words for part in _BUSY):
        return "busy"
    return "unavailable"


def bring_up_to_date(engine: Engine) -> None:
    """Make the tables, or change those of an earlier version to what this version needs; all of it or nothing.

    Raises
    ------
    UnavailableError
        When the database does not answer, or was made by a newer version of the dashboard (`outdated`).
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    script = ScriptDirectory.from_config(config)
    newest = script.get_current_head()
    with reading(engine) as connection:
        if MigrationContext.configure(connection).get_current_revision() == newest:
            return
    with writing(engine) as connection:
        # Asked again: another process may have done it while this one waited.
        found = MigrationContext.configure(connection).get_current_revision()
        if found == newest:
            return
        if found is not None and found not in {revision.revision for revision in script.walk_revisions()}:
            raise UnavailableError("outdated", f"the database has revision {found}, this version knows {newest}")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
