"""`python -m benchmarks.fuzz`: odd requests by the thousand; exits 1 if an answer or the log is at fault.

`--url` asks a server that runs already, whose log is then its own affair.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from tests.browser.harness import serve
from tests.dashboard.fuzz import Asked, faults_of, requests_of
from tests.dashboard.web import ask, wait_until_ready

_AT_ONCE = 2  # as many pictures as one client may have under way: a busy server is no fault


def main() -> int:
    """Send the requests, print what was found, and return the exit code."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "log")
        with _server(options.url, log) as address:
            wait_until_ready(address)
            start = time.perf_counter()
            faults = faults_in(address, list(requests_of(options.seed, options.count)))
            taken = time.perf_counter() - start
            alive = ask(address, "/healthz").status
        printed = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    for fault, times in Counter(faults).most_common(20):
        print(f"  {times} times {fault[:200]}…{fault[-40:]}")
    traces = printed.count("Traceback")
    print(f"{options.count} requests in {taken:.0f} s: {len(faults)} faults, then /healthz {alive}", end="")
    print("" if options.url else f"; {traces} tracebacks in a log of {len(printed)} characters")
    return int(bool(faults or traces))


def faults_in(address: str, requests: list[Asked]) -> list[str]:
    """Send the requests, a few at once; return what is wrong with the answers."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return [fault for fault in pool.map(lambda asked: faults_of(address, asked), requests) if fault]


@contextmanager
def _server(url: str, log: Path) -> Iterator[str]:
    if url:
        yield url
        return
    with serve(log=log) as address:
        yield address


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="how many requests")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same requests")
    parser.add_argument("--url", default="", help="a server that runs already: http://127.0.0.1:8501")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
