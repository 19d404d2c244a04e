"""What the register has on a place, for its pages on paper: projects with their milestones, and what residents said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.place_sheets import Voice
from dashboard.reach.city import City
from dashboard.register.circle_entries import Contribution, ContributionState, Form
from dashboard.register.contents import Contents
from dashboard.register.entries import Project
from dashboard.register.project_life import ProjectState
from dashboard.register.trace import public_traces
from dashboard.sheets import Item, Section
from dashboard.views.circle_words import writing_direction
from dashboard.views.context import View
from dashboard.views.entry_choices import shortened
from dashboard.views.places_register import Located, neighbourhood, projects_at, projects_in
from dashboard.views.roadmap_timeline import milestone_words
from dashboard.views.roadmap_voices import told_of
from dashboard.views.roadmap_words import late_sentences, name_of, source_credit, status_and_when
from dashboard.views.words import listed, lower_first, sentence

#: Projects, contributions, and letters of all contributions together.
MOST_PROJECTS, MOST_VOICES, LONGEST = 5, 4, 900

Projects = tuple[Sequence[ProjectState], Sequence[ProjectState]]


def projects_of(
    view: View, city: City, place: str, spot: Located, *, contents: Contents | None, today: date
) -> Projects:
    """Give the projects of a place, and the others of its neighbourhood."""
    if contents is None:
        return (), ()
    here = projects_at(contents, place, today)
    ids = {one.project.id for one in here}
    around = projects_in(view, contents, neighbourhood(view, city, spot), today)
    return here, [one for one in around if one.project.id not in ids]


def plans_words(view: View, found: Projects, contents: Contents | None) -> str:
    """Say which plans and projects concern a place."""
    t, (here, around) = view.t, found
    if contents is None:
        return t("sheet.roadmap_silent")
    own = listed([_named(view, one.project) for one in here], t)
    return sentence(
        t("place_sheet.plans", projects=own) if own else t("places.projects_none_here"),
        t.n("place_sheet.plans_around", len(around)) if around else "",
    )


def _named(view: View, project: Project) -> str:
    name = name_of(view, project)
    if project.plan_type is None:
        return name
    kind = lower_first(view.t(f"choice.plan_type_{project.plan_type}"))
    return name if kind in name.lower() else view.t("place_sheet.plan", name=name, kind=kind)


def roadmap_section(view: View, found: Projects, contents: Contents | None, today: date) -> Section:
    """Give the projects of a place and of its neighbourhood: how they stand, when, their milestones, the source."""
    t, heading, every = view.t, view.t("place_sheet.roadmap"), [*found[0], *found[1]]
    if contents is None:
        return Section(heading, texts=(t("sheet.roadmap_silent"),))
    if not every:
        return Section(heading, texts=(t("places.projects_why"),))
    shown = every[:MOST_PROJECTS]
    items = [Item(f"{_named(view, one.project)}.", _stands(view, one, today)) for one in shown]
    more = len(every) - len(shown)
    items += [Item("", f"{t.n('sheet.projects_more', more)}.")] if more else []
    items.append(Item("", f"{source_credit(view, [one.project for one in shown]).rstrip('.')}."))
    return Section(heading, items=tuple(items))


def _stands(view: View, state: ProjectState, today: date) -> str:
    t = view.t
    milestones = [
        t("plan.milestone_said", name=name_of(view, one), how=milestone_words(view, state, one, today))
        for one in state.milestones
    ]
    reached = (
        t("place_sheet.milestones", milestones="; ".join(milestones)) if milestones else t("plan.milestones_missing")
    )
    return sentence(status_and_when(view, state), *late_sentences(view, state.project, state.lateness), reached)


def voices(view: View, place: str, contents: Contents | None) -> tuple[tuple[Voice, ...], str]:
    """Give the newest published contributions about a place that have room, and what is said below them."""
    t = view.t
    if contents is None:
        return (), t("sheet.roadmap_silent")
    found = [one.contribution for one in public_traces(contents) if place and one.contribution.place == place]
    said = [one for one in found if one.state is ContributionState.PUBLISHED]
    if not said:
        return (), t("place_sheet.voices_none")
    kept: list[Contribution] = []
    for one in said:
        if len(kept) < MOST_VOICES and sum(len(other.text) for other in (*kept, one)) <= LONGEST:
            kept.append(one)
    # The newest alone always has room.
    kept = kept or said[:1]
    return tuple(_voice(view, contents, one) for one in kept), t.n(
        "place_sheet.voices_note", len(said), shown=view.fmt.number(len(kept))
    )


def _voice(view: View, contents: Contents, said: Contribution) -> Voice:
    return Voice(
        text=shortened(said.text, LONGEST),
        language=said.language,
        quoted=said.form is Form.QUOTE,
        from_right=writing_direction(said.language) == "rtl",
        said_by=told_of(view, contents, said),
    )
