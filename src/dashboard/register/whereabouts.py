"""Tells an operator where the register's database is, without what opens it."""

from __future__ import annotations

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError


def whereabouts(url: str) -> str:
    """Give the kind and place of a database: never a user, a password or an option, any of which may be secret.

    Parameters
    ----------
    url
        Its address as it is set.
    """
    try:
        address = make_url(url)
    except ArgumentError:
        return "an address that cannot be read"
    if address.get_backend_name() == "sqlite":
        return f"SQLite, {address.database or 'in memory'}"
    port = f":{address.port}" if address.port else ""
    return f"{address.get_backend_name()}, {address.database} on {address.host or 'this machine'}{port}"
