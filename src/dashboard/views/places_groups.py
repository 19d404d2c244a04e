"""The groups that the surroundings of a place are described by, as the screen names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.reach.city import City
from dashboard.views.context import View
from dashboard.views.words import listed, lower_first

#: Groupings in the order of the screen.
GROUPINGS = ("age", "foreign_background", "low_economic_standard", "tenure")
#: Those that the meeting potential can be shown for.
MIXES = ("foreign_background", "low_economic_standard", "age", "tenure")


@dataclass(frozen=True)
class GroupTexts:
    """A grouping in words: its name, its groups in order, the year of its figures, and the sources they come from."""

    id: str
    name: str
    groups: tuple[str, ...]
    year: int
    sources: tuple[str, ...]
    approximation: str = ""


def group_texts(view: View, city: City, names: Sequence[str] = GROUPINGS) -> list[GroupTexts]:
    """Give the groupings that the city has figures for, in words."""
    return [_texts(view, name, city.people.groupings[name].year) for name in names if name in city.people.groupings]


def _texts(view: View, name: str, year: int) -> GroupTexts:
    if name == "age":
        groups = tuple(view.t(f"places.age_{part}") for part in ("young", "middle", "old"))
        return GroupTexts(name, view.t("places.age"), groups, year, ("scb_tab6574",))
    split = view.catalogue.splits[name]
    if split.kind == "two_group" and split.group_short is not None and split.rest_short is not None:
        groups = split.group_short.in_(view.language), split.rest_short.in_(view.language)
    else:
        groups = tuple(view.catalogue.indicator(one).short_name.in_(view.language) for one in split.groups)
    approximation = "" if split.approximation is None else split.approximation.in_(view.language)
    return GroupTexts(name, split.name.in_(view.language), groups, year, tuple(split.sources), approximation)


def group_notes(view: View, groupings: Sequence[GroupTexts]) -> list[str]:
    """Give the sentences on groups that belong into the account of a figure: of which year each is, and how known."""
    if not groupings:
        return []
    years = listed([f"{lower_first(one.name)} {view.fmt.year(one.year)}" for one in groupings], view.t)
    return [
        view.t("places.years_note", years=years),
        *dict.fromkeys(one.approximation for one in groupings if one.approximation),
    ]
