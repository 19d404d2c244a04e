"""A made-up roadmap for tests: projects of every status, with and without dates, milestones, figures and grants."""

from __future__ import annotations

from datetime import date

from dashboard.register.circle_entries import Contribution, TraceStep
from dashboard.register.contents import Contents
from dashboard.register.entries import Decision, FocusAreaEntry, LinkedIndicator, Milestone, Project
from dashboard.register.grant_entries import Funder, Grant

TODAY = date(2026, 11, 25)
HOME = {"municipality": "1488"}

FOCUS_AREAS = (
    FocusAreaEntry(id="work", position=1, name="Fler i arbete", name_en="More people in work", **HOME),
    FocusAreaEntry(id="homes", position=2, name="Blandade bostäder", indicators=("rental_tenure_share",), **HOME),
)
PROJECTS = (
    Project(
        id="torget",
        name="Torget",
        name_en="The square",
        status="ongoing",
        status_why="Uppgiften är från 2021.",
        owner="Samhällsbyggnadsförvaltningen",
        partners=("Bostadsbolaget",),
        focus_areas=("homes",),
        place="kronogards-torg",
        areas=("1488R007",),
        plan_type="detailed_plan",
        start="2021",
        start_bound="before",
        source="Stadens sida",
        source_date="2021-06-09",
        **HOME,
    ),
    Project(
        id="skolgarden",
        name="Skolgården",
        status="ongoing",
        owner="Utbildningsförvaltningen",
        focus_areas=("homes", "work"),
        areas=("1488A0010",),
        start="2024-03-01",
        end="2026-06-30",
        budget=2_400_000,
        **HOME,
    ),
    Project(id="jobben", name="Jobbspår", status="planned", focus_areas=("work",), start="2027", **HOME),
    Project(id="okant", name="Gångvägen", status="planned", focus_areas=("homes",), **HOME),
    Project(id="klart", name="Biblioteket", status="done", end="2024-10-03", results="Det är öppet.", **HOME),
)
MILESTONES = (
    Milestone(
        id="m1", project="skolgarden", position=1, name="Ritningar", due=date(2024, 10, 1), done=date(2024, 11, 4)
    ),
    Milestone(id="m2", project="skolgarden", position=2, name="Belysning", due=date(2026, 5, 1)),
    Milestone(id="m3", project="jobben", position=1, name="Avtal", due=date(2027, 6, 1)),
)
LINKED = (
    LinkedIndicator(
        id="l1",
        project="torget",
        indicator="foreign_background_share",
        baseline_year=2021,
        wanted="down",
        target=60,
        target_year=2030,
    ),
    LinkedIndicator(id="l2", project="torget", indicator="foreign_background", baseline_year=2024),
    LinkedIndicator(id="l3", project="torget", indicator="gone_share", baseline_year=2024),
)
DECISIONS = (
    Decision(
        id="d1",
        project="torget",
        body="Kommunstyrelsen",
        decided=date(2021, 6, 1),
        text="Arbetet <b>får</b> fortsätta.",
        reference="KS 2021/123",
        link="https://example.org/beslut",
    ),
)
FUNDERS = (Funder(id="funder", name="Myndigheten", **HOME),)
GRANTS = (
    Grant(
        id="g1",
        name="Bidrag till torget",
        funder="funder",
        state="granted",
        projects=("torget",),
        granted_amount=1_650_000,
        amount_is_about=True,
        **HOME,
    ),
)
CONTRIBUTIONS = (
    Contribution(id="c1", place="kronogards-torg", form="quote", text="Fler bänkar.", state="published", **HOME),
    Contribution(
        id="c2", place="drottningtorget", text="Ljus vid muren.", state="published", agreement="disputed", **HOME
    ),
    Contribution(id="c3", place="kronogards-torg", text="Väntar på granskning.", **HOME),
)
STEPS = (TraceStep(id="t1", contribution="c2", step="project", on=date(2026, 3, 1), project="torget"),)

ROADMAP = Contents(
    focus_areas=FOCUS_AREAS,
    projects=PROJECTS,
    milestones=MILESTONES,
    linked_indicators=LINKED,
    decisions=DECISIONS,
    funders=FUNDERS,
    grants=GRANTS,
    contributions=CONTRIBUTIONS,
    trace_steps=STEPS,
)
