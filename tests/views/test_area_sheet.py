"""What the page on an area says: the values of the data as they are written, and no zero where there is none."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import duckdb
import pypdf
import pytest

from dashboard.access import LOCAL_EDITOR, PUBLIC
from dashboard.cli import main
from dashboard.exports import area_sheet_file
from dashboard.exports.area_sheet_file import area_sheet_pdf
from dashboard.register.contents import Contents
from dashboard.register.entries import Project
from dashboard.sheets import AreaSheet
from dashboard.views import districts_sheet
from dashboard.views.area_sheet import area_sheet, sheet_areas
from dashboard.views.batch_view import view_for_files
from dashboard.views.context import View

DAY = dt.date(2026, 3, 1)
#: Indicator → the file that its published values are in, and how many decimals the page shows.
READ = {
    "foreign_background_share": ("scb_tab6571", 1),
    "low_economic_standard_share": ("scb_tab6685", 0),
    "unemployment_rate_20_64": ("scb_tab6680", 1),
}


def written(value: float, decimals: int) -> str:
    return f"{value:.{decimals}f}".replace(".", ",") + "\xa0%"


def in_file(data: Path, indicator: str) -> dict[str, tuple[int, float]]:
    """Give the newest value of each area as the data folder has it."""
    with (data / "observations" / f"{READ[indicator][0]}.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["year"])
    return {
        row["area_code"]: (int(row["year"]), float(row["value"]))
        for row in rows
        if row["indicator"] == indicator and row["value"]
    }


def sheet_of(view: View, level: str, code: str, contents: Contents | None = None, public: str = "") -> AreaSheet:
    area = next(one for one in sheet_areas(view, level) if one.code == code)
    return area_sheet(view, level, area, contents, today=DAY, public=public)


@pytest.fixture(scope="module")
def view(home_city) -> View:
    return view_for_files(home_city.settings(), "sv")


@pytest.mark.parametrize(("level", "code"), [("regso", "1488R007"), ("deso", "1488A0010")])
def test_the_page_shows_the_values_of_the_data(view, home_city, level, code):
    sheet = sheet_of(view, level, code, Contents())
    (page,) = pypdf.PdfReader(io.BytesIO(area_sheet_pdf(sheet))).pages
    text = page.extract_text()
    members = {area.area_code for area in sheet_areas(view, level)}
    for indicator, (_, decimals) in READ.items():
        found = in_file(home_city.data, indicator)
        name = view.catalogue.indicator(indicator).short_name.sv
        year, value = found[f"{code}_{'RegSO' if level == 'regso' else 'DeSO'}2025"]
        ends = sorted(value for area, (_, value) in found.items() if area in members)
        city = written(found["1488"][1], decimals) if "1488" in found else ".."
        shown = [written(value, decimals), city, written(ends[0], decimals), written(ends[-1], decimals)]
        assert " ".join([name, str(year), *shown]) in text
        row = next(one for one in sheet.figures if one.name == name)
        assert row.place == pytest.approx((value - ends[0]) / (ends[-1] - ends[0]))
    assert f"SHA-256): {view.warehouse.meta['fingerprint']}" in text


def test_what_is_held_back_is_never_a_zero(made_up_city, built_city):
    with duckdb.connect(built_city.warehouse) as connection:
        connection.execute(
            "update observation set value = null, status = 'suppressed', note = 'suppressed_at_source'"
            " where area_code = '1487C1010_DeSO2025'"
        )
    view = view_for_files(built_city.settings(), "sv")
    sheet = sheet_of(view, "deso", "1487C1010")
    assert sheet.figures
    assert {(row.value, row.place) for row in sheet.figures} == {("..", None)}
    assert {row.reason for row in sheet.figures} == {view.t("note.suppressed_at_source")}
    assert sheet.title == view.t("sheet.title_none")
    assert (sheet.ages.bars, sheet.tenure.bars, sheet.change.lines) == ((), (), ())
    assert sheet.roadmap.none == view.t("sheet.roadmap_silent")
    (page,) = pypdf.PdfReader(io.BytesIO(area_sheet_pdf(sheet))).pages
    assert "0\xa0%" not in page.extract_text().partition(view.t("sheet.caveats"))[0].partition(sheet.figures_heading)[2]
    # Its neighbour is written as before, and the ends are those of the others.
    before = sheet_of(view_for_files(made_up_city.settings(), "sv"), "deso", "1487C1020")
    after = sheet_of(view, "deso", "1487C1020")
    assert [row.value for row in before.figures] == [row.value for row in after.figures]


def test_a_part_that_is_not_known_leaves_no_share_of_the_sum(built_city):
    with duckdb.connect(built_city.warehouse) as connection:
        connection.execute(
            "update observation set value = null, status = 'suppressed', note = 'suppressed_at_source'"
            " where area_code = '1487C1010_DeSO2025' and indicator = 'dwellings_rented'"
        )
    sheet = sheet_of(view_for_files(built_city.settings(), "sv"), "deso", "1487C1010")
    assert sheet.tenure.bars == ()
    assert sheet.ages.bars


def test_an_area_without_a_name_is_called_by_its_code(built_city):
    with duckdb.connect(built_city.warehouse) as connection:
        connection.execute("update area set name = null where area_code = '1487R001_RegSO2025'")
    view = view_for_files(built_city.settings(), "sv")
    sheet = sheet_of(view, "regso", "1487R001")
    assert (sheet.name, sheet.file_name) == ("1487R001", "stadsdel-1487R001")
    assert "1487R001 ligger" in sheet.map.said
    assert area_sheet_pdf(sheet).startswith(b"%PDF")


def test_projects_of_a_neighbourhood_concern_its_small_areas_too(view):
    projects = tuple(
        Project(id=f"p{number}", municipality="1488", name=f"Torg {number}", status="planned", areas=[code])
        for number, code in enumerate(["1488R007"] * 5 + ["1488C1070", "1488R001"])
    )
    contents = Contents(projects=projects)
    small, whole = sheet_of(view, "deso", "1488C1070", contents), sheet_of(view, "regso", "1488R007", contents)
    assert small.roadmap == whole.roadmap
    assert small.roadmap.lines[0] == "Torg 0: planerat"
    assert (len(small.roadmap.lines), small.roadmap.note) == (4, view.t.n("sheet.projects_more", 2))
    other = sheet_of(view, "deso", "1488C1250", contents)
    assert other.roadmap.lines == ("Torg 6: planerat",)
    assert not sheet_of(view, "deso", "1488A0010", contents).roadmap.lines


def test_the_link_restores_the_area_in_the_language_of_the_page(home_city):
    view = view_for_files(home_city.settings(), "en")
    sheet = sheet_of(view, "regso", "1488R007", public="https://staden.example")
    assert sheet.link == "https://staden.example/stadsdelar?niva=regso&stadsdelar=1488R007&lang=en"
    assert sheet.file_name == "neighbourhood-1488R007-kronogards-torg-fralsegarden"
    assert sheet_of(view, "deso", "1488C1070").link == ""


def test_where_an_area_lies_is_said_of_the_municipality_and_of_the_central_locality(view):
    rural, central = sheet_of(view, "deso", "1488A0010").map, sheet_of(view, "regso", "1488R007").map
    assert (len(rural.windows), len(central.windows)) == (1, 2)
    assert sum(shape.chosen for shape in rural.shapes) == sum(shape.chosen for shape in central.shapes) == 1
    assert "i den södra delen av Trollhättans kommun" in rural.said
    assert "i den norra delen av Trollhättans kommun" in central.said


def test_whoever_fetches_the_page_gets_what_everybody_may_see(made_up_city, monkeypatch):
    asked: dict[str, object] = {}
    monkeypatch.setattr(districts_sheet.st, "download_button", lambda label, **options: asked.update(options))
    with made_up_city.in_use():
        view = replace(view_for_files(made_up_city.settings(), "sv"), actor=LOCAL_EDITOR)
        actors = []
        access = districts_sheet.register_access
        monkeypatch.setattr(access, "contents_for_file", lambda view: actors.append(view.actor))
        districts_sheet.offer_sheet(view, "regso", sheet_areas(view, "regso")[0])
        assert actors == []  # made when it is asked for
        page = asked["data"]()
    assert actors == [PUBLIC]
    assert asked["file_name"] == "stadsdel-1487R001-provby.pdf"
    (only,) = pypdf.PdfReader(io.BytesIO(page)).pages
    assert view.t("sheet.roadmap_silent") in " ".join(only.extract_text().split())


def test_the_command_writes_a_page_for_every_area(made_up_city, tmp_path, capsys):
    output = tmp_path / "new" / "pages"
    with made_up_city.in_use():
        for _ in range(2):
            assert main(["export", "area-sheets", "--output", str(output), "--language", "en"]) == 0
    written = sorted(output.iterdir())
    assert len(written) == 8
    assert written[0].name == "neighbourhood-1487R001-provby.pdf"
    assert all(file.name.isascii() and file.suffix == ".pdf" for file in written)
    assert {len(pypdf.PdfReader(file).pages) for file in written} == {1}
    assert capsys.readouterr().out.splitlines() == [f"{output}: 8 files written."] * 2


def test_the_command_says_in_one_sentence_what_is_wrong(made_up_city, tmp_path, capsys, monkeypatch):
    def complaint(*options: str) -> str:
        with made_up_city.in_use():
            assert main(["export", "area-sheets", *options]) == 1
        return capsys.readouterr().err.splitlines()[-1]

    pages = str(tmp_path / "pages")
    assert complaint("--output", pages, "--area", "9999R001", "--area", "1487R001").startswith(
        "dashboard: There is no area 9999R001"
    )
    assert complaint("--output", pages, "--level", "deso", "--area", "1487R001").startswith(
        "dashboard: There is no area"
    )
    assert not (tmp_path / "pages").exists()
    file = tmp_path / "file"
    file.touch()
    assert complaint("--output", str(file)) == f"dashboard: {file} is no folder: name another with --output."
    monkeypatch.setattr(area_sheet_file, "FONTS", tmp_path)
    assert complaint("--output", pages).startswith(
        "dashboard: The font AtkinsonHyperlegibleNext-Regular.ttf is missing"
    )
    assert list((tmp_path / "pages").iterdir()) == []
