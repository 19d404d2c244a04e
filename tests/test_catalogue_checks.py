"""What the catalogue refuses: documents that the schema does not allow, and files that disagree."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from dashboard.catalogue import CatalogueError, load_catalogue

FOLDER = Path(__file__).parents[1] / "data" / "catalogue"

SHARE = "indicators/foreign_background_share.yaml"
COUNT = "indicators/population.yaml"
INCOME = "indicators/net_income_mean.yaml"
FAMILY = "indicators/population_age_sex.yaml"
SOURCE = "sources/scb_tab6571.yaml"
SPLIT = "splits/foreign_background.yaml"
MEASURE = "measures/dissimilarity.yaml"

BAD_DOCUMENTS = {
    "english text missing": (SHARE, "name.en", ..., "name"),
    "empty text": (SHARE, "definition.sv", " ", "definition.sv"),
    "third language": (SHARE, "name.fi", "Osuus", "name"),
    "question that asks nothing": (SHARE, "question.sv", "Andel.", "question.sv"),
    "short name too long": (SHARE, "short_name.sv", "x" * 29, "short_name.sv"),
    "unknown unit": (SHARE, "unit", "stones", "unit"),
    "share of 140": (SHARE, "maximum", 140, "maximum"),
    "share below 0": (SHARE, "minimum", -1, "minimum"),
    "share of nothing": (SHARE, "denominator", None, "denominator"),
    "share as a ratio": (SHARE, "unit", "ratio", "unit"),
    "decimals negative": (SHARE, "decimals", -1, "decimals"),
    "half a person": (COUNT, "decimals", 1, "decimals"),
    "unit without words": (INCOME, "unit_label", None, "unit_label"),
    "unknown direction": (SHARE, "direction", "up", "direction"),
    "unknown level": (SHARE, "sources.county", "scb_tab6571", "sources"),
    "unknown field": (SHARE, "colour", "red", "the whole file"),
    "missing field": (SHARE, "caveats", ..., "the whole file"),
    "derived but not how": (SHARE, "derivation", None, "derivation"),
    "published but derived": (INCOME, "derivation", {"sv": "Summa", "en": "Sum"}, "derivation"),
    "no next update and no reason": (SHARE, "next_update", None, "next_update_reason"),
    "years not a span": (SHARE, "years.deso", [2025], "years.deso"),
    "family of one": (FAMILY, "members", [{"id": "a"}], "members"),
    "licence page without https": (SOURCE, "licence_url", "http://x.se", "licence_url"),
    "date that is no date": (SOURCE, "updated", "March", "updated"),
    "table that is no table": (SOURCE, "table", "6571", "table"),
    "checksum too short": (SOURCE, "files", [{"name": "a.csv", "sha256": "ab", "rows": 1}], "files.0.sha256"),
    "group without a name": (SPLIT, "group", None, "group"),
    "unknown kind of split": (SPLIT, "kind", "three_group", "kind"),
    "group neither share nor count": (SPLIT, "group_kind", None, "group_kind"),
    "two groups and a list": (SPLIT, "groups", ["population"], "groups"),
    "scale of 10": (MEASURE, "scale", 10, "scale"),
    "measure without reference": (MEASURE, "reference", "", "reference"),
    "measure of nothing": (MEASURE, "level", "street", "level"),
}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A catalogue of a few real files, to break one at a time."""
    kept = {
        "indicators": ("population", "foreign_background_share", "population_age_sex", "net_income_mean"),
        "sources": ("scb_tab6574", "scb_tab6571", "scb_tab6683"),
        "splits": ("foreign_background",),
        "measures": ("dissimilarity",),
    }
    for kind, names in kept.items():
        (tmp_path / kind).mkdir()
        for name in names:
            shutil.copy(FOLDER / kind / f"{name}.yaml", tmp_path / kind)
    shutil.copy(FOLDER / "schema.json", tmp_path)
    return tmp_path


def change(folder: Path, file: str, field: str, value: object) -> None:
    """Set one field, given as a dotted path, in one file; ``...`` takes it away."""
    document = yaml.safe_load((folder / file).read_text(encoding="utf-8"))
    *way, last = field.split(".")
    place: Any = document
    for step in way:
        place = place[int(step) if isinstance(place, list) else step]
    if value is ...:
        del place[last]
    else:
        place[int(last) if isinstance(place, list) else last] = value
    (folder / file).write_text(yaml.safe_dump(document, sort_keys=False, allow_unicode=True), encoding="utf-8")


@pytest.mark.parametrize(("file", "field", "value", "named"), BAD_DOCUMENTS.values(), ids=BAD_DOCUMENTS)
def test_a_bad_document_is_refused_by_the_schema(small: Path, file: str, field: str, value: object, named: str) -> None:
    load_catalogue(small)
    change(small, file, field, value)
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(small)
    message = str(caught.value)
    assert message.startswith(f"{file}, {named}: ")
    assert "schema.json" in message
    assert "\n" not in message


DISAGREEMENTS = {
    "another id than the file": (SHARE, "id", "background", "id: it is 'background'"),
    "source that does not exist": (
        SHARE,
        "sources.deso",
        "scb_tab1",
        "sources.deso: there is no source 'scb_tab1'",
    ),
    "levels of years and sources": (
        SHARE,
        "sources.municipality",
        ...,
        "years: its levels are not those of sources",
    ),
    "years the wrong way round": (SHARE, "years.municipality", [2025, 2015], "2025 is after 2015"),
    "break outside the years": (SHARE, "method_break.deso", [2019], "method_break.deso: 2019 is not among"),
    "maximum below minimum": (COUNT, "maximum", 0, "maximum: it is not above the minimum 0"),
    "own computation uncredited": (
        SOURCE,
        "own_computation_citation",
        None,
        "has no own_computation_citation",
    ),
    "member twice": (FAMILY, "members.1.id", "population_men_0_4", "'population_men_0_4' is used twice"),
    "member that is another file": (FAMILY, "members.1.id", "population", "'population' is used twice"),
    "split of an unknown indicator": (SPLIT, "total_indicator", "people", "there is no indicator 'people'"),
    "split of an unknown source": (SPLIT, "sources", ["scb_tab1"], "sources: there is no source 'scb_tab1'"),
    "split that credits too little": (SPLIT, "sources", ["scb_tab6574"], "comes from 'scb_tab6571'"),
    "share that is no share": (
        SPLIT,
        "group_indicator",
        "net_income_mean",
        "'net_income_mean' is a mean, not a share",
    ),
    "unknown placeholder": (MEASURE, "reading", {"sv": "{x}", "en": "{x}"}, "{x} is not a placeholder"),
    "placeholders differ": (MEASURE, "reading", {"sv": "{value}", "en": "a"}, "different placeholders"),
    "brace alone": (MEASURE, "reading", {"sv": "{value", "en": "{value}"}, "a brace stands alone"),
}


@pytest.mark.parametrize(("file", "field", "value", "said"), DISAGREEMENTS.values(), ids=DISAGREEMENTS)
def test_files_that_disagree_are_refused(small: Path, file: str, field: str, value: object, said: str) -> None:
    if said.endswith("is a mean, not a share"):
        change(small, SPLIT, "sources", ["scb_tab6574", "scb_tab6571", "scb_tab6683"])
    change(small, file, field, value)
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(small)
    assert said in str(caught.value)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_a_break_at_a_level_without_years_is_refused(small: Path) -> None:
    for field in ("sources.deso", "years.deso"):
        change(small, INCOME, field, ...)
    load_catalogue(small)
    change(small, INCOME, "method_break", {"deso": [2024]})
    with pytest.raises(CatalogueError, match="method_break: it names a level that has no years"):
        load_catalogue(small)


def test_a_split_that_counts_something_else_must_say_so(small: Path) -> None:
    change(small, SPLIT, "unit", "households")
    load_catalogue(small)
    change(small, SPLIT, "approximation", None)
    with pytest.raises(CatalogueError, match="counts persons, but the split counts households"):
        load_catalogue(small)


BROKEN_FILES: dict[str, tuple[Callable[[str], bytes], str]] = {
    "broken YAML": (lambda text: (text + "\nname: [\n").encode(), "line"),
    "key twice": (lambda text: (text + "decimals: 3\n").encode(), "a key is written twice"),
    "not UTF-8": (lambda text: text.encode("latin-1", errors="replace"), "not UTF-8"),
    "a list": (lambda _: b"- a\n", "id: it is missing"),
    "empty": (lambda _: b"", "id: it is missing"),
}


@pytest.mark.parametrize(("broken", "said"), BROKEN_FILES.values(), ids=BROKEN_FILES)
def test_a_broken_file_is_named(small: Path, broken: Callable[[str], bytes], said: str) -> None:
    path = small / SHARE
    path.write_bytes(broken(path.read_text(encoding="utf-8")))
    with pytest.raises(CatalogueError, match=re.escape(SHARE)) as caught:
        load_catalogue(small)
    assert said in str(caught.value)


def test_missing_folders_and_schema_are_named(small: Path) -> None:
    schema = small / "schema.json"
    text = schema.read_text(encoding="utf-8")
    schema.write_text("{", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"schema\.json"):
        load_catalogue(small)
    schema.write_text(text, encoding="utf-8")
    shutil.rmtree(small / "measures")
    with pytest.raises(CatalogueError, match="no catalogue files in"):
        load_catalogue(small)
