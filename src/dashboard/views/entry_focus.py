"""The keyboard's focus in a form that opens in place, and a question before what is not saved is left."""

from __future__ import annotations

import json
import re
from pathlib import Path
from uuid import uuid4

import streamlit as st

from dashboard.views.entry_draft import has_unsaved

#: Where the focus goes back to when a form is closed.
_CLOSED = "entry-closed"
# What is drawn in the same run may come a moment later. Links of the summary lead to their fields; the widgets of
# Streamlit have no addresses of their own.
_MOVE = """<script data-run="{run}">
(() => {{
  const until = Date.now() + 3000;
  const move = () => {{
    const found = document.querySelector({selector});
    if (!found) {{ if (Date.now() < until) setTimeout(move, 50); return; }}
    found.focus();
    found.scrollIntoView({{block: "nearest"}});
    found.querySelectorAll("a[data-to]").forEach(link => link.onclick = event => {{
      event.preventDefault();
      const field = document.querySelector(".st-key-" + CSS.escape(link.dataset.to));
      field?.querySelector("input, textarea, button")?.focus();
    }});
  }};
  move();
}})();
</script>"""
_LEAVING = (Path(__file__).parent / "entry_leaving.js").read_text("utf-8")


def move_focus(selector: str) -> None:
    """Move the focus to what a selector finds, as soon as it is there."""
    st.html(_MOVE.format(run=uuid4().hex, selector=json.dumps(selector)), unsafe_allow_javascript=True)


def focus_later(slot: str) -> None:
    """Have the focus go back to the button of a form that was closed, once that is drawn."""
    st.session_state[_CLOSED] = slot


def focus_if_due(slot: str) -> None:
    """Move the focus to the button of a form if it was this one that was closed."""
    if st.session_state.get(_CLOSED) == slot:
        del st.session_state[_CLOSED]
        move_focus(f".st-key-{css_name(slot)}-open button")
        watch_unsaved()


def css_name(key: str) -> str:
    """Give the key of a widget as the class on the page names it."""
    return re.sub(r"[^a-zA-Z0-9_-]", "-", key)


def watch_unsaved() -> None:
    """Have the browser ask before unsaved text is lost, as long as there is any."""
    state = json.dumps({"run": uuid4().hex, "unsaved": has_unsaved(), "unsent": False})
    st.html(f"<script>window.hsForms = {state};\n{_LEAVING}</script>", unsafe_allow_javascript=True)
