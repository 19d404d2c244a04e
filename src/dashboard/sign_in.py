"""Who somebody who has signed in is to the register: from the provider's claims to roles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

from dashboard.access import PUBLIC, Actor, Role, actor_of
from dashboard.settings import Settings

#: What a person can be listed by in the settings, surest first.
_NAMES = ("sub", "preferred_username", "email")
#: Those of them, and of Entra ID, that the provider gives out itself and tells apart letter by letter.
_IDENTIFIERS = ("sub", "oid")
_HOUR = 3600
#: Longer than a cookie of Streamlit is good, in seconds.
_LONGEST = 32 * 24 * _HOUR


@dataclass(frozen=True)
class SignedIn:
    """Who somebody is, and whether a sign-in has run out."""

    actor: Actor
    is_over: bool = False


NOBODY = SignedIn(PUBLIC)


def signed_in(claims: Mapping[str, Any], settings: Settings, now: float) -> SignedIn:
    """Tell who somebody is by the claims of an identity token that was checked when it was given.

    Parameters
    ----------
    claims
        The claims; empty for a visitor who has not signed in.
    settings
        Which groups and people have which role, and for how long.
    now
        Seconds since 1970.

    Returns
    -------
    The public when nobody has signed in, when the token is for another dashboard, or when it is too old: a cookie lives
    for weeks, and a right that the city has taken back must not.
    """
    if not settings.has_sign_in or not claims.get("is_logged_in") or not claims.get("iss"):
        return NOBODY
    if settings.sign_in_client_id not in _several(claims.get("aud")):
        return NOBODY
    given = claims.get("iat")
    if not isinstance(given, int | float) or isinstance(given, bool):
        return NOBODY
    if not given - _HOUR <= now <= given + settings.sign_in_hours * _HOUR:
        return SignedIn(PUBLIC, is_over=True)
    name = next((str(claims[key]) for key in _NAMES if claims.get(key)), "")
    return SignedIn(actor_of(name, _roles(claims, settings))) if name else NOBODY


class EndedSignIns:
    """Remembers the sign-ins that were ended.

    A session in another tab goes on holding its claims, and a cookie that somebody copied would still be good.
    """

    def __init__(self) -> None:
        self._ended: dict[tuple[str, ...], float] = {}
        self._lock = Lock()

    def add(self, claims: Mapping[str, Any], now: float) -> None:
        """Note that a sign-in was ended; forget those that no cookie can hold any more."""
        with self._lock:
            self._ended = {key: at for key, at in self._ended.items() if now - at <= _LONGEST}
            self._ended[_which(claims)] = now

    def holds(self, claims: Mapping[str, Any], now: float) -> bool:
        """Tell whether a sign-in was ended."""
        with self._lock:
            return now - self._ended.get(_which(claims), float("-inf")) <= _LONGEST


def _which(claims: Mapping[str, Any]) -> tuple[str, ...]:
    # The nonce is another one each time that somebody signs in.
    return tuple(str(claims.get(key, "")) for key in ("iss", "sub", "iat", "nonce"))


def _roles(claims: Mapping[str, Any], settings: Settings) -> Iterable[Role]:
    groups = set(_several(_at(claims, settings.sign_in_groups_claim)))
    exactly = {str(claims[key]) for key in _IDENTIFIERS if claims.get(key)}
    whatever_the_case = _user_names(claims, vouched=settings.sign_in_emails_vouched)
    for role in Role:
        people = settings.sign_in_people.get(role, ())
        by_group = groups & set(settings.sign_in_roles.get(role, ()))
        if by_group or exactly & set(people) or whatever_the_case & {_lower(name) for name in people}:
            yield role


def _at(claims: Mapping[str, Any], path: str) -> object:
    """Give what stands under a name, or under names within one another with dots between, the longest name first."""
    if path in claims:
        return claims[path]
    parts = path.split(".")
    for count in range(len(parts) - 1, 0, -1):
        inner = claims.get(".".join(parts[:count]))
        if isinstance(inner, Mapping):
            return _at(inner, ".".join(parts[count:]))
    return None


def _user_names(claims: Mapping[str, Any], *, vouched: bool) -> set[str]:
    """Give what a person is called, in small letters; addresses only when they are known to be the person's own.

    Somebody may have written another person's address at the provider, as an address or as a user name.
    """
    name, address = (_lower(str(claims.get(key) or "")) for key in ("preferred_username", "email"))
    verified = claims.get("email_verified")
    is_own = verified is True or (vouched and verified is None)
    found = {address} if is_own else set()
    if "@" not in name or name in found or (vouched and verified is None):
        found.add(name)
    return found - {""}


def _lower(name: str) -> str:
    # Beyond ASCII several letters share a small one: the sign for kelvin would become a k, and somebody else's name.
    return name.lower() if name.isascii() else name


def _several(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(str(one) for one in value) if isinstance(value, list | tuple) else ()
