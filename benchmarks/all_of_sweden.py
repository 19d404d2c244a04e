"""How long all of Sweden takes from the answers of SCB's service to the built warehouse, and how much memory.

Areas are as many as Sweden has, in both divisions; answers have SCB's form and made-up figures (``made_up_sweden.py``).
They lie on disk as a fetch keeps them: the network is not measured. A process of its own reads them, works indicators
out, completes and writes the data folder, and builds the warehouse, as an update does. Beside it, in turns in one
process, a part of the answers is read as pyjstat reads them: one row a cell by pandas.

Run: python -m benchmarks.all_of_sweden
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import pandas as pd
import psutil
import yaml

from benchmarks import made_up_sweden
from benchmarks.results import Result, report
from benchmarks.servers import PROJECT_FOLDER, environment
from dashboard.settings import Settings
from dashboard.sources.data_folder import finished, write_observations
from dashboard.sources.fetched import Wanted
from dashboard.sources.http_answers import Call
from dashboard.sources.json_stat import read_cube
from dashboard.sources.pxweb_client import PxWebClient
from dashboard.sources.scb_statistics import ScbStatistics
from dashboard.warehouse.build import build

MOST_SECONDS = 120
MOST_MEGABYTES = 2000
SECONDS_BETWEEN_READINGS = 0.1
#: The table that is read beside pandas, and how often.
COMPARED, ROUNDS = "TAB6680", 3
DATA = PROJECT_FOLDER / "data"


def prepare(folder: Path) -> None:
    """Write the answers, and a data folder with areas and without observations."""
    names = made_up_sweden.municipalities(DATA)
    shutil.copytree(DATA / "catalogue", folder / "data" / "catalogue")
    (folder / "data" / "areas").mkdir()
    for name, table in made_up_sweden.area_tables(names):
        table.to_parquet(folder / "data" / "areas" / f"{name}.parquet")
    home = {"municipality": made_up_sweden.HOME, "layout": 1}
    (folder / "data" / "bundle.yaml").write_text(yaml.safe_dump(home), "utf-8")
    _statistics(folder, made_up_sweden.TABLES).fetch(_wanted(), lambda *_: None)


def _wanted() -> Wanted:
    return Wanted(made_up_sweden.HOME, tuple(made_up_sweden.municipalities(DATA)))


def _statistics(folder: Path, tables: tuple[str, ...]) -> ScbStatistics:
    codes = tuple(made_up_sweden.municipalities(DATA))
    answers = made_up_sweden.MadeUpAnswers(folder / "answers", codes)
    return ScbStatistics(PxWebClient(answers), tables)  # type: ignore[arg-type]


def from_answers_to_warehouse(folder: Path) -> dict[str, float]:
    """Do what an update does with answers that are there; give the seconds of each step, cells and rows."""
    took: dict[str, float] = {}
    begun = time.perf_counter()

    def done(step: str) -> None:
        nonlocal begun
        took[step] = time.perf_counter() - begun
        begun = time.perf_counter()

    fetched = _statistics(folder, made_up_sweden.TABLES).fetch(_wanted(), lambda *_: None)
    took["cells"] = sum(file.rows for files in fetched.files.values() for file in files)
    frame, fetched.frame = fetched.frame, None
    assert frame is not None
    done("parse")
    codes = [
        code
        for path in sorted((folder / "data" / "areas").glob("*.parquet"))
        for code in pd.read_parquet(path, columns=["area_code"])["area_code"]
    ]
    frame = finished(frame, folder / "data" / "catalogue", codes)
    took["rows"] = len(frame)
    done("complete")
    write_observations(frame, folder / "data" / "observations")
    del frame
    done("write")
    settings = Settings(
        data_folder=folder / "data", warehouse_file=folder / "warehouse.duckdb", maps_folder=folder / "maps"
    )
    build(settings, lambda line: print(line, file=sys.stderr))
    done("build")
    return took


def whole_country(folder: Path) -> list[Result]:
    """Watch the process that does it all."""
    begun, largest, processor = time.perf_counter(), 0, 0.0
    command = [sys.executable, "-m", "benchmarks.all_of_sweden", os.fspath(folder)]
    with subprocess.Popen(command, cwd=PROJECT_FOLDER, env=environment({}), stdout=subprocess.PIPE) as process:
        watched = psutil.Process(process.pid)
        while process.poll() is None:
            with contextlib.suppress(psutil.NoSuchProcess):
                everybody = [watched, *watched.children(recursive=True)]
                largest = max(largest, sum(one.memory_info().rss for one in everybody))
                processor = max(processor, sum(sum(one.cpu_times()[:2]) for one in everybody))
            time.sleep(SECONDS_BETWEEN_READINGS)
        seconds = time.perf_counter() - begun
        assert process.stdout is not None
        printed = process.stdout.read()
    if process.returncode != 0:
        raise RuntimeError(f"The process ended with status {process.returncode}.")
    took = json.loads(printed)
    steps = ", ".join(f"{name} {took[name]:.0f} s" for name in ("parse", "complete", "write", "build"))
    return [
        Result(
            f"All of Sweden ({sum(made_up_sweden.DESO.values())} DeSO and {sum(made_up_sweden.REGSO.values())} RegSO of"
            f" both divisions, {len(made_up_sweden.YEARS)} years, {len(made_up_sweden.TABLES)} tables,"
            f" {took['cells'] / 1e6:.1f} million made-up cells, {took['rows'] / 1e6:.1f} million observations) from"
            f" SCB's answers on disk to the warehouse: {steps}; {processor:.0f} s of processor time",
            seconds,
            "s",
            MOST_SECONDS,
            "once",
        ),
        Result("– largest memory of its processes together (RSS)", largest / 1e6, "MB", MOST_MEGABYTES, "once"),
    ]


class Remembered(made_up_sweden.MadeUpAnswers):
    """Gives parsed answers again without reading them anew."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "answers", tuple(made_up_sweden.municipalities(DATA)))
        self.known: dict[str, object] = {}

    def document(self, call: Call, stamp: str | None = None) -> object:
        """Give the parsed answer to a call."""
        asked = f"{call.path} {call.parameters} {call.body}"
        if asked not in self.known:
            self.known[asked] = super().document(call, stamp)
        return self.known[asked]


def beside_pandas(folder: Path) -> list[Result]:
    """Read one table's answers into rows here, and as pyjstat does, in turns."""
    answers = Remembered(folder)
    table = ScbStatistics(PxWebClient(answers), [COMPARED])  # type: ignore[arg-type]
    table.fetch(_wanted(), lambda *_: None)
    documents: list[Any] = [one for asked, one in answers.known.items() if "/data " in asked]
    cells = sum(math.prod(one["size"]) for one in documents)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        start = time.process_time()
        kept = [frame for one in documents for frame in read_cube(one, COMPARED).frames()]
        ours.append(time.process_time() - start)
        start = time.process_time()
        others = [rows_by_pandas(one) for one in documents]
        theirs.append(time.process_time() - start)
        assert sum(map(len, kept)) == sum(map(len, others)) == cells
    return [
        Result(
            f"– cells of parsed answers as rows, with status, against pandas without it ({cells / 1e6:.2f} million"
            f" cells: {median(ours):.2f} s against {median(theirs):.2f} s of processor time)",
            median(theirs) / median(ours),
            "times faster",
            1,
            f"medians of {ROUNDS}, in turns",
            more_is_better=True,
        )
    ]


def rows_by_pandas(document: dict[str, Any]) -> pd.DataFrame:
    """Give a row a cell, with labels as texts, from the product of the dimensions."""
    names = document["id"]
    categories = [document["dimension"][name]["category"] for name in names]
    labels = [[one["label"][code] for code in sorted(one["index"], key=one["index"].get)] for one in categories]
    frame = pd.MultiIndex.from_product(labels, names=names).to_frame(index=False)
    return frame.assign(value=pd.Series(document["value"], dtype="float64"))


def measure() -> list[Result]:
    """Prepare, watch, compare."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        prepare(folder)
        return [*whole_country(folder), *beside_pandas(folder)]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(from_answers_to_warehouse(Path(sys.argv[1]))))
    else:
        sys.exit(report(measure))
