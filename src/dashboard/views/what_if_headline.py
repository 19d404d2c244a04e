"""What a scenario does in one sentence: lost ways first, then people, the new link itself, and access.

No more exact than a headline should be: whole per cent, hundreds of people.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from dashboard.reach.scenario import AddLink
from dashboard.views.context import View
from dashboard.views.numbers import rounded as decimal_rounded
from dashboard.views.places_numbers import PEOPLE_STEPS, metres, rounded
from dashboard.views.what_if_areas import areas_text, moved_areas
from dashboard.views.what_if_codes import changes_of
from dashboard.views.what_if_results import Trial
from dashboard.views.what_if_tables import MIX_AT as WITHIN_15
from dashboard.views.what_if_tables import Line, lines, moves
from dashboard.views.what_if_words import change_text
from dashboard.views.words import listed

#: Changes that are named below the headline; more are counted.
MOST_NAMED = 3
_CITY_WIDE = {"access", "detour"}


def headline(view: View, trial: Trial) -> tuple[str, str]:
    """Give what a scenario does, and what is changed in it; without a change, what can be tried."""
    if not trial.codes:
        return view.t("what_if.headline_none"), view.t("what_if.lead")
    if trial.after.reach is None or trial.before.reach is None:
        return view.t("what_if.headline_lost", place=trial.spot.name), _said(view, trial)
    found = lines(view, trial.city, trial.before, trial.after)
    for say in _IN_ORDER:
        if said := say(view, trial, found):
            return said, _said(view, trial)
    return view.t("what_if.headline_nothing"), _said(view, trial)


def _said(view: View, trial: Trial) -> str:
    changes = changes_of(trial.codes)
    if len(changes) > MOST_NAMED:
        return view.t.n("what_if.several", len(changes))
    texts = [change_text(view, trial.city, change) for change in changes]
    # A sentence each: names must not lose their capital letter in the middle of one.
    return texts[0] if len(texts) == 1 else " ".join(f"{text}." for text in texts)


def _lost(view: View, trial: Trial, found: Sequence[Line]) -> str:
    """Say who can walk to a service no more, and which areas to the place."""
    t, moved = view.t, moved_areas(trial)
    areas = sum(one.lost for one in moved)
    cut = {line: _change(trial, line) for line in found if line.id.startswith("unreached_")}
    most = max(cut, key=cut.__getitem__, default=None)
    share = 0.0 if most is None else decimal_rounded(cut[most], 0)
    if most is None or share < 1:
        return areas_text(view, trial, moved) if areas else ""
    service = t(f"place_kind_one.{most.id.removeprefix('unreached_')}")
    said = t("what_if.headline_cut", share=view.fmt.percent(share, 0), service=service)
    if areas:
        return listed([said, t.n("what_if.areas_lost", areas, place=trial.spot.name)], t)
    return said


def _people(view: View, trial: Trial, found: Sequence[Line]) -> str:
    """Say how many more or fewer people would walk to the place."""
    del found
    before, after = _hundreds(view, trial)
    if before == after:
        return ""
    return view.t("what_if.headline_people", place=trial.spot.name, before=before, after=after)


def _hundreds(view: View, trial: Trial) -> tuple[str, str]:
    """Give how many people walk to the place in 15 minutes, before and after; empty when it is not known."""
    texts = []
    for outcome in (trial.before, trial.after):
        value = np.nan if outcome.reach is None else float(outcome.reach.people[WITHIN_15])
        if np.isnan(value):
            return "", ""
        step = PEOPLE_STEPS[0]
        few = 0 < value < step
        shown = view.fmt.number(step if few else rounded(value, step))
        texts.append(view.t("places.fewer_than", n=shown) if few else shown)
    return texts[0], texts[1]


def _links(view: View, trial: Trial, found: Sequence[Line]) -> str:
    """Say what a new link does to the way between its own ends: the link that shortens it most."""
    del found
    built = [one for one in changes_of(trial.codes) if isinstance(one, AddLink)]
    ways = list(zip(built, trial.before.links, trial.after.links, strict=True))
    link, now, then = max(
        ways, key=lambda way: way[1] - way[2] if np.isfinite(way[2]) else -np.inf, default=(None, 0.0, 0.0)
    )
    texts = metres(view, trial.city, now), metres(view, trial.city, then)
    if link is None or not then < now or texts[0] == texts[1]:
        return ""
    name = view.t(f"what_if.link_the_{link.kind}")
    if np.isinf(now):
        return view.t("what_if.headline_joins", link=name, after=texts[1])
    return view.t("what_if.headline_shorter", link=name, before=texts[0], after=texts[1])


def _access(view: View, trial: Trial, found: Sequence[Line]) -> str:
    """Say which share of the whole city changes most, by whole per cent."""
    shares = [line for line in found if line.part in _CITY_WIDE and line.unit == "percent"]
    most = max(shares, key=lambda line: abs(_change(trial, line)), default=None)
    if most is None:
        return ""
    values = [most.value(outcome) for outcome in (trial.before, trial.after)]
    before, after = (view.fmt.percent(None if np.isnan(value) else value, 0) for value in values)
    return "" if before == after else view.t("what_if.headline_access", what=most.label, before=before, after=after)


def _small(view: View, trial: Trial, found: Sequence[Line]) -> str:
    """Say that something moves in the city, if only a little: areas by name of the place, or figures."""
    moved = moved_areas(trial)
    if moved:
        return areas_text(view, trial, moved)
    small = any(line.part in _CITY_WIDE and moves(line, trial.before, trial.after) for line in found)
    return view.t("what_if.headline_small") if small else ""


def _same(view: View, trial: Trial, found: Sequence[Line]) -> str:
    """Say that about as many people walk to the place, when nothing moves but a figure of the place's own."""
    people = _hundreds(view, trial)[1]
    if not people or not any(moves(line, trial.before, trial.after) for line in found):
        return ""
    return view.t("what_if.headline_same", place=trial.spot.name, n=people)


def _change(trial: Trial, line: Line) -> float:
    """Give by how many percentage points a share grows; 0 where it is not known."""
    change = line.value(trial.after) - line.value(trial.before)
    return change if np.isfinite(change) else 0.0


_IN_ORDER: tuple[Callable[[View, Trial, Sequence[Line]], str], ...] = (_lost, _people, _links, _access, _small, _same)
