"""Which project is open: it stands in the address, with the filters that it was found by."""

from __future__ import annotations

import streamlit as st

from dashboard.register.contents import Contents
from dashboard.register.entries import Project
from dashboard.views import links
from dashboard.views.context import View
from dashboard.views.page_links import page_address
from dashboard.views.roadmap_filter import KEYS

PROJECT = "projekt"


def open_project(contents: Contents) -> Project | None:
    """Give the project that the address names; None when it names none, or one that this visitor may not see."""
    asked = links.restore_free(PROJECT, bool, 1)
    links.remember(PROJECT, asked)
    return contents.find(Project, asked[0]) if asked else None


def is_asked_for() -> bool:
    """Tell whether the address names a project, known or not; asked after `open_project`."""
    return bool(links.restore_free(PROJECT, bool, 1))


def project_address(view: View, project: str = "") -> str:
    """Give the address of a project, or of all projects, with the filters that stand in the address now."""
    kept = {key: st.query_params.get_all(key) for key in KEYS}
    return page_address(view, "roadmap", **kept, **({PROJECT: project} if project else {}))
