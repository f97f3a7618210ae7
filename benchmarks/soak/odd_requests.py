"""Odd requests by the thousand, as `python -m benchmarks.fuzz` sends them."""

import asyncio

from benchmarks.fuzz import faults_in
from benchmarks.soak.limits import Measured, Sizes
from tests.browser.harness import Server
from tests.dashboard.fuzz import requests_of

_SEED = 16


async def odd_requests(server: Server, sizes: Sizes) -> Measured:
    """Send the requests, and count what is wrong with the answers and the log."""
    asked = list(requests_of(_SEED, sizes["count"]))
    faults = await asyncio.to_thread(faults_in, server.address, asked)
    for fault in faults[:5]:
        print(f"  {fault[:300]}")
    traces = server.log.read_text(encoding="utf-8", errors="replace").count("Traceback")
    return {"faults": len(faults), "tracebacks in the log": traces}
