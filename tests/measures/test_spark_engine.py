"""The same queries on Apache Spark as on DuckDB: the same reasons, the same values to 1e-9."""

from __future__ import annotations

import json
import math
import sys
from dataclasses import astuple
from pathlib import Path

import duckdb
import numpy as np
import pytest

from dashboard.cli import main
from dashboard.measures import spark_engine
from dashboard.measures.change import divided_change
from dashboard.measures.counts import has_several_groups
from dashboard.measures.report import measure_report
from dashboard.measures.scale_profile import neighbourhood_query
from dashboard.measures.segregation import area_measures, curve, multigroup_panel, panel, parameters, query
from dashboard.measures.spark_engine import SparkEngineError, find_java, spark_cursor
from dashboard.measures.spark_sql import UntranslatableError, to_spark

TOLERANCE = 1e-9
MASTER = "local[2]"
#: How Spark works, not what it answers: what is run once is not compiled first.
SPARINGLY = """
spark.sql.codegen.wholeStage false
spark.sql.codegen.factoryMode NO_CODEGEN
"""
MADE_UP_SLICES = 80


@pytest.fixture(scope="module", autouse=True)
def _one_java_for_all(tmp_path_factory):
    """Let Java start quickly rather than run fast, and end it with the tests of this file."""
    from pyspark import SparkContext

    folder = tmp_path_factory.mktemp("spark")
    (folder / "spark-defaults.conf").write_text(SPARINGLY, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_CONF_DIR", str(folder))
        patch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        yield
        gateway = SparkContext._gateway
        if gateway is not None:
            gateway.shutdown()
            gateway.proc.stdin.close()
            gateway.proc.wait(60)
            SparkContext._gateway = SparkContext._jvm = None


# What is asked for by the command


def test_the_command_says_the_same_by_either_engine(home_city, capsys):
    options = ["measures", "--split", "foreign_background", "--year", "2025", "--format", "json"]
    with home_city.in_use():
        assert main([*options, "--engine", "spark", "--spark-master", MASTER]) == 0
        found = json.loads(capsys.readouterr().out)
        assert main(options) == 0
        expected = json.loads(capsys.readouterr().out)
    assert {row["measure"] for row in found} >= {"dissimilarity", "corrected_dissimilarity", "entropy_within"}
    assert [row["lower"] for row in found if row["measure"] == "gini"] != [None]
    same([tuple(row.values()) for row in found], [tuple(row.values()) for row in expected])


def test_tables_that_are_not_there_are_said(tmp_path):
    with pytest.raises(SparkEngineError, match=r"Spark did not answer: .*split_count"):  # noqa: SIM117
        with spark_cursor(str(tmp_path), MASTER):
            pytest.fail("there is nothing to ask")


# The embedded data, and slices that nobody has seen


def made_up(rng: np.random.Generator, number: int) -> tuple[list[tuple], list[tuple]]:
    """Give one slice of each kind with whatever may be wrong with counts, as rows of the two relations."""
    key = (f"9{number % 7:03d}", ("deso", "regso")[number % 2], 2000 + number // 14, f"made_up_{number % 3}")
    areas = int(rng.integers(1, 26))
    t = np.where(rng.random(areas) < 0.15, 0, np.round(rng.uniform(1, 3000, areas), int(rng.integers(0, 3))))
    share = rng.beta(0.7, 2, areas)
    share[rng.random(areas) < 0.2], share[rng.random(areas) < 0.2] = 0, 0.25
    share = {0: np.zeros(areas), 1: np.ones(areas), 2: np.full(areas, 0.25)}.get(int(rng.integers(0, 12)), share)
    cells = [t * share, t * (1 - share), t]
    if rng.random() < 0.3:
        # One count of one area: unknown, with a reason of its own or without, or impossible.
        cells[int(rng.choice([0, 2]))][int(rng.integers(areas))] = rng.choice([math.nan, -1, math.inf])
    unknown = rng.random(areas) < (0.03 if rng.random() < 0.3 else 0)
    reason = rng.choice(["not_published", None])
    regso = [f"R{i}" if i or rng.random() < 0.9 else None for i in rng.integers(0, 5, areas)]
    code = [f"{key[0]}C{i:04d}" for i in rng.permutation(areas)]
    two = [
        (*key, code[i], regso[i], None if unknown[i] else float(cells[0][i]), float(cells[2][i]), reason)
        for i in range(areas)
    ]
    groups = int(rng.integers(1, 5))
    n = rng.integers(0, 400, (areas, groups)).astype(float) * rng.integers(0, 2, groups if number % 5 == 0 else 1)
    if number % 11 == 0:
        n[0, 0] = rng.choice([math.nan, -1, math.inf])
    # A split has two groups or several, never both.
    key = (*key[:3], f"{key[3]}_several")
    several = [
        (*key, code[i], regso[i], j + 1, None if unknown[i] else float(n[i, j]), reason)
        for i in range(areas)
        for j in range(groups)
        # Now and then an area has no row at all for a group.
        if number % 13 or (i, j) != (0, 0)
    ]
    return two, several


@pytest.fixture(scope="module")
def relations(home_city):
    """Give a database with all that is in the embedded data, and made-up slices beside it."""
    cursor = duckdb.connect()
    cursor.execute(f"ATTACH '{home_city.warehouse}' AS warehouse (READ_ONLY)")
    for relation in spark_engine.RELATIONS:
        # The warehouse keeps names as numbers of the names that it has; those made up are not among them.
        names = ", ".join(f"{name}::VARCHAR AS {name}" for name in ("municipality", "level", "split", "regso_code"))
        cursor.execute(f"CREATE TABLE {relation} AS SELECT * REPLACE ({names}) FROM warehouse.{relation}")
    rng = np.random.default_rng(5)
    for number in range(MADE_UP_SLICES):
        for relation, rows in zip(spark_engine.RELATIONS, made_up(rng, number), strict=True):
            if rows:
                cursor.executemany(f"INSERT INTO {relation} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    yield cursor
    cursor.close()


@pytest.fixture(scope="module")
def spark(relations):
    with spark_cursor(relations, MASTER) as cursor:
        yield cursor


#: One point an area, but none for some: all that a query needs of the relation ``area``.
POINTS = """
VIEW area AS SELECT area_code, CAST(count(*) AS DOUBLE) AS x, CAST(max(year) AS DOUBLE) AS y
FROM split_count WHERE area_code NOT LIKE '%1' GROUP BY area_code
"""


def same(found: list[tuple], expected: list[tuple]) -> None:
    """Hold two lists of rows against each other: numbers to the tolerance, all else exactly."""
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        for a, b in zip(one, other, strict=True):
            if isinstance(a, float) and isinstance(b, float):
                assert abs(a - b) <= TOLERANCE, (one, other)
            else:
                assert a == b, (one, other)


def test_two_groups_in_every_slice(spark, relations):
    expected = panel(relations)
    same([astuple(row) for row in panel(spark)], [astuple(row) for row in expected])
    assert len({(row.municipality, row.level, row.year, row.split) for row in expected}) >= 90 + MADE_UP_SLICES
    assert {row.reason for row in expected} >= {
        *("missing_values", "not_published", "impossible_counts", "group_absent", "rest_absent"),
        *("no_regso", "not_deso", "no_segregation", None),
    }


def test_several_groups_in_every_slice(spark, relations):
    expected = multigroup_panel(relations)
    same([astuple(row) for row in multigroup_panel(spark)], [astuple(row) for row in expected])
    assert {row.reason for row in expected} >= {
        *("missing_values", "not_published", "impossible_counts", "no_people", "group_absent", "rest_absent", None),
    }


def test_every_area(spark, relations):
    same([astuple(row) for row in area_measures(spark)], [astuple(row) for row in area_measures(relations)])


def test_every_curve(spark, relations):
    same([astuple(row) for row in curve(spark)], [astuple(row) for row in curve(relations)])


def test_a_report_with_intervals_and_floors(spark, relations):
    key = ("1488", "deso", 2025, "tenure")
    expected = measure_report(relations, *key)
    same([astuple(row) for row in measure_report(spark, *key)], [astuple(row) for row in expected])
    assert any(row.lower is not None and row.random_floor is not None for row in expected)


#: A made-up slice that has an empty area and one whose counts are not known, and the year before it or after.
WITH_GAPS = """
SELECT municipality, level, split, min(year), max(year) FROM {relation} WHERE split LIKE 'made_up%'
GROUP BY ALL HAVING count({n}) < count(*) AND min({of}) = 0 AND min(year) < max(year) ORDER BY ALL LIMIT 1
"""


def spread(rows: list[tuple]) -> list[tuple]:
    """Spread the lists in rows out; what is no finite number, and so at no distance from any, becomes a word."""
    cells = [[cell for part in row for cell in (part if isinstance(part, list) else [part])] for row in rows]
    return [
        tuple(str(one) if isinstance(one, float) and not math.isfinite(one) else one for one in row) for row in cells
    ]


@pytest.mark.parametrize(("relation", "n", "of"), [("split_count", "x", "t"), ("group_count", "n", "n")])
def test_the_counts_of_each_area(spark, relations, relation, n, of):
    relations.execute(f"CREATE OR REPLACE {POINTS}")
    spark.execute(f"CREATE OR REPLACE TEMPORARY {POINTS}").fetchall()
    *key, before, after = relations.execute(WITH_GAPS.format(relation=relation, n=n, of=of)).fetchone()
    slices = dict(zip(("municipality", "level", "split"), key, strict=True))
    for sql, years in (
        (query("area_counts"), {"before": before, "after": after}),
        (neighbourhood_query(), {"year": before}),
    ):
        expected = spread(relations.execute(sql, slices | years).fetchall())
        same(spread(spark.execute(sql, slices | years).fetchall()), expected)
        assert any(None in row for row in expected)


def test_what_a_change_consists_of(spark, relations):
    key = ("1488", "deso", "foreign_background")
    years = {"before": 2024, "after": 2025, "measure": "dissimilarity"}
    assert divided_change(spark, *key, **years) == divided_change(relations, *key, **years)


def test_values_are_bound_and_never_part_of_the_query(spark):
    assert has_several_groups(spark, "tenure")
    assert not has_several_groups(spark, "' OR '1' = '1")


def test_a_query_that_spark_refuses_is_said(spark):
    with pytest.raises(SparkEngineError, match=r"Spark did not answer: .*nowhere"):
        spark.execute("SELECT nothing FROM nowhere").fetchall()


# The translation


def test_every_parameter_stays_one():
    words = to_spark(query("segregation"))
    assert all(f":{name}" in words for name in parameters(None, None, None, None))
    assert "fsum" not in words.lower()
    assert "isfinite" not in words.lower()
    assert "materialized" not in words.lower()


def test_a_number_that_nothing_stands_for_is_refused():
    with pytest.raises(UntranslatableError, match="numbered in no order"):
        to_spark("SELECT row_number() OVER () AS number FROM (SELECT x FROM split_count)")


def test_two_lists_that_are_unfolded_at_once_are_refused():
    """DuckDB puts them side by side, Spark each value of the one beside each of the other."""
    with pytest.raises(UntranslatableError, match="two lists are unfolded at once"):
        to_spark("SELECT unnest([1, 2]) AS position, unnest([x, t - x]) AS n FROM split_count")


# What can be missing


@pytest.fixture
def nothing() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def test_a_cluster_is_told_that_it_cannot_read_this_machine(nothing):
    with pytest.raises(SparkEngineError, match="spark://host:7077 cannot read the files of this machine"):  # noqa: SIM117
        with spark_cursor(nothing, "spark://host:7077"):
            pytest.fail("there is no such cluster")


@pytest.mark.parametrize("package", ["pyspark", "sqlglot"])
def test_without_the_extra_it_says_what_to_install(nothing, monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(SparkEngineError, match=f"{package}.*pip install -r requirements-spark.txt"):  # noqa: SIM117
        with spark_cursor(nothing):
            pytest.fail("it cannot start")


def java_that_says(folder: Path, words: str, status: int = 0) -> Path:
    """Make a program named java."""
    program = folder / "bin" / "java"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho '{words}' >&2\nexit {status}\n", "utf-8")
    program.chmod(0o755)
    return program


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ('openjdk version "11.0.2" 2019-01-15', 0, "is Java 11"),
        ('java version "1.8.0_401"', 0, "is Java 8"),
        ("The operation couldn’t be completed. Unable to locate a Java Runtime.", 1, "does not run"),
    ],
)
def test_a_java_that_cannot_be_used_is_said(tmp_path, monkeypatch, words, status, said):
    java_that_says(tmp_path, words, status)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(SparkEngineError, match=said):
        find_java()


def test_no_java_at_all_is_said(tmp_path, monkeypatch):
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(spark_engine, "KEPT_OFF_THE_PATH", ())
    with pytest.raises(SparkEngineError, match="needs Java 17 or newer, and there is none on this machine: install"):
        find_java()


def test_a_java_off_the_path_is_found(tmp_path, monkeypatch):
    program = java_that_says(tmp_path, 'openjdk version "21" 2023-09-19')
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(spark_engine, "KEPT_OFF_THE_PATH", (str(program.relative_to("/")),))
    assert find_java() == program
