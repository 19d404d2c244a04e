"""Who may do what with the register: roles, what each may see and write, and who an actor is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What somebody is to the register; one person can be several of these."""

    READER = "reader"
    CONTRIBUTOR = "contributor"
    MODERATOR = "moderator"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    """What can be done with an entry."""

    CREATE = "create"
    UPDATE = "update"
    ARCHIVE = "archive"
    RESTORE = "restore"


@dataclass(frozen=True)
class Actor:
    """Somebody who looks at the register or changes it.

    Parameters
    ----------
    sign_in
        What the provider of sign-in calls this person (the claim ``sub`` or the like). It is kept with every
        change and never shown publicly. Empty for the public and for commands on the server.
    roles
        The roles; everybody is a reader.
    """

    sign_in: str = ""
    roles: frozenset[Role] = field(default_factory=lambda: frozenset({Role.READER}))

    @property
    def role(self) -> Role:
        """The role that reaches furthest, for the record of changes."""
        return max(self.roles, key=list(Role).index, default=Role.READER)

    def has(self, *wanted: Role) -> bool:
        """Tell whether the actor has one of some roles; an administrator has them all."""
        return bool(self.roles & {*wanted, Role.ADMINISTRATOR})

    def may(self, action: Action, kind: str) -> bool:
        """Tell whether the actor may do something with an entry of a kind; kinds that nobody knows are refused."""
        if action is Action.CREATE and kind in CONTRIBUTED and self.has(*CONTRIBUTED[kind]):
            return True
        return kind in WRITERS and self.has(*WRITERS[kind])

    @property
    def may_see_unmoderated(self) -> bool:
        """Whether contributions that wait for a moderator, or were refused, may reach this person."""
        return self.has(Role.MODERATOR)

    @property
    def may_see_people(self) -> bool:
        """Whether the hours and pay of one district expert may reach this person."""
        return self.has(Role.MODERATOR)

    @property
    def may_see_changes(self) -> bool:
        """Whether the record of changes may reach this person, without who made them."""
        return self.has(Role.EDITOR, Role.MODERATOR)

    @property
    def may_see_sign_ins(self) -> bool:
        """Whether who made a change may reach this person."""
        return self.has()

    @property
    def is_signed_in(self) -> bool:
        """Whether this is somebody with more than a reader's rights."""
        return self.roles != frozenset({Role.READER}) and bool(self.roles)


#: Kind of entry → the roles that may write it, beside administrators.
WRITERS: dict[str, tuple[Role, ...]] = {
    "focus_area": (),
    "project": (Role.EDITOR,),
    "milestone": (Role.EDITOR,),
    "linked_indicator": (Role.EDITOR,),
    "decision": (Role.EDITOR,),
    "funder": (Role.EDITOR,),
    "grant": (Role.EDITOR,),
    "spending": (Role.EDITOR,),
    "circle": (Role.MODERATOR,),
    "meeting": (Role.MODERATOR,),
    "district_expert": (Role.MODERATOR,),
    "worked_time": (Role.MODERATOR,),
    "contribution": (Role.MODERATOR,),
    "trace_step": (Role.MODERATOR, Role.EDITOR),
}
#: Kind of entry that more roles may hand in: it waits for a moderator before anybody else sees it.
CONTRIBUTED: dict[str, tuple[Role, ...]] = {"contribution": (Role.READER, Role.CONTRIBUTOR)}

PUBLIC = Actor()
#: Commands on the server itself: whoever can run them can read the database anyway.
OPERATOR = Actor("operator", frozenset({Role.ADMINISTRATOR}))
LOCAL_EDITOR = Actor("local", frozenset({Role.ADMINISTRATOR}))


def actor_of(sign_in: str, roles: Iterable[Role]) -> Actor:
    """Give the actor with some roles, a reader at least."""
    return Actor(sign_in, frozenset({Role.READER, *roles}))
