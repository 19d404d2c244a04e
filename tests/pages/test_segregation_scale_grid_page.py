"""A made-up grid on its way: by the command into the data folder, into the warehouse, beside the areas on the page."""

import csv
import shutil

import pytest
from visitor import Visitor, plain

from dashboard.cli import main
from dashboard.measures.scale_profile import PROFILE_MEASURES
from dashboard.sources.grid_profiles import META, PROFILE, profile_folder
from dashboard.warehouse.build import read_data
from dashboard.warehouse.fingerprint import BuildError

SOURCE = "Påhittad fil <b>, för test"
PAGE = ["--split", "foreign_background", "--year", "2024", "--source", SOURCE]


def grid_in(folder):
    """Write a grid of 250 m over the made-up city (3 km by 2), with a row of cells east of it."""
    cells = [(x, y) for x in range(340_125, 343_250, 250) for y in range(6_460_125, 6_462_000, 250)]
    # So many that a cell in the west holds more than 200, and foreign in the south more than in the north.
    lines = [f"{x},{y},{240 if x < 341_500 else 60},{48 if y < 6_461_000 else 12}" for x, y in cells]
    file = folder / "grid.csv"
    file.write_text("\n".join(["x,y,people,foreign", *lines]) + "\n", "utf-8")
    return file


def put_in(city, *more):
    file = grid_in(city.data.parent)
    words = ["--output", str(file.with_name("shares.csv")), "--total", "people", "--groups", "foreign"]
    return main(["neighbourhoods", str(file), *words, "--k", "200,400,800,1600,3200,6400", *more])


@pytest.fixture(scope="module")
def with_grid(everything_bundled, home_city, tmp_path_factory):
    found = type(home_city).beside(tmp_path_factory.mktemp("with_grid") / "data")
    shutil.copytree(everything_bundled, found.data)
    with found.in_use():
        assert put_in(found, *PAGE) == 0
    return found.build()


@pytest.fixture
def in_use(with_grid):
    with with_grid.in_use():
        yield with_grid


def profile_of(city):
    folder = profile_folder(city.data, "1487", "foreign_background", 2024)
    with (folder / PROFILE).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["measure"], row["k"]): float(row["value"]) for row in rows}


def squares(visitor):
    """Give the values of the grid in the chart, by k."""
    layers = [layer for layer in visitor.charts()[0]["layer"] if layer["mark"].get("shape") == "square"]
    return {row["people"]: row for layer in layers for row in layer["data"]["values"]}


@pytest.mark.parametrize("measure", PROFILE_MEASURES[0])
def test_the_page_draws_the_numbers_of_the_profile(in_use, measure):
    visitor = Visitor().open("segregation", **{"del": "scale", "skalmatt": measure, "ar": "2025"})
    assert visitor.is_well()
    wanted = {int(k): 100 * value for (name, k), value in profile_of(in_use).items() if name == measure and k}
    assert {k: row["value"] for k, row in squares(visitor).items()} == pytest.approx(wanted)


def test_table_text_and_source_tell_of_the_grid(in_use):
    visitor = Visitor().open("segregation", **{"del": "scale"})
    assert [k for k, row in squares(visitor).items() if row["within"]] == [200]
    values = {
        k: f"{100 * value:.1f}".replace(".", ",")
        for (name, k), value in profile_of(in_use).items()
        if name == "dissimilarity"
    }
    visitor.choose("more-scale-profile", "table")
    text = plain(visitor.markup).replace("\u00a0", " ")
    assert f"samma mått räknat i rutor om 250 m, 2024: {values['200']} bland de 200 närmaste" in text
    assert "Till och med de 200 närmaste ryms de flesta grannskap i den egna rutan" in text
    assert f"Egen beräkning på rutor från {SOURCE}. Områdena 2025, rutorna 2024" in text
    same_year = Visitor().open("segregation", **{"del": "scale", "ar": "2024"})
    assert f"Egen beräkning på rutor från {SOURCE}. 2024" in plain(same_year.markup).replace("\u00a0", " ")
    assert "96 rutor, i snitt 150 personer" in text
    assert visitor.markup.count(f">{values['']}<") == 1
    visitor.choose("more-scale-profile", "how")
    text = plain(visitor.markup).replace("\u00a0", " ")
    assert "96 rutor med 14 400 personer i kommunen" in text
    assert "Med en fil över rutor" not in text
    assert any("grid_point" in code.value for code in visitor.at.code)
    visitor.choose("more-scale-profile", "download")
    assert visitor.is_well()


def test_nothing_of_single_cells_is_kept(with_grid):
    folder = profile_folder(with_grid.data, "1487", "foreign_background", 2024)
    assert {path.name for path in folder.parent.rglob("*")} == {folder.name, META, PROFILE}
    kept = "".join((folder / name).read_text("utf-8") for name in (META, PROFILE))
    assert not [word for word in ("340125", "6460125") if word in kept]


def test_without_a_grid_the_page_says_what_would_fill_it_and_nothing_else(visitor):
    visitor.open("segregation", **{"del": "scale"})
    assert squares(visitor) == {}
    assert "legend" not in str([layer["encoding"] for layer in visitor.charts()[0]["layer"]]).replace(
        "'legend': None", ""
    )
    assert "rutor" not in plain(visitor.markup)
    visitor.choose("more-scale-profile", "how")
    assert "Med en fil över rutor" in plain(visitor.markup)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (PAGE[:4], "needs --source too"),
        (["--municipality", "1487"], "needs --split, --year, --source too"),
        ([*PAGE[:3], "24", *PAGE[4:]], "“24” is not a year"),
        ([*PAGE[:5], ""], "1 to 120 signs"),
        (["--split", "age", *PAGE[2:]], "“age” is no split of the catalogue; --split is one of age_20_34"),
        (["--split", "age_groups", *PAGE[2:]], "The grid has 2 groups (foreign, rest), and age_groups has"),
        ([*PAGE, "--municipality", "1480"], "no boundaries of municipality 1480"),
    ],
)
def test_what_the_page_could_not_show_is_refused_before_the_work(city, capsys, more, words):
    with city.in_use():
        assert put_in(city, *more) == 1
    (sentence,) = capsys.readouterr().err.strip().splitlines()
    assert words in sentence
    assert not (city.data / "grids").exists()
    assert not (city.data.parent / "shares.csv").exists()


def test_the_command_counts_in_what_the_split_counts(city, capsys):
    with city.in_use():
        assert put_in(city, "--split", "rented_tenure", *PAGE[2:]) == 0
    assert "96 cells with 14400 dwellings lie in municipality 1487" in capsys.readouterr().out


def test_a_profile_of_no_split_or_with_other_measures_is_not_built(with_grid, tmp_path):
    data = shutil.copytree(with_grid.data, tmp_path / "data")
    folder = profile_folder(data, "1487", "foreign_background", 2024)
    text = (folder / PROFILE).read_text("utf-8")
    (folder / PROFILE).write_text(text.replace("isolation", "gini"), "utf-8")
    with pytest.raises(BuildError) as caught:
        read_data(data)
    assert "row isolation: the measure is missing" in str(caught.value)
    assert "row gini: the measure is no measure of foreign_background" in str(caught.value)
    (folder / META).write_text((folder / META).read_text("utf-8").replace("foreign_background", "whim"), "utf-8")
    folder.rename(folder.with_name("whim_2024"))
    with pytest.raises(BuildError, match="whim is no split of the catalogue"):
        read_data(data)
