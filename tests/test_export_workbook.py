"""`dashboard export workbook`: areas become a file, swapped in whole, and what cannot be done is said in a sentence."""

import openpyxl
import pytest

from dashboard.cli import main


@pytest.fixture
def city(made_up_city):
    with made_up_city.in_use():
        yield made_up_city


def run(*options):
    return main(["export", "workbook", *map(str, options)])


def codes(book, sheet):
    return [row[0] for row in book[sheet].iter_rows(min_row=2, values_only=True)]


def test_areas_become_a_workbook(city, tmp_path, capsys, monkeypatch):
    file = tmp_path / "områden.xlsx"
    file.write_text("gammalt", "utf-8")
    assert run("--output", file) == 0
    assert capsys.readouterr().out == f"{file}: 8 areas written.\n"
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["Om filen", "Delområden", "Stadsdelar", "Alla värden"]
    assert len(codes(book, "Delområden")) == 6
    assert set(codes(book, "Alla värden")) == {*codes(book, "Delområden"), *codes(book, "Stadsdelar")}
    assert "Visa i översikten" not in [cell.value for cell in book.worksheets[0]["A"]]
    monkeypatch.setenv("DASHBOARD_PUBLIC_URL", "https://stad.example.org")
    with city.in_use():
        assert run("--output", file, "--area", "1487C1030", "1487A0010", "--language", "en", "--years", "all") == 0
    assert capsys.readouterr().out == f"{file}: 2 areas written.\n"
    book = openpyxl.load_workbook(file)
    assert sorted(codes(book, "Small areas")) == ["1487A0010", "1487C1030"]
    assert "Foreign background, 2024 (%)" in [cell.value for cell in book["Small areas"][1]]
    (link,) = (row[1] for row in book.worksheets[0].iter_rows(values_only=True) if row[0] == "See in the overview")
    assert link.startswith("https://stad.example.org/stadsdelar?niva=deso&omraden=1487")
    assert link.endswith("&lang=en")
    assert run("--output", file, "--level", "regso") == 0
    assert "Delområden" not in openpyxl.load_workbook(file).sheetnames
    assert [one.name for one in tmp_path.iterdir()] == ["områden.xlsx"]


def test_an_unknown_area_is_said_and_no_file_is_made(city, tmp_path, capsys):
    assert run("--output", tmp_path / "a.xlsx", "--area", "1487A0010", "1488R001") == 1
    assert "There is no area 1488R001 among the 8" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_said_before_anything_is_worked_out(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("dashboard.export_commands.fresh_view", lambda *_: pytest.fail("too early"))
    for file in (tmp_path, tmp_path / "saknas" / "a.xlsx"):
        assert run("--output", file) == 1
        assert f"{file} cannot be written" in capsys.readouterr().err


def test_the_old_file_stays_when_the_new_one_cannot_be_written(city, tmp_path, capsys, monkeypatch):
    file = tmp_path / "a.xlsx"
    file.write_text("gammalt", "utf-8")

    def broken(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", broken)
    assert run("--output", file) == 1
    assert "No space left on device" in capsys.readouterr().err
    assert file.read_text("utf-8") == "gammalt"
