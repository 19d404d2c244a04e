"""The focus areas of the roadmap: read with their texts, and refused when they name what is not there."""

import pytest
import yaml

from dashboard.catalogue import load_catalogue
from dashboard.register.errors import RegisterFileError
from dashboard.register.focus_areas import read_focus_areas

TEXT = {"sv": "Prov", "en": "Test"}


def entry(name: str = "one", position: int = 1, **more: object) -> dict[str, object]:
    return {"id": name, "position": position, "name": TEXT, "gap": TEXT} | more


def write(folder, entries: list[dict[str, object]], **more: object) -> None:
    content = {"municipality": "1487", "source": TEXT, "source_date": "2026-01-01", "focus_areas": entries} | more
    (folder / "focus_areas.yaml").write_text(yaml.safe_dump(content), "utf-8")


def test_without_a_file_there_are_none(tmp_path):
    assert read_focus_areas(tmp_path, set()) == []


def test_they_stand_in_the_order_of_the_roadmap(tmp_path):
    write(tmp_path, [entry("second", 2), entry("first", 1, indicators=["population"], splits=["tenure"])])
    found = read_focus_areas(tmp_path, {"population", "tenure"})
    assert [area.id for area in found] == ["first", "second"]
    assert (found[0].indicators, found[0].splits) == (("population",), ("tenure",))
    assert (found[1].indicators, found[1].splits) == ((), ())
    assert (found[0].name.sv, found[0].name.en, found[0].municipality) == ("Prov", "Test", "1487")


@pytest.mark.parametrize("part", ["indicators", "splits"])
def test_a_name_that_is_not_in_the_catalogue_is_refused(tmp_path, part):
    write(tmp_path, [entry(**{part: ["happiness"]})])
    with pytest.raises(RegisterFileError, match=r"focus_areas\.yaml: one names happiness"):
        read_focus_areas(tmp_path, {"population"})


@pytest.mark.parametrize(
    "content",
    [
        "focus_areas: [",
        "",
        "- a list",
        "municipality: '1487'\n",
        "focus_areas: [{id: one}]\nmunicipality: '1487'\nsource: {sv: x, en: x}\nsource_date: '2026'\n",
        "focus_areas: [{id: one, position: 1, name: only Swedish, gap: x}]\nmunicipality: '1487'\n",
        "focus_areas: [{id: one, position: first, name: {sv: x, en: x}, gap: {sv: x, en: x}}]\nmunicipality: '1487'\n"
        "source: {sv: x, en: x}\nsource_date: '2026'\n",
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, content):
    (tmp_path / "focus_areas.yaml").write_text(content, "utf-8")
    with pytest.raises(RegisterFileError, match=r"focus_areas\.yaml cannot be read"):
        read_focus_areas(tmp_path, set())


def test_trollhattans_five_focus_areas(embedded):
    catalogue = load_catalogue(embedded / "catalogue")
    found = read_focus_areas(embedded / "register", set(catalogue.indicators) | set(catalogue.splits))
    assert [area.position for area in found] == [1, 2, 3, 4, 5]
    assert {area.municipality for area in found} == {"1488"}
    assert all(area.gap.sv and area.gap.en for area in found)
