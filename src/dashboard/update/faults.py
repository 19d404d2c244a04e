"""What ends an update in one sentence."""

from __future__ import annotations


class UpdateError(Exception):
    """The update cannot be done; the message says why and what to try, and that the old figures are still there."""
