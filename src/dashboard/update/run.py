"""The order of an update: lock, fetch everything, assemble, check and build beside, compare, swap in."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dashboard.settings import Settings
from dashboard.sources.fetched import Fetched, Publisher, Wanted
from dashboard.sources.known_areas import Known
from dashboard.sources.new_data import PARTS, Assembled, assemble
from dashboard.sources.present_data import Present, read_present
from dashboard.sources.progress import Progress
from dashboard.sources.tidy import InputError
from dashboard.update.changes import changes_between
from dashboard.update.faults import UpdateError
from dashboard.update.lock import only_update
from dashboard.update.report import Outcome
from dashboard.update.swap import swap, workshop
from dashboard.warehouse.build import build
from dashboard.warehouse.fingerprint import BuildError
from dashboard.warehouse.freshness import only_one

Say = Callable[[str], None]
NOTHING_REPLACED = "Nothing was replaced: the dashboard goes on with the figures that it had."


@dataclass(frozen=True)
class Order:
    """What an update is to do.

    Attributes
    ----------
    wanted
        Municipalities and years.
    publishers
        Word of ``--source`` → gives whom to ask, told what is known of the areas by then; in this order.
    sent
        Gives how many whole answers the service of a word of ``--source`` has sent so far.
    key
        SCB's own key from the areas of the old division to those of today, or None.
    trial
        Whether the new figures are only checked and compared, not put in.
    """

    wanted: Wanted
    publishers: Mapping[str, Callable[[Known], Publisher]]
    sent: Callable[[str], int]
    key: Path | None = None
    trial: bool = False


@dataclass(frozen=True)
class _Place:
    """Where the new is made."""

    settings: Settings
    shop: Path

    @property
    def warehouse(self) -> Path:
        """Beside the old one, so that what is kept of the network is found; the next build takes away what is left."""
        file = self.settings.warehouse_file
        return file.with_name(f".{file.name}.update")


def update(order: Order, settings: Settings, say: Say, progress: Progress) -> Outcome:
    """Replace the figures of the data folder by the newest published ones.

    Parameters
    ----------
    order
        What is wanted, and of whom.
    settings
        Where data folder, warehouse and maps are.
    say
        Takes a line of text for the operator.
    progress
        Shows what is fetched and how far it has come.

    Raises
    ------
    UpdateError
        When another update is under way, or what was fetched does not pass the checks.
    FetchError
        When a publisher's figures cannot be had. In each case the data folder and the warehouse are as they were.
    """
    began, start = dt.datetime.now().astimezone(), time.perf_counter()
    with only_update(settings.data_folder), workshop(settings.data_folder) as shop:
        place = _Place(settings, shop)
        present = read_present(settings.data_folder)
        fetched = _fetch_all(order, present, progress)
        say("All is fetched; it is put together, checked and built beside the figures of today.")
        try:
            new = _checked(order, list(fetched.values()), present, place, say)
            # Compared before anything is put in: what cannot be told of is not done.
            changes = changes_between(
                present.observations, new.observations, present.areas, new.areas, order.wanted.municipality
            )
            if not order.trial:
                _put_in(new.folder, place)
        finally:
            place.warehouse.unlink(missing_ok=True)
    return Outcome(
        wanted=order.wanted,
        began=began,
        seconds=time.perf_counter() - start,
        fetched=fetched,
        answers={name: order.sent(name) for name in fetched},
        changes=changes,
        checks=_what_was_checked(new),
        swapped=not order.trial,
    )


def _fetch_all(order: Order, present: Present, progress: Progress) -> dict[str, Fetched]:
    """Ask one publisher after the other; where the areas lie is known to those who come after the boundaries."""
    fetched: dict[str, Fetched] = {}
    for name, publisher in order.publishers.items():
        known = Known(order.wanted.municipality, present.areas, [gave.boundaries for gave in fetched.values()])
        with _bar(progress, name) as tell:
            fetched[name] = publisher(known).fetch(order.wanted, tell)
    return fetched


@contextmanager
def _bar(progress: Progress, name: str) -> Iterator[Callable[[str, int, int], None]]:
    """Give a function that draws one bar a step."""
    under_way: list[str] = []

    def tell(step: str, done: int, total: int) -> None:
        if under_way != [step]:
            if under_way:
                progress.end()
            under_way[:] = [step]
            progress.begin(step if ":" in step else f"{name}: {step}", total)
        progress.at(done)

    yield tell
    if under_way:
        progress.end()


def _checked(order: Order, fetched: Sequence[Fetched], present: Present, place: _Place, say: Say) -> Assembled:
    """Assemble the new data folder and build a warehouse from it, beside those that are in use."""
    settings = place.settings
    try:
        new = assemble(order.wanted, fetched, present, settings.data_folder, place.shop / "new", key=order.key)
        beside = {
            "data_folder": new.folder,
            "warehouse_file": place.warehouse,
            # A trial leaves no maps behind; else they are named after their content and wait to be pointed to.
            "maps_folder": place.shop / "maps" if order.trial else settings.maps_folder,
        }
        build(settings.model_copy(update=beside), say)
    except (InputError, BuildError) as error:
        raise UpdateError(f"What was fetched does not pass the checks: {error} {NOTHING_REPLACED}") from error
    return new


def _what_was_checked(new: Assembled) -> list[str]:
    rows, areas = len(new.observations), sum(len(table) for table in new.areas.values())
    return [
        f"{rows} rows of figures and {areas} areas pass every check of `dashboard check`",
        "a warehouse was built from them, and no group of a split is larger than all",
    ]


def _put_in(folder: Path, place: _Place) -> None:
    """Swap data and warehouse in; the running dashboard waits for the lock and then finds both."""
    settings = place.settings
    with only_one(settings.warehouse_file):
        try:
            swap(folder, PARTS, settings.data_folder, place.shop)
        except OSError as error:
            raise UpdateError(
                f"The new figures cannot be put in ({error.strerror}): check that there is room on the disk and that"
                f" {settings.data_folder} may be written. {NOTHING_REPLACED}"
            ) from error
        place.warehouse.replace(settings.warehouse_file)
