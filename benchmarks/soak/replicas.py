"""Two replicas behind nginx, one killed, as `python -m benchmarks.lost_replica` does."""

from benchmarks.lost_replica import lost_replica
from benchmarks.soak.limits import Measured, Sizes


async def replicas(sizes: Sizes) -> Measured:
    """Kill one of two replicas under readers, and see when they are back."""
    found = await lost_replica(sizes["readers"])
    return {
        "readers lost": found.lost - len(found.back) + found.disturbed,
        "back without their state": len(found.back) - found.with_state,
        "the last is back": max(found.back, default=float("nan")),
    }
