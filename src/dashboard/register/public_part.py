"""What of a dump anybody may see."""

from __future__ import annotations

from datetime import date

from dashboard.access import PUBLIC
from dashboard.register.circle_entries import Contribution, ContributionState
from dashboard.register.dump import Dump
from dashboard.register.visibility import contents_for


def public_part(dump: Dump) -> Dump:
    """Reduce a dump to what the public sees: no archived entries, no record of changes, nothing unmoderated.

    Entries that remain may name others that do not, such as one that was archived.
    """
    current = [entry for entry in dump.entries if not entry.archived]
    municipalities = sorted({str(entry.municipality) for entry in current if hasattr(entry, "municipality")})
    # A decision without a project belongs to no municipality, and would come once for each.
    entries = {
        # Sums of what people worked are no entries, so that the day does not matter.
        (entry.kind, entry.id): entry
        for code in municipalities
        for entry in contents_for(PUBLIC, current, code, date.min)
    }
    published = {
        entry.id
        for entry in entries.values()
        if isinstance(entry, Contribution) and entry.state is ContributionState.PUBLISHED
    }
    return Dump(
        entries=tuple(entries.values()),
        photos={name: photo for name, photo in dump.photos.items() if name in published},
    )
