"""Which fields a form shows, in which parts and order, for each kind of entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.register.kinds import KINDS


@dataclass(frozen=True)
class Part:
    """A part of a form: the key of its heading (`edit.part_…`) and its fields; English ones follow by themselves."""

    name: str
    fields: tuple[str, ...]


_SOURCE = Part("source", ("source", "source_date"))

LAYOUT: Mapping[str, tuple[Part, ...]] = {
    "focus_area": (
        Part("what", ("position", "name", "gap")),
        Part("figures", ("indicators", "splits")),
        _SOURCE,
    ),
    "project": (
        Part("what", ("name", "summary", "focus_areas")),
        Part("how", ("status", "status_why", "results")),
        Part("who", ("owner", "partners")),
        Part("where", ("place", "areas", "plan_type")),
        Part("when", ("start", "start_bound", "start_said", "end", "end_bound", "end_said")),
        Part("money", ("budget",)),
        _SOURCE,
    ),
    "milestone": (Part("what", ("project", "name", "due", "done", "note", "position")),),
    "linked_indicator": (
        Part("what", ("project", "indicator", "baseline_year", "wanted", "target", "target_year", "note")),
    ),
    "decision": (Part("what", ("project", "body", "decided", "text", "reference", "link")),),
    "funder": (
        Part("what", ("name", "closed", "successor")),
        Part("call", ("call_opens", "call_closes", "call_note")),
        _SOURCE,
    ),
    "grant": (
        Part("what", ("name", "funder", "state", "purpose", "projects")),
        Part("application", ("applied_on", "applied_amount", "application_said")),
        Part("grant", ("decided_on", "granted_amount", "amount_is_about", "used_from", "used_until", "used_said")),
        Part("report", ("report_due", "reported_on", "closed_on")),
        _SOURCE,
    ),
    "spending": (Part("what", ("grant", "on", "amount", "what")),),
    "circle": (Part("what", ("name", "theme", "started", "started_said", "note")), _SOURCE),
    "meeting": (Part("what", ("circle", "on", "place", "theme", "summary", "participants")),),
    "district_expert": (Part("what", ("circle", "pseudonym")),),
    "worked_time": (Part("what", ("district_expert", "meeting", "on", "hours", "pay")),),
    "contribution": (
        Part("what", ("text", "form", "language", "theme", "focus_area", "photo_alt")),
        Part("where", ("place", "area", "latitude", "longitude")),
        Part("circle", ("circle", "meeting", "agreement")),
        Part("statistics", ("indicator", "statistics_say", "statistics_agree")),
        Part("handling", ("state", "refused_for", "refused_because")),
    ),
    "trace_step": (Part("what", ("contribution", "step", "on", "text", "project", "decision")),),
}
#: Fields that tell how an entry is handled: read, never written in a form.
READ_ONLY: Mapping[str, tuple[str, ...]] = {
    "contribution": ("channel", "submitted_on", "delete_after", "consent"),
}
#: Fields that a form shows only when something asks for them (`entry_form`).
SOMETIMES: Mapping[str, tuple[str, ...]] = {"contribution": ("not_names",)}


def form_fields(kind: str) -> tuple[str, ...]:
    """Give all fields that the form of a kind can show, each English one after its Swedish one."""
    found: list[str] = []
    for part in LAYOUT[kind]:
        for field in part.fields:
            found += [field, *english_of(kind, field)]
    return (*found, *SOMETIMES.get(kind, ()))


def english_of(kind: str, field: str) -> tuple[str, ...]:
    """Give the field of a text in English, when there is one."""
    name = f"{field}_en"
    return (name,) if name in KINDS[kind].model_fields else ()
