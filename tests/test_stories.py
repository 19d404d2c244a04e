"""Stories: those that come along can be read, and a fault is told in one sentence with file and field."""

import os
import shutil

import pytest
import yaml

from dashboard.catalogue import load_catalogue
from dashboard.cli import main
from dashboard.stories import KINDS, LONGEST_QUESTION, StoryError, read_stories, stories_of
from dashboard.views.decks import BUILDERS
from dashboard.warehouse.fingerprint import fingerprint

GOOD = {
    "id": "mote",
    "name": {"sv": "Ett möte", "en": "A meeting"},
    "minutes": 5,
    "slides": [{"kind": "people"}, {"kind": "question", "question": {"sv": "Vad nu?", "en": "What now?"}}],
}


@pytest.fixture(scope="module")
def catalogue(embedded):
    return load_catalogue(embedded / "catalogue", validate=False)


def write(folder, content, name="mote.yaml"):
    text = content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True)
    (folder / name).write_text(text, "utf-8")
    return folder


def test_the_stories_that_come_along_are_in_order(embedded, catalogue):
    found = read_stories(embedded / "stories", catalogue)
    assert [one.id for one in found] == ["hela-staden", "kronogards-torg", "fardplan", "omrade", "plats"]
    assert [one.parameter for one in found] == [None, None, None, "area", "place"]
    assert {slide.kind for one in found for slide in one.slides} == set(KINDS), "every kind is tried"


def test_every_kind_has_what_builds_it():
    assert set(KINDS) == set(BUILDERS)


def test_a_folder_without_stories_has_none(tmp_path, catalogue):
    assert read_stories(tmp_path / "stories", catalogue) == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": "annat"}, "mote.yaml, id: it is 'annat'"),
        ({"minutes": 0}, "mote.yaml, minutes:"),
        ({"parameter": "city"}, "mote.yaml, parameter:"),
        ({"slides": []}, "mote.yaml, slides:"),
        ({"title": "x"}, "mote.yaml, title:"),
        ({"name": {"sv": "Ett möte"}}, "mote.yaml, name.en:"),
        ({"name": {"sv": "Ett möte", "en": "A" * 51}}, "mote.yaml, name.en: it has 51 letters"),
        ({"slides": [{"kind": "peple"}]}, "mote.yaml, slides.1.kind: there is no kind 'peple'"),
        ({"slides": [{"kind": "people"}, {"kind": "people"}]}, "mote.yaml, slides.2.key: 'people' is there already"),
        ({"slides": [{"kind": "people", "parameters": {"area": "x"}}]}, "slides.1.parameters.area: people has no such"),
        ({"slides": [{"kind": "trend"}]}, "slides.1.parameters: trend needs 'indicator'"),
        ({"slides": [{"kind": "trend", "parameters": {"indicator": "luck"}}]}, "parameters.indicator: there is no"),
        ({"slides": [{"kind": "peers", "parameters": {"split": "luck"}}]}, "there is no split 'luck'"),
        ({"slides": [{"kind": "tenure"}]}, "slides.1.parameters: tenure needs 'area'"),
        ({"slides": [{"kind": "question"}]}, "slides.1.question: it is missing"),
        (
            {"slides": [{"kind": "people", "question": {"sv": "a" * (LONGEST_QUESTION + 1), "en": "a"}}]},
            "slides.1.question.sv: it has 91 letters, and there is room for 90",
        ),
    ],
)
def test_a_fault_is_told_with_file_and_field(tmp_path, catalogue, change, said):
    with pytest.raises(StoryError) as told:
        read_stories(write(tmp_path, GOOD | change), catalogue)
    assert said in str(told.value)
    assert str(told.value).endswith(".")


def test_a_file_that_is_no_yaml_is_told_by_its_line(tmp_path, catalogue):
    with pytest.raises(StoryError, match=r"mote\.yaml, line 3:"):
        read_stories(write(tmp_path, "id: mote\nname: {sv: [\n"), catalogue)


def test_what_whoever_opens_the_story_chooses_need_not_be_said(tmp_path, catalogue):
    (story,) = read_stories(write(tmp_path, GOOD | {"parameter": "area", "slides": [{"kind": "tenure"}]}), catalogue)
    assert story.slides[0].name == "tenure"


def test_a_changed_file_is_read_anew(tmp_path, catalogue):
    write(tmp_path, GOOD)
    (before,) = stories_of(tmp_path, catalogue)
    assert stories_of(tmp_path, catalogue)[0] is before
    write(tmp_path, GOOD | {"minutes": 7})
    os.utime(tmp_path / "mote.yaml", ns=(1, 1))
    assert stories_of(tmp_path, catalogue)[0].minutes == 7


def test_a_changed_story_means_no_other_build(tmp_path):
    (tmp_path / "stories").mkdir()
    (tmp_path / "bundle.yaml").write_text("a: 1\n", "utf-8")
    before = fingerprint(tmp_path, None)
    write(tmp_path / "stories", GOOD)
    assert fingerprint(tmp_path, None) == before
    (tmp_path / "bundle.yaml").write_text("a: 2\n", "utf-8")
    assert fingerprint(tmp_path, None) != before


def test_the_check_of_a_data_folder_holds_its_stories_too(everything_bundled, tmp_path, capsys):
    data = shutil.copytree(everything_bundled, tmp_path / "data")
    (data / "stories").mkdir()
    write(data / "stories", GOOD)
    assert main(["check", str(data)]) == 0
    assert "stories that pass every check: 1." in capsys.readouterr().out
    write(data / "stories", GOOD | {"minutes": 0})
    assert main(["check", str(data)]) == 1
    assert "stories/mote.yaml, minutes" in capsys.readouterr().err
