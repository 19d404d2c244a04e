"""Decks that visitors save: what is opened is what was saved; nothing else in the folder or beyond it is reached."""

import json
import os
import re
from datetime import date

import pytest

from dashboard import saved_decks
from dashboard.saved_decks import DAYS_KEPT, ID, SavedDeckError, opened, save
from dashboard.slides import ChartPicture, NumberPicture, Slide, TablePicture

TODAY, NOW, DAY = date(2026, 11, 27), 1_800_000_000.0, 86_400
CHART = ChartPicture('<svg viewBox="0 0 4 3"><path d="M0,0h4"/></svg>', 4, 3, ("Område", "Andel"), (("Åsen", ".."),))


def slide(title="Titel", picture=CHART, **more):
    given = {
        "lead": "Rad",
        "summary": "I ord",
        "source": "Källa: SCB",
        "link": "/segregation?lang=en",
        "language": "en",
    }
    return Slide(key="egen-1", title=title, picture=picture, **(given | more))


def why(do) -> str:
    with pytest.raises(SavedDeckError) as caught:
        do()
    return caught.value.code


def test_what_is_opened_is_what_was_saved(tmp_path):
    slides = (slide(), slide("Två", TablePicture(("a", "b"), (("1", "2"),)), language="sv", link=""))
    folder = tmp_path / "not" / "there" / "yet"
    name = save(folder, slides, TODAY, NOW)
    assert ID.fullmatch(name)
    found = opened(folder, name, NOW)
    assert found.saved == TODAY
    assert [one.key for one in found.slides] == ["egen-1", "egen-2"]
    assert [(one.title, one.picture, one.link, one.language) for one in found.slides] == [
        (one.title, one.picture, one.link, one.language) for one in slides
    ]
    assert [file.name for file in folder.iterdir()] == [f"{name}.json"], "nothing is left beside it"


def test_a_file_holds_no_words_of_whoever_presents(tmp_path):
    name = save(tmp_path, (slide(notes="Mitt eget", question="Min fråga"),), TODAY, NOW)
    assert not re.search("Mitt eget|Min fråga", (tmp_path / f"{name}.json").read_text("utf-8"))


def test_names_are_of_chance_and_long(tmp_path):
    names = {save(tmp_path, (slide(),), TODAY, NOW) for _ in range(20)}
    assert len(names) == 20
    assert all(len(name) >= 10 for name in names)


@pytest.mark.parametrize(
    "name",
    ["", "../secret", "..%2fsecret", "/etc/passwd", "a" * 14 + "/", "a" * 13, "A" * 14, "abc\x00def", "a" * 14 + "\n"],
)
def test_a_name_that_is_none_of_ours_leads_nowhere(tmp_path, name):
    folder = tmp_path / "decks"
    folder.mkdir()
    (tmp_path / "secret.json").write_text("{}", "utf-8")
    assert why(lambda: opened(folder, name, NOW)) == "unknown"


def test_a_name_of_which_there_is_no_file(tmp_path):
    assert why(lambda: opened(tmp_path, "abcdefgh234567", NOW)) == "unknown"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[: len(text) // 2],
        lambda text: "",
        lambda text: "null",
        lambda text: text.replace('"version":1', '"version":2'),
        lambda text: text.replace('"kind":"chart"', '"kind":"script"'),
        lambda text: text.replace('"title":"Titel"', '"title":5'),
        lambda text: text.replace('"slides":', '"more":1,"slides":'),
        lambda text: json.dumps(json.loads(text) | {"slides": []}),
        lambda text: json.dumps(json.loads(text) | {"slides": json.loads(text)["slides"] * 21}),
        lambda text: text + " " * saved_decks.MOST_BYTES,
    ],
)
def test_a_damaged_file_is_told_and_left_as_it_is(tmp_path, change):
    name = save(tmp_path, (slide(),), TODAY, NOW)
    file = tmp_path / f"{name}.json"
    file.write_text(damaged := change(file.read_text("utf-8")), "utf-8")
    assert why(lambda: opened(tmp_path, name, NOW)) == "damaged"
    assert file.read_text("utf-8") == damaged


def test_bytes_that_are_no_text_are_damage(tmp_path):
    name = save(tmp_path, (slide(),), TODAY, NOW)
    (tmp_path / f"{name}.json").write_bytes(b"\xff\xfe\x00")
    assert why(lambda: opened(tmp_path, name, NOW)) == "damaged"


def test_a_deck_that_is_too_large_or_empty_is_not_saved(tmp_path):
    large = ChartPicture("x" * 900_000, 4, 3, (), ())
    assert why(lambda: save(tmp_path, (slide(picture=large),) * 3, TODAY, NOW)) == "too_large"
    assert why(lambda: save(tmp_path, (slide("x" * 3_000),), TODAY, NOW)) == "too_large"
    assert why(lambda: save(tmp_path, (), TODAY, NOW)) == "nothing"
    assert list(tmp_path.iterdir()) == []


def test_a_picture_that_no_figure_has_is_a_fault_of_ours(tmp_path):
    with pytest.raises(TypeError, match="NumberPicture"):
        save(tmp_path, (slide(picture=NumberPicture(())),), TODAY, NOW)


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    assert why(lambda: save(tmp_path / "file" / "decks", (slide(),), TODAY, NOW)) == "unwritable"


def test_only_decks_that_nobody_opens_make_room(tmp_path, monkeypatch):
    monkeypatch.setattr(saved_decks, "MOST_DECKS", 3)
    names = [save(tmp_path, (slide(),), TODAY, NOW) for _ in range(3)]
    ages = (DAYS_KEPT + 1, DAYS_KEPT + 5, 3)
    for name, days in zip(names, ages, strict=True):
        os.utime(tmp_path / f"{name}.json", (NOW - days * DAY,) * 2)
    # Opening the one that was opened longest ago keeps it.
    opened(tmp_path, names[1], NOW)
    new = save(tmp_path, (slide(),), TODAY, NOW)
    there = {file.stem for file in tmp_path.glob("*.json")}
    assert there == {names[1], names[2], new}
    os.utime(tmp_path / f"{new}.json", (NOW,) * 2)
    assert why(lambda: save(tmp_path, (slide(),), TODAY, NOW)) == "full"
    assert {file.stem for file in tmp_path.glob("*.json")} == there
