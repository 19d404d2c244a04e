"""The measures on Apache Spark: a cursor that takes the same queries as DuckDB's and runs them translated.

For data that outgrow one machine. What is asked in SQL runs on Spark, distributed; intervals and floors, which are
worked out of the counts of one slice at a time, stay with numpy. How to use it, and what differs: ``docs/engines.md``.
Neither pyspark nor sqlglot nor Java is part of the ordinary installation, so they are loaded here, when needed.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb
    from pyspark.sql import DataFrame, SparkSession

#: What the queries read; on a cluster each is a folder of Parquet files.
RELATIONS = ("split_count", "group_count")
THIS_MACHINE = "local[*]"
ROWS_AT_A_TIME = 100_000
EXTRA = "requirements-spark.txt"
OLDEST_JAVA = 17
#: Homebrew's Java, which nobody finds who does not know of it.
KEPT_OFF_THE_PATH = ("opt/homebrew/opt/openjdk*/bin/java", "usr/local/opt/openjdk*/bin/java")
NO_JAVA = (
    f"Apache Spark needs Java {OLDEST_JAVA} or newer, and {{found}}: install it (Debian: default-jre-headless,"
    " macOS: brew install openjdk), or name its folder in JAVA_HOME."
)


class SparkEngineError(Exception):
    """Spark cannot be used or failed; the message says what to do."""


class SparkAnswer:
    """The rows of a query that runs on Spark when they are fetched."""

    def __init__(self, frame: DataFrame) -> None:
        self._frame = frame

    def fetchall(self) -> list[Any]:
        """Run the query and give all rows.

        Raises
        ------
        SparkEngineError
            When Spark fails.
        """
        with _failures():
            return [tuple(row) for row in self._frame.collect()]

    def fetchone(self) -> Any:  # noqa: ANN401 - as DuckDB's cursor has it
        """Run the query and give its first row, None when there is none; errors as `fetchall`."""
        with _failures():
            row = self._frame.first()
        return None if row is None else tuple(row)


class SparkCursor:
    """Runs queries of DuckDB's dialect on Spark; stands where the measures want a cursor."""

    def __init__(self, session: SparkSession) -> None:
        self._session = session

    def execute(self, query: str, parameters: Mapping[str, object] | None = None) -> SparkAnswer:
        """Translate a query and bind its values.

        Parameters
        ----------
        query
            SQL of DuckDB's dialect, such as `segregation.query` gives.
        parameters
            Values for the named parameters; bound by Spark, never formatted in.

        Raises
        ------
        SparkEngineError
            When Spark refuses the query.
        """
        from dashboard.measures.spark_sql import to_spark

        with _failures():
            return SparkAnswer(self._session.sql(to_spark(query), args=dict(parameters or {})))


@contextmanager
def spark_cursor(
    relations: duckdb.DuckDBPyConnection | str,
    master: str = THIS_MACHINE,
) -> Iterator[SparkCursor]:
    """Start Spark and give a cursor on ``split_count`` and ``group_count``; stop it in the end.

    Parameters
    ----------
    relations
        A DuckDB cursor that has both, whose rows are then handed over as Parquet files in a folder for a while;
        or the address of a folder that Spark reads itself (``/srv/tables``, ``s3a://…``, ``hdfs://…``) with Parquet
        files in ``split_count/`` and ``group_count/``.
    master
        Spark's master, as Spark writes it: ``local[2]`` is two threads of this machine, ``spark://host:7077`` a
        cluster.

    Raises
    ------
    SparkEngineError
        When pyspark or Java is missing, Spark does not start, or a cluster should read this machine's files.
    """
    is_local = master.split("[", maxsplit=1)[0] == "local"
    if not isinstance(relations, str) and not is_local:
        raise SparkEngineError(
            f"The cluster {master} cannot read the files of this machine: name a folder that it reads, with"
            " Parquet files in split_count/ and group_count/."
        )
    _check_installed()
    java = find_java()
    if java != Path(shutil.which("java") or ""):
        os.environ["JAVA_HOME"] = str(java.parents[1])
    interrupt = signal.getsignal(signal.SIGINT)
    with tempfile.TemporaryDirectory(prefix="dashboard-spark-") as name:
        folder = Path(name)
        chosen = _options(folder) | (_local_options() if is_local else {})
        session = _session(master, chosen)
        try:
            if isinstance(relations, str):
                source = relations.rstrip("/")
            else:
                source = folder.as_uri()
                _write(relations, folder)
            with _failures():
                for relation in RELATIONS:
                    session.read.parquet(f"{source}/{relation}").createOrReplaceTempView(relation)
            yield SparkCursor(session)
        finally:
            _stop(session)
            if interrupt is not None:
                # Spark puts a handler of its own in its place, which fails once Spark has stopped.
                signal.signal(signal.SIGINT, interrupt)


def _stop(session: SparkSession) -> None:
    from py4j.protocol import Py4JError

    # Spark may still be at parts of a query that its answer did not need, and would call their end an error.
    with suppress(Py4JError, OSError):
        session.sparkContext.setLogLevel("OFF")
    session.stop()


def _options(folder: Path) -> dict[str, str]:
    return {
        # As DuckDB has it, a division by 0 is no error: such a value is left out, and its reason given instead.
        "spark.sql.ansi.enabled": "false",
        "spark.sql.warehouse.dir": folder.as_uri(),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }


def _local_options() -> dict[str, str]:
    """Keep Spark off the network, and the parts of a query as few as there are cores."""
    return {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": str(os.cpu_count() or 1),
    }


def _session(master: str, options: Mapping[str, str]) -> SparkSession:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("Hela staden")
    for name, value in options.items():
        builder = builder.config(name, value)
    with _failures("start"), warnings.catch_warnings():
        # It warns of a newer pandas as soon as it looks for one; here it is never asked for pandas' tables.
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        return builder.getOrCreate()


def _write(cursor: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write the relations as Parquet files, a part at a time, so that they need not fit into memory."""
    from pyarrow import parquet

    for relation in RELATIONS:
        (folder / relation).mkdir()
        rows = cursor.sql(f"SELECT * FROM {relation}").to_arrow_reader(ROWS_AT_A_TIME)  # noqa: S608 - names above
        with parquet.ParquetWriter(folder / relation / "part.parquet", rows.schema) as file:
            for batch in rows:
                file.write_batch(batch)


def _check_installed() -> None:
    try:
        import pyspark
        import sqlglot
    except ImportError as error:
        raise SparkEngineError(
            f"The engine spark needs the package {error.name}, which is not installed:"
            f" run `python -m pip install -r {EXTRA}` in the dashboard's environment."
        ) from error
    del pyspark, sqlglot


def find_java() -> Path:
    """Find the Java that Spark can run on: of ``JAVA_HOME``, or else on the path, or else where Homebrew keeps it.

    Returns
    -------
    Path
        The program.

    Raises
    ------
    SparkEngineError
        When there is none, it does not run, or it is too old.
    """
    home, on_path = os.environ.get("JAVA_HOME"), shutil.which("java")
    if home:
        programs = [Path(home) / "bin" / "java"]
    else:
        programs = [Path(on_path)] if on_path else []
        programs += [program for pattern in KEPT_OFF_THE_PATH for program in sorted(Path("/").glob(pattern))]
    why = "there is none on this machine"
    for program in programs:
        version = _java_version(program)
        if version is not None and version >= OLDEST_JAVA:
            return program
        why = f"{program} does not run" if version is None else f"{program} is Java {version}"
    raise SparkEngineError(NO_JAVA.format(found=why))


def _java_version(program: Path) -> int | None:
    """Ask Java for its version; None when it does not answer."""
    try:
        said = subprocess.run([program, "-version"], capture_output=True, check=True, timeout=60).stderr  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return None
    # openjdk version "17.0.15" 2025-04-15; before 9 it was "1.8.0".
    found = re.search(r'version "(?:1\.)?(\d+)', said.decode("utf-8", "replace"))
    return int(found[1]) if found else None


@contextmanager
def _failures(what: str = "answer") -> Iterator[None]:
    """Turn what Spark says into one sentence."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as error:
        first = next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
        raise SparkEngineError(
            f"Spark did not {what}: {first.rstrip('.')}. Check its master and its tables; its own words are above."
        ) from error
