"""What a step of a housing scenario does, and why one cannot be made, in words."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.measures.scenarios import Placed, ScenarioError, Step
from dashboard.views.context import View
from dashboard.views.housing_stock import Housing, short_code
from dashboard.views.words import listed, lower_first, sentence, upper_first

#: Steps of a scenario that its headline names one by one.
MOST_NAMED = 3


def area_option(view: View, housing: Housing, code: str) -> str:
    """Give what an area is called in a list to choose from: a neighbourhood tells that it is the whole of it."""
    members = housing.small.get(code, ())
    if code in housing.stock.areas or len(members) < 2:
        return housing.labels[code]
    return view.t("housing.whole", area=housing.labels[code], n=view.fmt.number(len(members)))


def group_name(view: View, group: str) -> str:
    """Give a form of tenure inside a sentence: “hyresrätter”."""
    return lower_first(view.catalogue.indicator(group).short_name.in_(view.language))


def step_text(view: View, housing: Housing, step: Step, *, infinitive: bool = False) -> str:
    """Say what a step does, without a full stop: “riv 5 hyresrätter”, or in the infinitive “riva 5 hyresrätter”."""
    t, area = view.t, housing.labels[step.area]
    said = {"what": t.n(f"housing.n_{step.group}", step.number), "area": area}
    if step.kind == "convert":
        said["to"] = group_name(view, step.to_group or "")
    elif step.kind == "move":
        said["to"] = housing.labels[step.to_area or ""]
    return t(f"housing.do_{step.kind}", **said) if infinitive else t(f"housing.step_{step.kind}", **said)


def steps_text(view: View, housing: Housing, steps: Sequence[Step]) -> str:
    """Say what a scenario does, a sentence a step; only how many steps when they are many."""
    if len(steps) > MOST_NAMED:
        return view.t("housing.several", n=view.fmt.number(len(steps)))
    return sentence(*(f"{upper_first(step_text(view, housing, step))}." for step in steps))


def error_text(view: View, housing: Housing, step: Step, error: ScenarioError) -> str:
    """Say why a step cannot be made after those before it, and what to do."""
    said = step_text(view, housing, step, infinitive=True) if step.area in housing.labels else ""
    number = view.fmt.number(error.available)
    if error.reason == "not_enough":
        return view.t(
            # What is there may be what the steps before it have left.
            "housing.error_not_enough_left" if error.step else "housing.error_not_enough",
            step=said,
            n=number,
            group=group_name(view, step.group),
            area=housing.labels[step.area],
        )
    return view.t(f"housing.error_{error.reason}", step=said, n=number)


def placed_text(view: View, housing: Housing, steps: Sequence[Step], placed: Sequence[Placed]) -> list[str]:
    """Say for every step in a neighbourhood of several small areas how many dwellings each of them gets or loses."""
    found = []
    for position, step in enumerate(steps):
        if all(len(housing.small.get(code or "", ())) < 2 for code in (step.area, step.to_area)):
            continue
        parts = [
            view.t(
                "housing.placed_one",
                n=view.fmt.signed(one.number),
                group=group_name(view, one.group),
                area=short_code(one.area),
            )
            for one in placed
            if one.step == position
        ]
        found.append(
            view.t("housing.placed", step=upper_first(step_text(view, housing, step)), parts=listed(parts, view.t))
        )
    return found
