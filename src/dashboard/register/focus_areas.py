"""The focus areas of a city's roadmap and the indicators that follow them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from dashboard.catalogue import Text
from dashboard.register.errors import RegisterFileError


@dataclass(frozen=True, slots=True)
class FocusArea:
    """One focus area: what the city has decided to work for, and what can be followed of it in open data."""

    id: str
    municipality: str
    position: int
    name: Text
    indicators: tuple[str, ...]
    splits: tuple[str, ...]
    gap: Text
    source: Text
    source_date: str


def read_focus_areas(folder: Path, known: set[str]) -> list[FocusArea]:
    """Read the focus areas of a register.

    Parameters
    ----------
    folder
        ``data/register``; without a ``focus_areas.yaml`` there are none.
    known
        Ids of indicators and splits that may be named.

    Raises
    ------
    RegisterFileError
        When the file cannot be read or names an indicator that is not in the catalogue.
    """
    path = folder / "focus_areas.yaml"
    if not path.is_file():
        return []
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
        areas = [_focus_area(content, entry) for entry in content["focus_areas"]]
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise RegisterFileError(f"{path.name} cannot be read: {error}.") from error
    for area in areas:
        if unknown := [name for name in (*area.indicators, *area.splits) if name not in known]:
            raise RegisterFileError(f"{path.name}: {area.id} names {unknown[0]}, which is not in the catalogue.")
    return sorted(areas, key=lambda area: area.position)


def _focus_area(content: dict[str, object], entry: dict[str, object]) -> FocusArea:
    def text(value: object) -> Text:
        if not isinstance(value, dict):
            raise TypeError(f"{value} has no sv and en")
        return Text(str(value["sv"]), str(value["en"]))

    def ids(value: object) -> tuple[str, ...]:
        return tuple(str(name) for name in value) if isinstance(value, list) else ()

    return FocusArea(
        id=str(entry["id"]),
        municipality=str(content["municipality"]),
        position=int(str(entry["position"])),
        name=text(entry["name"]),
        indicators=ids(entry.get("indicators")),
        splits=ids(entry.get("splits")),
        gap=text(entry["gap"]),
        source=text(content["source"]),
        source_date=str(content["source_date"]),
    )
