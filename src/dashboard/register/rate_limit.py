"""Holds back whoever sends too much in too short a time, without keeping who they are."""

from __future__ import annotations

import hmac
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Lock

# Made anew with every start of the program and stored nowhere: without it a key leads back to no address.
_SECRET = secrets.token_bytes(32)
#: All visitors whose address is not known share what one may send.
UNKNOWN_VISITOR = "unknown"
_MOST_KEYS = 10_000


def visitor_key(address: str | None) -> str:
    """Give a key that stays the same for an address until the program ends, and that does not lead back to it.

    An address that is not known gives one key for all of them: then they share the limit, and none gets round it.
    """
    if address is None or not address.strip():
        return UNKNOWN_VISITOR
    return hmac.new(_SECRET, address.strip().encode("utf-8", "surrogatepass"), "sha256").hexdigest()


class RateLimit:
    """Lets each key do something a number of times within a span of time, which moves along.

    Parameters
    ----------
    most
        How often within the span; 0 lets nobody.
    seconds
        How long the span is.
    clock
        Gives seconds that never run backwards.
    most_keys
        Of how many keys it keeps count. Beyond that, the one that was seen longest ago is forgotten.
    """

    def __init__(
        self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic, most_keys: int = _MOST_KEYS
    ) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._most_keys = most_keys
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        """Give of how many keys it keeps count."""
        with self._lock:
            return len(self._seen)

    def allow(self, key: str) -> bool:
        """Count one more for a key, unless it has had its share; a refusal does not count."""
        with self._lock:
            now = self._clock()
            self._forget(now)
            times = self._seen.get(key, deque())
            while times and times[0] <= now - self._seconds:
                times.popleft()
            if len(times) >= self._most:
                return False
            times.append(now)
            self._seen[key] = times
            self._seen.move_to_end(key)
            while len(self._seen) > self._most_keys:
                self._seen.popitem(last=False)
            return True

    def take_back(self, key: str) -> None:
        """Count one less for a key: what it was counted for did not happen."""
        with self._lock:
            times = self._seen.get(key)
            if times:
                times.pop()
            if not times:
                self._seen.pop(key, None)

    def _forget(self, now: float) -> None:
        # Keys are in the order of their newest time, so that those whose span is over stand first.
        while self._seen:
            key, times = next(iter(self._seen.items()))
            if times[-1] > now - self._seconds:
                return
            del self._seen[key]
