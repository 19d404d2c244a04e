"""Every file tells where it is from: how the source is named, the day, the version, the checksum, the view."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from importlib.metadata import version
from types import SimpleNamespace

import pyarrow.parquet as pq
import pytest

from dashboard.i18n import get_translator
from dashboard.settings import Settings
from dashboard.views import clock, downloads, provenance
from dashboard.views.context import View
from dashboard.views.numbers import NumberFormat
from dashboard.views.theme import LIGHT

CHECKSUM = "ab" * 32
LINK = "https://example.org/segregation?niva=regso"
ROWS = [{"area": "Torget", "year": 2025, "value": 45.4}, {"area": "Sylte", "year": 2025, "value": None}]
TOLD = {
    "credit": "Källa: SCB. 2025",
    "made_on": "2026-11-27",
    "method_version": version("hela-staden"),
    "data_sha256": CHECKSUM,
    "view": LINK,
}


@pytest.fixture
def view(monkeypatch) -> View:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 27))
    monkeypatch.setattr(View, "link", lambda _: LINK)
    settings = Settings()
    t = get_translator("sv", settings.locales_folder)
    warehouse = SimpleNamespace(meta={"fingerprint": CHECKSUM})
    return View(settings, None, warehouse, t, NumberFormat("sv", t), LIGHT, "sv", ())


@pytest.fixture
def files(view, monkeypatch) -> dict[str, bytes]:
    """Give the files that are offered for some rows: ending → content."""
    made: dict[str, bytes] = {}

    def note(label: str, *, data, file_name: str, **_: object) -> None:
        made[file_name.removeprefix("fil")] = data()

    monkeypatch.setattr(downloads.st, "download_button", note)
    further = (downloads.FurtherFile("files.geojson", ".geojson", "application/geo+json", lambda: b"{}"),)
    downloads.offer_downloads(
        view, ROWS, "figure", "fil", workbook=lambda: b"book", credit="Källa: SCB. 2025", further=further
    )
    return made


def test_a_workbook_stands_first_and_further_files_last(files):
    assert list(files) == [".xlsx", "-excel.csv", ".csv", ".json", ".parquet", ".geojson"]


@pytest.mark.parametrize(("ending", "delimiter"), [("-excel.csv", ";"), (".csv", ",")])
def test_every_row_of_a_csv_tells_it(files, ending, delimiter):
    rows = list(csv.DictReader(io.StringIO(files[ending].decode("utf-8-sig")), delimiter=delimiter))
    assert len(rows) == len(ROWS)
    assert all(row.items() >= TOLD.items() for row in rows)


def test_json_and_parquet_tell_it_beside_their_rows(files):
    assert json.loads(files[".json"]) == {"about": TOLD, "rows": ROWS}
    table = pq.read_table(io.BytesIO(files[".parquet"]))
    assert {name.decode(): text.decode() for name, text in table.schema.metadata.items()} == TOLD
    assert table.to_pylist() == ROWS


def test_a_paper_tells_version_and_checksum(view):
    line = provenance.paper_line(view)
    assert line == f"Metod: Hela staden {TOLD['method_version']}. Underlagets kontrollsumma (SHA-256): {CHECKSUM}"
