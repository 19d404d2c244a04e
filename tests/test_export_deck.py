"""`dashboard export deck`: a story becomes a file, swapped in whole, and what cannot be done is said in a sentence."""

import pytest
from pptx import Presentation

from dashboard.cli import main

CITY = "id: prov\nname: {sv: Provet, en: The trial}\nminutes: 5\nslides: [{kind: people}, {kind: roadmap_status}]\n"
AREA = "id: ett\nname: {sv: Ett, en: One}\nminutes: 5\nparameter: area\nslides: [{kind: area_numbers}]\n"
PLACE = AREA.replace("ett", "dar").replace("area_numbers", "place_reach").replace("area", "place")


@pytest.fixture
def told(built_city):
    folder = built_city.data / "stories"
    folder.mkdir(exist_ok=True)
    for name, text in (("prov", CITY), ("ett", AREA), ("dar", PLACE)):
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    with built_city.in_use():
        yield built_city


def run(*options):
    return main(["export", "deck", *map(str, options)])


def test_a_story_becomes_a_file(told, tmp_path, capsys):
    file = tmp_path / "möte.pptx"
    file.write_text("gammalt", "utf-8")
    assert run("--story", "prov", "--output", file, "--language", "en") == 0
    assert capsys.readouterr().out == f"{file}: 2 slides and a cover written.\n"
    made = Presentation(file)
    assert made.slides[0].shapes.title.text_frame.text == "The trial"
    assert made.core_properties.language == "en-GB"
    assert run("--story", "ett", "--output", file, "--area", "1487R001") == 0
    assert "Provby" in Presentation(file).slides[0].shapes.title.text_frame.text
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".new")] == []


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--story", "saknas"), "There is no story"),
        (("--story", "ett"), "is about one area: name it with --area"),
        (("--story", "ett", "--area", "1487R001", "--place", "x"), "is about one area"),
        (("--story", "ett", "--area", "1488R001"), "There is no area 1488R001"),
        (("--story", "dar", "--place", "torget"), "There is no place torget"),
        (("--story", "prov", "--area", "1487R001"), "is about the whole city"),
    ],
)
def test_what_is_not_there_is_said(told, tmp_path, capsys, options, why):
    assert run(*options, "--output", tmp_path / "a.pptx") == 1
    assert why in capsys.readouterr().err
    assert not (tmp_path / "a.pptx").exists()


def test_a_file_that_cannot_be_written_is_said_before_anything_is_worked_out(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("dashboard.export_commands.fresh_view", lambda *_: pytest.fail("too early"))
    for file in (tmp_path, tmp_path / "saknas" / "a.pptx"):
        assert run("--story", "prov", "--output", file) == 1
        assert f"{file} cannot be written" in capsys.readouterr().err


def test_the_old_file_stays_when_the_new_one_cannot_be_made(told, tmp_path, monkeypatch):
    file = tmp_path / "a.pptx"
    file.write_text("gammalt", "utf-8")

    def broken(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", broken)
    assert run("--story", "prov", "--output", file) == 1
    assert file.read_text("utf-8") == "gammalt"
