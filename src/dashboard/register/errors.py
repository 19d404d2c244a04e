"""What can go wrong with the register, as codes that the screen has sentences for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.register.changes import Change
    from dashboard.register.entries import Entry


class RegisterFileError(Exception):
    """A file of the register cannot be used; the message names it."""


class RegisterError(Exception):
    """Something was refused. `code` names the sentence for it: the text `register.refused_<code>`."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


class NotAllowedError(RegisterError):
    """The actor's roles do not reach for this."""

    def __init__(self, detail: str = "") -> None:
        super().__init__("not_allowed", detail)


class NotFoundError(RegisterError):
    """There is no such entry, or none that the actor may see."""

    def __init__(self, detail: str = "") -> None:
        super().__init__("not_found", detail)


class InvalidError(RegisterError):
    """Values do not hold: field → code of the fault, whose text is `register.fault_<code>`."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("invalid", ", ".join(f"{field}: {code}" for field, code in faults.items()))
        self.faults = dict(faults)


class ConflictError(RegisterError):
    """Somebody else has changed the entry since it was read.

    Attributes
    ----------
    current
        The entry as it is now.
    change
        The newest change of it; without a sign-in unless the actor may see it.
    """

    def __init__(self, current: Entry, change: Change | None) -> None:
        super().__init__("conflict", current.id)
        self.current = current
        self.change = change


class UnavailableError(RegisterError):
    """The database does not answer or takes nothing more: code `unavailable`, `full`, `busy` or `outdated`."""
