"""How often somebody may try to sign in: so often as people mistype, far less often than guessing needs."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from math import ceil

WINDOW = 15 * 60  # seconds that a failed try counts
FROM_ONE_ADDRESS = 10
# higher, as a stranger could otherwise shut a person out by trying their name a few times
FOR_ONE_NAME = 30
MOST_KEPT = 10_000  # keys; the memory of one small machine is not for strangers to fill


def network_of(address: str) -> str:
    """Return what counts as one address: an IPv4 address, or the /64 that one IPv6 line commands."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else str(found)  # noqa: PLR2004 -- IPv6


@dataclass(slots=True)
class Tries:
    """The failed tries of the last quarter of an hour. Times are seconds of a clock that never goes back."""

    made: dict[str, deque[float]] = field(default_factory=dict)

    def wait(self, address: str, name: str, now: float) -> int:
        """Count a try. Returns for how many seconds it must wait, 0 if it may be made now."""
        keys = {f"from {network_of(address)}": FROM_ONE_ADDRESS, f"as {name.casefold()}": FOR_ONE_NAME}
        waits = [self._wait_of(key, most, now) for key, most in keys.items()]
        if not any(waits):
            for key in keys:
                self._add(key, now)
        return max(waits)

    def succeeded(self, address: str, name: str) -> None:
        """Forget the tries of somebody who signed in."""
        for key in (f"from {network_of(address)}", f"as {name.casefold()}"):
            self.made.pop(key, None)

    def _wait_of(self, key: str, most: int, now: float) -> int:
        times = self.made.get(key, deque())
        while times and times[0] <= now - WINDOW:
            times.popleft()
        return 0 if len(times) < most else ceil(times[0] + WINDOW - now)

    def _add(self, key: str, now: float) -> None:
        # put at the end, so that the first key is the one that was tried longest ago
        times = self.made.pop(key, deque())
        times.append(now)
        self.made[key] = times
        while len(self.made) > MOST_KEPT:
            self.made.pop(next(iter(self.made)))
