"""Which ways count as walkable, case by case, and that the rule in words names each of them."""

from pathlib import Path

import pytest

from dashboard.sources.walkable_ways import NEVER, OPEN, in_tunnel, is_walkable, structure

DOCS = Path(__file__).parents[2] / "docs" / "networks.md"


@pytest.mark.parametrize(
    ("tags", "walkable"),
    [
        ({}, False),
        ({"building": "yes", "foot": "yes"}, False),
        *(({"highway": kind}, True) for kind in sorted(OPEN)),
        *(({"highway": kind, "foot": "no"}, False) for kind in sorted(OPEN)),
        *(({"highway": kind, "access": "private"}, False) for kind in sorted(OPEN)),
        *(({"highway": kind, "foot": "yes"}, False) for kind in sorted(NEVER)),
        ({"highway": "motorway"}, False),
        ({"highway": "trunk"}, False),
        ({"highway": "trunk", "foot": "yes"}, True),
        ({"highway": "motorway_link", "foot": "designated"}, True),
        ({"highway": "corridor"}, False),
        ({"highway": "corridor", "foot": "permissive"}, True),
        ({"highway": "busway"}, False),
        ({"highway": "path", "access": "no"}, False),
        ({"highway": "path", "access": "no", "foot": "yes"}, True),
        ({"highway": "service", "access": "private", "foot": "permissive"}, True),
        ({"highway": "service", "access": "customers"}, True),
        ({"highway": "service", "access": "destination"}, True),
        ({"highway": "cycleway", "foot": "use_sidepath"}, False),
        ({"highway": "cycleway", "foot": "private"}, False),
        ({"highway": "primary", "motorroad": "yes"}, False),
        ({"highway": "track", "winter_road": "yes"}, False),
        ({"highway": "track", "ice_road": "yes", "foot": "yes"}, False),
    ],
    ids=str,
)
def test_walkable(tags, walkable):
    assert is_walkable(tags) is walkable


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({}, ""),
        ({"bridge": "yes"}, "bridge"),
        ({"bridge": "movable"}, "bridge"),
        ({"bridge": "no"}, ""),
        ({"tunnel": "yes"}, "tunnel"),
        ({"tunnel": "culvert"}, "tunnel"),
        ({"tunnel": "no"}, ""),
        ({"tunnel": "building_passage"}, ""),
    ],
    ids=str,
)
def test_structure(tags, expected):
    assert structure(tags) == expected
    assert in_tunnel(tags) is (expected == "tunnel")


def test_the_rule_in_words_names_every_kind():
    text = DOCS.read_text("utf-8")
    kinds = {kind.removesuffix("_link") for kind in OPEN | NEVER}
    assert {kind for kind in kinds if f"`{kind}`" not in text} == set()
