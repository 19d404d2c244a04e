"""Classes of a map of which some areas may be chance: the legend has what is drawn, and nothing else."""

from pathlib import Path

import pytest

from dashboard.i18n import get_translator
from dashboard.views.classes import Scheme
from dashboard.views.theme import DARK, LIGHT
from dashboard.views.unsure_classes import pale, parted

SWEDISH = get_translator("sv", Path(__file__).parents[2] / "locales")


def scheme(theme=LIGHT):
    return Scheme(("a", "b", "c", "d", "e"), theme.diverging, ("▼▼", "▼", "", "▲", "▲▲"), "missing")


def test_the_certain_stand_outermost_and_classes_of_no_area_are_left_out():
    found, classes = parted(
        scheme(), [4, 4, 2, 0, 0, None], [True, False, False, False, True, False], theme=LIGHT, t=SWEDISH
    )
    assert found.labels == ("a", "a: kan vara slump", "c", "e: kan vara slump", "e")
    assert found.marks == ("▼▼", "▼▼?", "", "▲▲?", "▲▲")
    assert classes == [4, 3, 2, 1, 0, None]


def test_where_nothing_is_certain_no_class_has_its_full_colour():
    found, classes = parted(scheme(), [0, 1, 3, 4], [False] * 4, theme=LIGHT, t=SWEDISH)
    assert all("kan vara slump" in label for label in found.labels)
    assert not set(found.colors) & set(LIGHT.diverging)
    assert classes == [0, 1, 2, 3]


def test_no_area_gives_no_class():
    found, classes = parted(scheme(), [], [], theme=LIGHT, t=SWEDISH)
    assert (found.labels, classes) == ((), [])


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_pale_lies_between_the_colour_and_the_page(theme):
    def light(color):
        return sum(bytes.fromhex(color[1:]))

    for color in (theme.diverging[0], theme.diverging[4]):
        low, high = sorted((light(color), light(theme.background)))
        assert low < light(pale(color, theme)) < high
