"""Classes of a map of which some areas are certain and others may be chance: the legend shows what is drawn."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.i18n import Translator
from dashboard.views.classes import Scheme
from dashboard.views.theme import Theme

#: How much of its colour a class keeps where chance may have made it.
KEPT = 0.4
#: Stands after the sign of a class that chance may have made.
UNSURE_MARK = "?"


def pale(color: str, theme: Theme) -> str:
    """Give a colour as it is where chance may have made the class: most of it is the page's own."""
    parts = zip(bytes.fromhex(color[1:]), bytes.fromhex(theme.background[1:]), strict=True)
    return "#" + bytes(round(KEPT * one + (1 - KEPT) * ground) for one, ground in parts).hex()


def parted(
    scheme: Scheme, classes: Sequence[int | None], certain: Sequence[bool], *, theme: Theme, t: Translator
) -> tuple[Scheme, list[int | None]]:
    """Part every class but the middle one into what is certain and what may be chance; leave out what none is in.

    Parameters
    ----------
    scheme
        An odd number of classes, the middle one neither to the one side nor to the other.
    classes, certain
        The class of each area, and whether it is more than chance.
    theme, t
        Colours and texts.

    Returns
    -------
    The classes that some area is in, from the one end to the other, and the class of each area among them.
    """
    middle = len(scheme.labels) // 2
    wanted = [
        None if index is None else (index, sure or index == middle)
        for index, sure in zip(classes, certain, strict=True)
    ]
    # The certain stand outermost at both ends.
    order = sorted({one for one in wanted if one is not None}, key=lambda one: (one[0], one[1] == (one[0] > middle)))
    position = {one: number for number, one in enumerate(order)}
    found = Scheme(
        labels=tuple(
            scheme.labels[index] if sure else t("legend.unsure", meaning=scheme.labels[index]) for index, sure in order
        ),
        colors=tuple(scheme.colors[index] if sure else pale(scheme.colors[index], theme) for index, sure in order),
        marks=tuple(scheme.marks[index] + ("" if sure else UNSURE_MARK) for index, sure in order),
        missing_label=scheme.missing_label,
    )
    return found, [None if one is None else position[one] for one in wanted]
