"""Reading JSON-stat 2: by index and size, never by the order of the text; an empty cell is never 0."""

from itertools import pairwise

import numpy as np
import pytest

from dashboard.sources.fetch_faults import UnreadableAnswerError
from dashboard.sources.json_stat import Cube, Dimension, Structure, read_cube, read_structure

TOLD = "SCB (TAB6586)"


def data_set(**other):
    """Give the illustration of an answer with one real figure, and some made-up cells around it."""
    region = {"1488R007_RegSO2025": 1, "1488R007": 0}
    index = {
        "label": "observations",
        "category": {"index": {"000008IT": 0}, "label": {"000008IT": "Socio-economic index"}},
    }
    return {
        "version": "2.0",
        "class": "dataset",
        "label": "Socio-economic index by RegSO",
        "source": "Statistics Sweden",
        "updated": "2026-06-23T06:00:00Z",
        "id": ["Region", "ContentsCode", "Tid"],
        "size": [2, 1, 2],
        "dimension": {
            "Region": {"label": "region", "category": {"index": region, "label": {"1488R007": "Kronogården"}}},
            "ContentsCode": index,
            "Tid": {"label": "year", "category": {"index": {"2023": 0, "2024": 1}}},
        },
        "value": [30.1, None, 0, 32.5],
    } | other


def cells(document):
    return {codes: (value, status) for codes, value, status in read_cube(document, TOLD).rows()}


def test_cells_are_placed_by_index_and_size_with_the_last_dimension_fastest():
    assert cells(data_set()) == {
        ("1488R007", "000008IT", "2023"): (30.1, "published"),
        ("1488R007", "000008IT", "2024"): (None, "suppressed"),
        ("1488R007_RegSO2025", "000008IT", "2023"): (0, "published"),
        ("1488R007_RegSO2025", "000008IT", "2024"): (32.5, "published"),
    }


def test_the_order_is_that_of_the_index_and_not_of_the_alphabet():
    document = data_set()
    document["dimension"]["Region"]["category"]["index"] = {"1488R007": 1, "1488R007_RegSO2025": 0}
    assert cells(document)["1488R007", "000008IT", "2024"] == (32.5, "published")


def test_an_index_may_be_a_list_and_left_out_for_one_category():
    document = data_set()
    document["dimension"]["Region"]["category"]["index"] = ["1488R007", "1488R007_RegSO2025"]
    del document["dimension"]["ContentsCode"]["category"]["index"]
    assert cells(document) == cells(data_set())


def test_values_may_be_those_alone_that_are_there():
    assert cells(data_set(value={"0": 30.1, "2": 0, "3": 32.5})) == cells(data_set())


def test_stamp_source_and_labels_are_kept():
    structure = read_structure(data_set(value=[]), TOLD)
    assert (structure.updated, structure.source) == ("2026-06-23T06:00:00Z", "Statistics Sweden")
    assert structure.shape == (2, 1, 2)
    assert structure.dimensions[0] == Dimension(
        "Region", "region", ("1488R007", "1488R007_RegSO2025"), {"1488R007": "Kronogården"}
    )


@pytest.mark.parametrize(
    ("mark", "status"), [("..", "suppressed"), ("…", "suppressed"), (".", "missing"), ("-", "missing"), ("", "missing")]
)
@pytest.mark.parametrize("form", ["mapping", "list", "text"])
def test_the_mark_tells_what_is_withheld_from_what_does_not_exist(mark, status, form):
    given = {"mapping": {"1": mark}, "list": [None, mark, None, None], "text": mark}[form]
    found = cells(data_set(status=given))
    assert found["1488R007", "000008IT", "2024"] == (None, status)
    assert {one for one, _ in found.values()} == {30.1, None, 0, 32.5}
    assert [one for _, one in found.values()].count("published") == 3


def test_a_mark_that_is_not_known_is_told_where_a_cell_is_empty_and_passed_by_elsewhere():
    assert cells(data_set(status={"3": "p"})) == cells(data_set())
    with pytest.raises(UnreadableAnswerError, match="the mark “p”"):
        read_cube(data_set(status={"1": "p"}), TOLD)


@pytest.mark.parametrize(
    "other",
    [
        {"class": "collection"},
        {"id": ["Region", "Tid"]},
        {"id": ["Region", "Region", "Tid"]},
        {"id": ["Region", "Kon", "Tid"]},
        {"id": [], "size": []},
        {"size": [2, 1, 3]},
        {"size": [2, 1, "x"]},
        {"size": None},
        {"dimension": {}},
        {"dimension": []},
        {"value": [1, 2, 3]},
        {"value": [1, 2, 3, 4, 5]},
        {"value": [1, 2, 3, ".."]},
        {"value": [1, 2, 3, [4]]},
        {"value": [1, 2, 3, 1e999]},
        {"value": {"4": 1}},
        {"value": {"-1": 1}},
        {"value": None},
        {"status": {"9": ".."}},
        {"status": {"x": ".."}},
        {"status": 3},
    ],
)
def test_what_does_not_fit_together_is_refused_in_a_sentence(other):
    with pytest.raises(UnreadableAnswerError, match=r"^SCB \(TAB6586\) sent an answer that cannot be read: .+\.$"):
        read_cube(data_set(**other), TOLD)


@pytest.mark.parametrize("document", [None, [], "x", 3, {}])
def test_what_is_no_data_set_is_refused(document):
    with pytest.raises(UnreadableAnswerError, match="class is not dataset"):
        read_structure(document, TOLD)


@pytest.mark.parametrize(
    "index",
    [{"1488R007": 0, "b": 0}, {"1488R007": 0, "b": 2}, ["1488R007"], ["b", "b"], {"1488R007": 0, "b": "x"}, None],
)
def test_an_index_that_is_no_order_is_refused(index):
    document = data_set()
    document["dimension"]["Region"]["category"]["index"] = index
    with pytest.raises(UnreadableAnswerError):
        read_cube(document, TOLD)


def test_frames_can_be_put_together_and_say_what_the_rows_say():
    cube = read_cube(data_set(), TOLD)
    frames = list(cube.frames(cells=3))
    assert [len(frame) for frame in frames] == [3, 1]
    assert all((a.dtypes == b.dtypes).all() for a, b in pairwise(frames))
    [whole] = cube.frames()
    assert whole["Region"].tolist() == ["1488R007"] * 2 + ["1488R007_RegSO2025"] * 2
    assert whole["Tid"].tolist() == ["2023", "2024"] * 2
    assert whole["status"].tolist() == [status for _, _, status in cube.rows()]


def test_a_million_cells_take_a_few_bytes_each():
    sizes = {"Region": 6160, "Alder": 12, "Tid": 15}
    dimensions = tuple(Dimension(name, name, tuple(map(str, range(size))), {}) for name, size in sizes.items())
    shape = tuple(sizes.values())
    cube = Cube(Structure("", "", None, dimensions), np.zeros(shape), np.zeros(shape, dtype=np.uint8))
    frame = next(cube.frames())
    assert len(frame) == 1_000_000
    # Ten million rows of this kind are below half a gigabyte.
    assert frame.memory_usage(deep=True, index=True).sum() < 20_000_000
