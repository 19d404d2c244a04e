"""Personal data in a text, pointed out: quoted in a sentence, and marked where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.register.personal_data import Found
from dashboard.views import html
from dashboard.views.context import View


def find_words(view: View, found: Found) -> str:
    """Say what was found and what to do with it."""
    key = "circle.find_must_go" if found.must_go else "circle.find_asked"
    return view.t(key, text=found.text, kind=kind_words(view, found))


def kind_words(view: View, found: Found) -> str:
    """Give what kind of personal data it looks like."""
    return view.t(f"personal_data.kind_{found.kind}")


def marked_html(view: View, text: str, finds: Sequence[Found]) -> str:
    """Give a text with what was found in it marked, each mark with its kind in words."""
    parts, end = [], 0
    for one in finds:
        kind = html.escape(kind_words(view, one))
        parts.append(html.escape(text[end : one.start]))
        parts.append(f'<mark>{html.escape(one.text)}<span class="hs-mark-kind"> ({kind})</span></mark>')
        end = one.end
    return "".join(parts) + html.escape(text[end:])
