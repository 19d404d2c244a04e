"""The files of a municipality's walk network: read with every check, written beside and swapped in."""

from __future__ import annotations

import datetime as dt
import os
import re
from dataclasses import asdict, astuple, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import yaml
from pyarrow import csv

from dashboard.folder_swap import swapped_in
from dashboard.sources.network_checks import check_network, refuse
from dashboard.sources.network_tables import (
    COLUMNS,
    NETWORK_KINDS,
    Barrier,
    Crossing,
    Floats,
    Ints,
    NetworkFiles,
    NetworkMeta,
    SourceFile,
)
from dashboard.sources.tidy import InputError

CODE = re.compile(r"\d{4}")


def network_folder(data_folder: Path, municipality: str) -> Path:
    """Give the folder that a municipality's walk network lies in, if it has one."""
    return data_folder / "networks" / municipality


def read_network(folder: Path) -> NetworkFiles:
    """Read the network of a folder and check every row.

    Raises
    ------
    InputError
        With file and row, when a file is missing or a cell cannot be right.
    """
    meta = _read_meta(folder / "network.yaml")
    nodes, edges, barriers, crossings = (_read_table(folder / f"{name}.csv", COLUMNS[name]) for name in COLUMNS)
    network = NetworkFiles(
        meta=meta,
        x=_numbers(nodes, "x", "nodes.csv"),
        y=_numbers(nodes, "y", "nodes.csv"),
        a=_whole(edges, "a", "edges.csv"),
        b=_whole(edges, "b", "edges.csv"),
        length=_numbers(edges, "length", "edges.csv"),
        kind=edges["kind"].to_numpy(object),
        name=edges["name"].to_numpy(object),
        structure=edges["structure"].to_numpy(object),
        line=edges["line"].to_numpy(object),
        barriers=tuple(Barrier(*row) for row in barriers.itertuples(index=False, name=None)),
        crossings=_crossings(crossings),
    )
    for table, name in ((nodes, "node"), (edges, "edge")):
        refuse(_whole(table, name, f"{name}s.csv") != np.arange(len(table)), f"{name}s.csv", "is not numbered in turn")
    check_network(network)
    for name, count in network.counts.items():
        if name != "metres" and meta.counts.get(name) != count:
            raise InputError(
                f"network.yaml counts {meta.counts.get(name)} {name}, {name}.csv has {count:g}: a file was cut off"
                " or changed; make the network again or correct the count."
            )
    return network


def write_network(folder: Path, network: NetworkFiles) -> None:
    """Write a network beside, read and check what was written, and swap it in as a whole.

    Parameters
    ----------
    folder
        ``data/networks/<code>``; the network that lies there is replaced, or stays when anything fails.
    network
        The network; its counts are worked out anew.

    Raises
    ------
    InputError
        When the network cannot be right; nothing is changed then.
    """
    # Beside the data folder, not in it: all files of the data folder belong to the fingerprint of the warehouse.
    workshop = folder.parents[2] if folder.parent.name == "networks" else folder.parent
    with swapped_in(folder, workshop) as new:
        meta = replace(network.meta, counts=network.counts)
        (new / "network.yaml").write_text(yaml.safe_dump(_plain(meta), sort_keys=False, allow_unicode=True), "utf-8")
        for name, table in _tables(network).items():
            table.to_csv(new / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")
        read_network(new)


def _plain(meta: NetworkMeta) -> dict[str, object]:
    return {**asdict(meta), "source_files": [asdict(one) for one in meta.source_files]}


def _tables(network: NetworkFiles) -> dict[str, pd.DataFrame]:
    """Give the four tables as they are written: metres with two decimals, one line a row."""
    numbered = np.arange(network.x.size), np.arange(network.a.size)
    edges = (network.a, network.b, _metres(network.length), network.kind, network.name, network.structure, network.line)
    columns = {
        "nodes": (numbered[0], _metres(network.x), _metres(network.y)),
        "edges": (numbered[1], *edges),
        "barriers": zip(*(astuple(one) for one in network.barriers), strict=True),
        "crossings": zip(*(_cells(one) for one in network.crossings), strict=True),
    }
    tables = {name: pd.DataFrame(dict(zip(COLUMNS[name], cells, strict=False))) for name, cells in columns.items()}
    return {name: table.reindex(columns=list(COLUMNS[name])).map(_one_line) for name, table in tables.items()}


def _metres(values: Floats) -> list[str]:
    return [f"{value:.2f}" for value in values.tolist()]


def _cells(one: Crossing) -> tuple[object, ...]:
    place = f"{one.x:.2f}", f"{one.y:.2f}"
    edges = " ".join(str(edge) for edge in one.edges)
    return one.crossing, one.barrier, one.kind, one.name, *place, one.walkable, edges, one.note


def _one_line(cell: object) -> object:
    return " ".join(cell.split()) if isinstance(cell, str) else cell


def _read_meta(path: Path) -> NetworkMeta:
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
        files = tuple(SourceFile(**one) for one in content["source_files"])
        meta = NetworkMeta(**{**content, "source_files": files})
        dt.date.fromisoformat(meta.made)
    except OSError as error:
        raise InputError(f"{path.name} cannot be read in {path.parent}: {error.strerror}.") from error
    except (UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path.name} is not written as a network's description ({error}).") from error
    if not CODE.fullmatch(str(meta.municipality)) or meta.kind not in NETWORK_KINDS:
        raise InputError(
            f"{path.name}: municipality {meta.municipality} is no code of four digits in quotes, or kind {meta.kind}"
            f" is none of {', '.join(NETWORK_KINDS)}."
        )
    return meta


def _read_table(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    """Read a table as text; a row with too few or too many cells is refused, which pandas alone would fill up."""
    try:
        table = csv.read_csv(
            path,
            # One thread, so that a fault comes with its row.
            csv.ReadOptions(use_threads=False),
            csv.ParseOptions(ignore_empty_lines=False),
            csv.ConvertOptions(column_types=dict.fromkeys(columns, pa.string()), strings_can_be_null=False),
        )
    except OSError as error:
        raise InputError(f"{path.name} cannot be read in {path.parent}: {os.strerror(error.errno or 0)}.") from error
    except pa.ArrowInvalid as error:
        raise InputError(f"{path.name} is not a CSV table in UTF-8: {str(error).splitlines()[0]}.") from error
    if tuple(table.column_names) != columns:
        raise InputError(f"{path.name} has the columns {','.join(table.column_names)}; it needs {','.join(columns)}.")
    return pd.DataFrame({name: table[name].to_numpy(zero_copy_only=False) for name in columns}, dtype=object)


def _numbers(table: pd.DataFrame, column: str, file: str) -> Floats:
    values = pd.to_numeric(table[column], errors="coerce").to_numpy(np.float64)
    refuse(~np.isfinite(values), file, f"its {column} is not a finite number")
    return values


def _whole(table: pd.DataFrame, column: str, file: str) -> Ints:
    values = _numbers(table, column, file)
    refuse(values != np.floor(values), file, f"its {column} is not a whole number")
    return values.astype(np.int64)


def _crossings(table: pd.DataFrame) -> tuple[Crossing, ...]:
    x, y = (_numbers(table, name, "crossings.csv") for name in ("x", "y"))
    wrong = ~table["edges"].astype(str).str.fullmatch(r"(\d+( \d+)*)?").to_numpy(bool)
    refuse(wrong, "crossings.csv", "its edges are not written as numbers with spaces between")
    made = []
    for n, row in enumerate(table.itertuples(index=False, name=None)):
        crossing, barrier, kind, name, _, _, walkable, edges, note = row
        numbers = tuple(int(edge) for edge in edges.split())
        made.append(Crossing(crossing, barrier, kind, name, float(x[n]), float(y[n]), walkable, numbers, note))
    return tuple(made)
