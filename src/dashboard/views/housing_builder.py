"""Building a housing scenario: dwellings built, converted, moved or demolished, and the list of what is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from dashboard.measures.scenarios import KINDS, MOST_DWELLINGS, MOST_STEPS, ScenarioError, Step, place
from dashboard.views import html, links
from dashboard.views.context import View
from dashboard.views.housing_codes import read_scenario, scenario_code
from dashboard.views.housing_stock import Housing, workable
from dashboard.views.housing_words import area_option, error_text, step_text
from dashboard.views.words import told_apart, upper_first

#: The scenario in the address.
KEY = "bostader"
KIND, AREA, GROUP, NUMBER = "housing-kind", "housing-area", "housing-group", "housing-number"
TO_AREA, TO_GROUP = "housing-to-area", "housing-to-group"
STEP_NUMBER = "housing-step-number"
USUAL_NUMBER = 50
_REFUSED = "housing-refused"
_UNREAD = "housing-unread"

#: “200 bostadsrätter vid Kronogårds Torg, 150 hyresrätter i Strömslund”: the square lies in the small area 1488C1090,
#: Strömslund is the first part of a neighbourhood's name. An example and no plan; offered where these areas are.
EXAMPLE = (
    ("build", 200, "dwellings_tenant_owned", "1488C1090"),
    ("build", 150, "dwellings_rented", "1488R011"),
)


def current_steps(housing: Housing) -> tuple[Step, ...]:
    """Give the steps of the scenario that is being built, from the link or as they were.

    A link that stands for no scenario here is remembered, so that the page can say so.
    """
    asked = st.query_params.get_all(KEY)
    kept = links.restore_free(KEY, lambda code: read_scenario(housing, code).problem is None, 1)
    problems = [problem for code in asked if (problem := read_scenario(housing, code).problem) is not None]
    if problems:
        st.session_state[_UNREAD] = problems[0]
    elif asked:
        st.session_state.pop(_UNREAD, None)
    links.remember(KEY, kept)
    return read_scenario(housing, kept[0]).steps if kept else ()


def is_example(housing: Housing, steps: tuple[Step, ...]) -> bool:
    """Tell whether a scenario is the one that is offered as an example."""
    return bool(steps) and steps == example_steps(housing)


def example_steps(housing: Housing) -> tuple[Step, ...]:
    """Give the example; nothing where its areas are not."""
    found = []
    for kind, number, group, code in EXAMPLE:
        area = housing.full_code(code)
        if area is None or group not in housing.stock.groups:
            return ()
        found.append(Step(kind, number, group, area))
    return tuple(found)


def build_scenario(view: View, housing: Housing, steps: tuple[Step, ...], refused: Mapping[int, ScenarioError]) -> None:
    """Let the visitor add steps, change their numbers and take them away; those that cannot be made are marked."""
    t = view.t
    st.html(html.section(t("housing.build"), t("housing.build_lead", n=view.fmt.number(MOST_STEPS))))
    if problem := st.session_state.get(_UNREAD):
        st.warning(t(f"housing.unread_{problem}"))
    _form(view, housing)
    if said := st.session_state.pop(_REFUSED, ""):
        st.warning(said)
    _list_steps(view, housing, steps, refused)
    example = example_steps(housing)
    if example and not steps:
        st.html(
            html.note(t("housing.example_note", example="; ".join(step_text(view, housing, one) for one in example)))
        )
        st.button(t("housing.example"), key="housing-example", on_click=_set, args=(example,))


def _form(view: View, housing: Housing) -> None:
    t = view.t
    kind = st.segmented_control(
        t("housing.kind"),
        KINDS,
        format_func=lambda one: t(f"housing.kind_{one}"),
        default=KINDS[0],
        required=True,
        key=KIND,
        wrap=True,
    )
    number, group, more = st.columns([1, 2, 2])
    # Without bounds: a field that refuses a number keeps showing it and adds the one before it.
    number.number_input(t("housing.number"), value=USUAL_NUMBER, step=1, key=NUMBER)
    names = {one: view.catalogue.indicator(one).short_name.in_(view.language) for one in housing.stock.groups}
    group.selectbox(t("housing.group"), list(names), format_func=names.__getitem__, key=GROUP)
    if kind == "convert":
        # A dwelling cannot become what it is.
        others = [one for one in names if one != st.session_state.get(GROUP)]
        more.selectbox(t("housing.to_group"), others, format_func=names.__getitem__, key=TO_GROUP)
    areas = _area_options(view, housing)
    st.selectbox(
        t("housing.from_area" if kind == "move" else "housing.area"),
        list(areas),
        format_func=areas.__getitem__,
        key=AREA,
    )
    if kind == "move":
        st.selectbox(t("housing.to_area"), list(areas), index=1, format_func=areas.__getitem__, key=TO_AREA)
    st.button(t("housing.add"), key="housing-add", on_click=_add, args=(view, housing, str(kind or KINDS[0])))


def _area_options(view: View, housing: Housing) -> dict[str, str]:
    """Give the areas to choose from: every neighbourhood, and under it its small areas where it has several."""
    codes: list[str] = []
    for regso in sorted(housing.small, key=lambda code: list(housing.labels).index(code)):
        members = housing.small[regso]
        codes += [regso, *(members if len(members) > 1 else ())]
    return told_apart({code: area_option(view, housing, code) for code in codes})


def _list_steps(view: View, housing: Housing, steps: tuple[Step, ...], refused: Mapping[int, ScenarioError]) -> None:
    t = view.t
    if not steps:
        return
    st.html(html.subsection(t("housing.steps")))
    for position, step in enumerate(steps):
        place_in_list = view.fmt.number(position + 1)
        left, middle, right = st.columns([5, 2, 2], vertical_alignment="center")
        left.html(
            html.paragraph(t("housing.step_in_list", n=place_in_list, step=upper_first(step_text(view, housing, step))))
        )
        # The scenario decides what stands here, also after a number that was refused.
        st.session_state[f"{STEP_NUMBER}-{position}"] = step.number
        middle.number_input(
            t("housing.number_in_step", n=place_in_list),
            step=1,
            key=f"{STEP_NUMBER}-{position}",
            label_visibility="collapsed",
            on_change=_renumber,
            args=(view, housing, position),
        )
        right.button(
            t("housing.remove", n=place_in_list),
            key=f"housing-remove-{position}",
            on_click=_set,
            args=((*steps[:position], *steps[position + 1 :]),),
        )
        if position in refused:
            st.warning(error_text(view, housing, step, refused[position]))
    if len(steps) > 1:
        st.button(t("housing.remove_all"), key="housing-remove-all", on_click=_set, args=((),))
    # Nothing is kept but what stands in the link.
    st.html(html.note(t("figure.link")))
    st.code(view.link(), language=None, wrap_lines=True)


def _set(steps: tuple[Step, ...]) -> None:
    codes = [scenario_code(steps)] if steps else []
    st.session_state[KEY] = codes
    st.session_state.pop(_UNREAD, None)
    links.remember(KEY, codes)


def _add(view: View, housing: Housing, kind: str) -> None:
    """Add a step when it can be made after the others; else say why not, and keep what was typed."""
    state = st.session_state
    step = Step(
        kind,
        # An emptied field is no number.
        state.get(NUMBER) or 0,
        str(state[GROUP]),
        str(state[AREA]),
        to_group=str(state[TO_GROUP]) if kind == "convert" else None,
        to_area=str(state[TO_AREA]) if kind == "move" else None,
    )
    before = current_steps(housing)
    try:
        if len(before) >= MOST_STEPS:
            raise ScenarioError("too_many_steps", MOST_STEPS, MOST_STEPS)
        # A step of the list that cannot be made is told there, and is no hindrance here.
        place(housing.stock, (*workable(housing, before)[0], step))
    except ScenarioError as error:
        state[_REFUSED] = error_text(view, housing, step, error)
        return
    _set((*before, step))


def _renumber(view: View, housing: Housing, position: int) -> None:
    """Change the number of a step; one that is no number of dwellings is refused in words, and the old one stays."""
    steps = current_steps(housing)
    if position >= len(steps):
        return
    step = replace(steps[position], number=st.session_state.get(f"{STEP_NUMBER}-{position}") or 0)
    if 1 <= step.number <= MOST_DWELLINGS:
        # More than there are dwellings is told at the step, where the number can be changed.
        _set((*steps[:position], step, *steps[position + 1 :]))
        return
    reason = "too_many" if step.number > MOST_DWELLINGS else "not_whole"
    st.session_state[_REFUSED] = error_text(
        view, housing, step, ScenarioError(reason, position, MOST_DWELLINGS if reason == "too_many" else 0)
    )
