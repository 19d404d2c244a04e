"""Profiles of a municipality's own grids: read as they were written, and every fault told in a sentence."""

import dataclasses

import numpy as np
import pytest
import yaml

from dashboard.sources.grid_profiles import (
    META,
    PROFILE,
    GridMeta,
    GridProfile,
    ProfilePoint,
    cell_size,
    profile_folder,
    read_profiles,
    write_profile,
)
from dashboard.sources.tidy import InputError

MEASURES = ("dissimilarity", "entropy")
DESCRIBED = GridMeta(
    municipality="1488",
    split="foreign_background",
    year=2024,
    source="Påhittad fil, för test",
    made="2026-01-02",
    groups=("foreign", "rest"),
    cells=3,
    people=90,
    cell_metres=250.0,
    file="grid.csv",
    file_sha256="a" * 64,
    output_sha256="b" * 64,
)
POINTS = (
    *(ProfilePoint(None, name, 0.4 / 3, None, None) for name in MEASURES),
    *(ProfilePoint(50, name, -0.01, 0.25, None) for name in MEASURES),
    *(ProfilePoint(200, name, None, None, "k_too_large") for name in MEASURES),
)
MADE_UP = GridProfile(DESCRIBED, POINTS)


@pytest.fixture
def data(tmp_path):
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def test_a_profile_is_read_as_it_was_written_and_replaced_as_a_whole(data):
    folder = write_profile(data, MADE_UP)
    assert folder == profile_folder(data, "1488", "foreign_background", 2024)
    assert read_profiles(data) == [MADE_UP]
    later = GridProfile(dataclasses.replace(DESCRIBED, cell_metres=None), POINTS[:4])
    write_profile(data, later)
    assert read_profiles(data) == [later]
    assert [path.name for path in data.parent.iterdir()] == ["data"]


def test_a_profile_that_cannot_be_right_leaves_the_old_one(data):
    write_profile(data, MADE_UP)
    with pytest.raises(InputError, match=r"row 2: value is “45.4”"):
        write_profile(data, GridProfile(DESCRIBED, (dataclasses.replace(POINTS[0], value=45.4), *POINTS[1:])))
    assert read_profiles(data) == [MADE_UP]


def test_there_are_none_in_the_embedded_data(embedded):
    assert read_profiles(embedded) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("k,measure", "k,name", "profile.csv lacks the column measure"),
        (",dissimilarity,0.13", "x,dissimilarity,0.13", "row 2: k is “x”"),
        ("50,entropy", "50,dissimilarity", "row 5: dissimilarity at k = 50 is there twice"),
        ("50,entropy,-0.01", "50,entropy,nan", "row 5: value is “nan”"),
        ("50,entropy,-0.01,0.25", "50,entropy,-0.01,-0.25", "row 5: at_home is “-0.25”"),
        ("50,entropy,-0.01,", "50,entropy,,", "row 5: there must be a value or a reason"),
        ("200,entropy,,,k_too_large", "200,entropy,0.1,,k_too_large", "row 7: there must be a value or a reason"),
        ("200,entropy,,,k_too_large", "200,entropy,,,whim", "row 7: there must be a value or a reason"),
        ("200,entropy,,,k_too_large\n", "", "lacks entropy at k = 200: a row was cut off"),
    ],
)
def test_a_bad_row_is_told_by_its_number(data, old, new, words):
    path = write_profile(data, MADE_UP) / PROFILE
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(InputError) as caught:
        read_profiles(data)
    assert words in str(caught.value)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"year": 24}, "the year 24"),
        ({"year": 2025}, "its folder is called otherwise"),
        ({"municipality": "1488x"}, "no code of four digits"),
        ({"municipality": 1488}, "not the description of a grid"),
        ({"source": " "}, "a line of 1 to 120 signs"),
        ({"source": "x" * 121}, "a line of 1 to 120 signs"),
        ({"source": None}, "not the description of a grid"),
        ({"cells": 0}, "0 cells with 90 people"),
        ({"people": 90.5}, "3 cells with 90.5 people"),
        ({"cell_metres": -250.0}, "cells of -250.0 metres"),
        ({"output_sha256": "b" * 63}, "SHA-256"),
        ({"made": "yesterday"}, "not the description of a grid"),
        ({"more": 1}, "not the description of a grid"),
    ],
)
def test_a_bad_description_is_told(data, change, words):
    path = write_profile(data, MADE_UP) / META
    path.write_text(yaml.safe_dump(yaml.safe_load(path.read_text("utf-8")) | change), "utf-8")
    with pytest.raises(InputError) as caught:
        read_profiles(data)
    assert words in str(caught.value)
    assert f"foreign_background_2024/{META}" in str(caught.value)


def test_a_file_that_is_missing_is_told(data):
    folder = write_profile(data, MADE_UP)
    (folder / META).unlink()
    with pytest.raises(InputError, match=r"foreign_background_2024/grid\.yaml cannot be read"):
        read_profiles(data)


def test_the_size_of_cells_is_told_where_there_is_one():
    x, y = (np.array(part) for part in zip((125.0, 125.0), (375.0, 125.0), (1125.0, 875.0), strict=True))
    assert cell_size(x, y) == 250.0
    assert cell_size(x, np.array([125.0, 125.0, 900.0])) is None
    assert cell_size(x[1:], y[1:]) is None
