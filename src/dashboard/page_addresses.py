"""The pages by their addresses, and the way back to one of them after signing in: to a page of ours, nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

#: File in `pages/` → the key of its title and its address.
PAGES = MappingProxyType(
    {
        "overview": "",
        "segregation": "segregation",
        "districts": "stadsdelar",
        "places": "platser",
        "roadmap": "fardplan",
        "knowledge_circle": "kunskapscirkel",
        "presentation": "presentation",
        "methods": "data-och-metod",
    }
)
#: What the server writes into the address of somebody whose sign-in was refused.
FAILED = "inloggning"
COOKIE = "hela_staden_way_back"
#: Time to type a password and to find the telephone that confirms it, in seconds.
_SECONDS = 900
#: A cookie that is longer is thrown away by browsers, or refused by proxies.
_LONGEST = 2000
_PORTS = {"http": 80, "https": 443}


def own_page(address: str, public_url: str | None = None) -> str | None:
    """Give an address of one of our pages with its choices, such as `/fardplan?lang=en`; None for any other address.

    The path is made anew from the page that was found, so that nothing else of the given one is ever followed.

    Parameters
    ----------
    address
        A path with or without choices; with `public_url` a whole address.
    public_url
        The address of the dashboard, which the given one must be of.
    """
    try:
        parts, public = urlsplit(address), urlsplit(public_url or "")
        if _origin(parts) != _origin(public):
            return None
        choices = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return None
    page = next((page for page in PAGES.values() if parts.path in (f"/{page}", f"/{page}/")), None)
    if page is None:
        return None
    kept = [(key, value) for key, value in choices if key != FAILED]
    found = _joined(page, kept)
    return (
        found
        if len(quote(found, safe="")) <= _LONGEST
        else _joined(page, [one for one in kept if one[0] == "lang"][:1])
    )


def failed_at(page: str) -> str:
    """Give the address of a page that says that signing in did not work."""
    return f"{page}{'&' if '?' in page else '?'}{FAILED}=misslyckades"


def remembered(page: str | None, path: str) -> str:
    """Give the cookie that keeps a page for when somebody comes back to a path, or that forgets it.

    It is sent to that path alone, and no script can read it.
    """
    value, seconds = (quote(page, safe=""), _SECONDS) if page else ("", 0)
    return f"{COOKIE}={value}; HttpOnly; Max-Age={seconds}; Path={path}; SameSite=lax"


def page_in(cookies: Iterable[str]) -> str | None:
    """Give the page that a cookie keeps; None when there is none, or what it says is no page of ours.

    Parameters
    ----------
    cookies
        What the browser sends as `Cookie`.
    """
    for cookie in (one for line in cookies for one in line.split(";")):
        name, _, value = cookie.strip().partition("=")
        if name == COOKIE:
            return own_page(unquote(value))
    return None


def _joined(page: str, choices: list[tuple[str, str]]) -> str:
    return f"/{page}?{urlencode(choices)}" if choices else f"/{page}"


def _origin(parts: SplitResult) -> tuple[str, str, int | None]:
    return parts.scheme, parts.netloc and (parts.hostname or "?"), parts.port or _PORTS.get(parts.scheme)
