"""Reads data sets in JSON-stat 2: their dimensions, and their cells as arrays, so that ten million of them have room.

Codes are taken in the order of ``category.index``, never in that of the text. An empty cell is withheld or does not
exist, as the mark of its ``status`` says; none is ever read as 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.sources.fetch_faults import UnreadableAnswerError
from dashboard.sources.tidy import MISSING_MARKS, SUPPRESSED_MARKS, Status

#: What a number in ``Cube.status`` stands for.
STATUSES: tuple[Status, ...] = ("published", "suppressed", "missing", "false_zero")
PUBLISHED, SUPPRESSED, MISSING, FALSE_ZERO = range(4)
#: SCB's mark for “nothing to report”. With a value it is a zero; without one it is no reason to make one up.
NOTHING_TO_REPORT = "-"
CELLS_A_FRAME = 1_000_000


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension: its code and label, and the codes of its categories in their order with a label each."""

    code: str
    label: str
    codes: tuple[str, ...]
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Structure:
    """What a data set says of itself."""

    label: str
    source: str
    #: The publisher's own stamp of the figures, as it writes it.
    updated: str | None
    dimensions: tuple[Dimension, ...]

    @property
    def shape(self) -> tuple[int, ...]:
        """How many codes each dimension has."""
        return tuple(len(one.codes) for one in self.dimensions)

    def position(self, code: str) -> int:
        """Give which dimension has a code; ValueError when none has."""
        return [one.code for one in self.dimensions].index(code)


@dataclass(frozen=True, slots=True)
class Cube:
    """The cells of a data set; both arrays have the shape of the structure."""

    structure: Structure
    #: NaN where there is no value.
    values: npt.NDArray[np.float64]
    #: Which of ``STATUSES`` each cell is.
    status: npt.NDArray[np.uint8]

    def frames(self, cells: int = CELLS_A_FRAME) -> Iterator[pd.DataFrame]:
        """Give the cells as rows, some at a time: a column of codes a dimension, then ``value`` and ``status``.

        Parameters
        ----------
        cells
            The most rows of one frame. All frames have the same categories, so that they can be put together.
        """
        values, status = self.values.reshape(-1), self.status.reshape(-1)
        told = pd.CategoricalDtype(list(STATUSES))
        kinds = [pd.CategoricalDtype(list(one.codes)) for one in self.structure.dimensions]
        for start in range(0, values.size, cells):
            rows = np.arange(start, min(start + cells, values.size))
            places = np.unravel_index(rows, self.structure.shape)
            columns: dict[str, Any] = {
                one.code: pd.Categorical.from_codes(place, dtype=kind)
                for one, place, kind in zip(self.structure.dimensions, places, kinds, strict=True)
            }
            columns["value"] = values[start : start + len(rows)]
            columns["status"] = pd.Categorical.from_codes(status[start : start + len(rows)].astype(np.int8), dtype=told)
            yield pd.DataFrame(columns)

    def rows(self) -> Iterator[tuple[tuple[str, ...], float | None, Status]]:
        """Give the cells one by one: codes, value or None, status."""
        for frame in self.frames():
            columns = [frame[one.code].astype(object) for one in self.structure.dimensions]
            for codes, value, status in zip(
                zip(*columns, strict=True), frame["value"], frame["status"].astype(object), strict=True
            ):
                yield codes, None if math.isnan(value) else float(value), status


def read_structure(document: object, told: str) -> Structure:
    """Read what a data set, or the answer with a table's metadata, says of itself.

    Parameters
    ----------
    document
        The parsed answer.
    told
        What it is, for messages: source and table.

    Raises
    ------
    UnreadableAnswerError
        When it is no data set in JSON-stat 2.
    """
    try:
        return _structure(document)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _unreadable(told, f"it has no dimensions as JSON-stat 2 has them ({error})") from error


def read_cube(document: object, told: str) -> Cube:
    """Read a data set with its cells.

    Parameters
    ----------
    document, told
        As for ``read_structure``.

    Raises
    ------
    UnreadableAnswerError
        When it is no data set in JSON-stat 2, has more or fewer cells than its dimensions say, or a mark that is not
        known.
    """
    structure = read_structure(document, told)
    assert isinstance(document, Mapping)  # noqa: S101 - read_structure has seen to it
    cells = math.prod(structure.shape)
    try:
        values = _values(document["value"], cells)
        marks = _marks(document.get("status"), cells)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise _unreadable(told, f"its cells do not fit its dimensions ({error})") from error
    empty = np.isnan(values)
    status = np.where(empty, SUPPRESSED, PUBLISHED).astype(np.uint8)
    for mark in {mark for place, mark in marks.items() if empty[place]}:
        if mark in MISSING_MARKS or mark == NOTHING_TO_REPORT:
            status[[place for place, one in marks.items() if one == mark and empty[place]]] = MISSING
        elif mark not in SUPPRESSED_MARKS:
            raise _unreadable(told, f"empty cells have the mark “{mark[:20]}”, which is not known")
    return Cube(structure, values.reshape(structure.shape), status.reshape(structure.shape))


def _unreadable(told: str, why: str) -> UnreadableAnswerError:
    return UnreadableAnswerError(
        f"{told} sent an answer that cannot be read: {why}."
        " Nothing of it is used; look whether the service has changed."
    )


def _structure(document: object) -> Structure:
    if not isinstance(document, Mapping) or document.get("class") != "dataset":
        raise ValueError("its class is not dataset")
    names, sizes = document["id"], document["size"]
    if not names or len(set(names)) != len(names) or len(names) != len(sizes):
        raise ValueError("id and size do not fit together")
    dimensions = tuple(
        _dimension(name, document["dimension"][name], size) for name, size in zip(names, sizes, strict=True)
    )
    updated = document.get("updated")
    return Structure(
        str(document.get("label", "")), str(document.get("source", "")), updated and str(updated), dimensions
    )


def _dimension(name: str, content: Mapping[str, Any], size: int) -> Dimension:
    category = content["category"]
    labels = {str(code): str(label) for code, label in category.get("label", {}).items()}
    # A dimension of one category may leave the index out.
    index = category.get("index", list(labels))
    places = index if isinstance(index, Mapping) else {code: place for place, code in enumerate(index)}
    codes = sorted(places, key=lambda code: int(places[code]))
    if [places[code] for code in codes] != list(range(size)) or (not isinstance(index, Mapping) and len(index) != size):
        raise ValueError(f"the codes of {name} do not have the places 0 to {size - 1}")
    return Dimension(str(name), str(content.get("label", name)), tuple(str(code) for code in codes), labels)


def _values(given: object, cells: int) -> npt.NDArray[np.float64]:
    """Give the value of every cell; a mapping names those alone that have one."""
    if isinstance(given, Mapping):
        values = np.full(cells, np.nan)
        places = np.fromiter((int(place) for place in given), dtype=np.int64, count=len(given))
        if places.size and not (places.min() >= 0 and places.max() < cells):
            raise ValueError("a cell lies outside")
        values[places] = np.array(list(given.values()), dtype=np.float64)
    else:
        values = np.array(given, dtype=np.float64)
    if values.shape != (cells,):
        raise ValueError(f"{values.size} values for {cells} cells")
    if np.isinf(values).any():
        raise ValueError("a value is not finite")
    return values


def _marks(given: object, cells: int) -> dict[int, str]:
    """Give the marks of cells by their place: one mark for all, one for each, or those that have one."""
    if given is None:
        return {}
    if isinstance(given, str):
        return dict.fromkeys(range(cells), given)
    if not isinstance(given, Mapping | list):
        raise TypeError("the status is neither a text nor a list nor a mapping")
    pairs = given.items() if isinstance(given, Mapping) else enumerate(given)
    marks = {int(place): str(mark) for place, mark in pairs if mark is not None}
    if any(not 0 <= place < cells for place in marks):
        raise ValueError("a mark lies outside")
    return marks
