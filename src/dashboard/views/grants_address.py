"""Which grant is open: it stands in the address, so that a link leads to the grant and not to all of them."""

from __future__ import annotations

from dashboard.register.contents import Contents
from dashboard.register.grant_entries import Grant
from dashboard.views import links
from dashboard.views.context import View
from dashboard.views.page_links import page_address

GRANT = "bidrag"


def open_grant(contents: Contents) -> Grant | None:
    """Give the grant that the address names; None when it names none, or one that this visitor may not see."""
    asked = links.restore_free(GRANT, bool, 1)
    links.remember(GRANT, asked)
    return contents.find(Grant, asked[0]) if asked else None


def is_asked_for() -> bool:
    """Tell whether the address names a grant, known or not; asked after `open_grant`."""
    return bool(links.restore_free(GRANT, bool, 1))


def grant_address(view: View, grant: str = "") -> str:
    """Give the address of a grant, or of all."""
    return page_address(view, "roadmap", **{"del": "grants"}, **({GRANT: grant} if grant else {}))
