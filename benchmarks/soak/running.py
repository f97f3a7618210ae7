"""Which function measures a scenario, and on which server."""

import contextlib
import sys
from collections.abc import Callable, Coroutine, Iterator, Sequence

from benchmarks.process import wait_until_quiet
from benchmarks.soak.faulty_data import faulty_data
from benchmarks.soak.floods import reruns, states
from benchmarks.soak.limits import Measured, Row, Scenario, Sizes, rows
from benchmarks.soak.odd_requests import odd_requests
from benchmarks.soak.pictures import archive, pictures
from benchmarks.soak.readers import changes, sessions
from benchmarks.soak.replicas import replicas
from benchmarks.soak.silence import silence
from benchmarks.soak.thousand import thousand
from benchmarks.soak.uploads import own_drawings, uploads
from tests.browser.harness import Server, start
from tests.dashboard.web import run, wait_until_ready

# On a server that is ready.
SERVED: dict[str, Callable[[Server, Sizes], Coroutine[None, None, Measured]]] = {
    "odd-requests": odd_requests,
    "reruns": reruns,
    "uploads": uploads,
    "own-drawings": own_drawings,
    "states": states,
    "changes": changes,
    "sessions": sessions,
    "pictures": pictures,
}
# With servers of their own.
ALONE: dict[str, Callable[[Sizes], Coroutine[None, None, Measured]]] = {
    "archive": archive,
    "faulty-data": faulty_data,
    "silence": silence,
    "replicas": replicas,
    "thousand": thousand,
}


def measured(chosen: Sequence[Scenario], *, share: bool) -> Iterator[tuple[str, list[Row]]]:
    """Run scenarios and yield the rows of each; all have the same server if they `share` one."""
    with contextlib.ExitStack() as stack:
        shared = stack.enter_context(ready_server()) if share else None
        for scenario in chosen:
            print(f"… {scenario.name}: {scenario.about}", file=sys.stderr, flush=True)
            yield scenario.name, _measured(scenario, shared)


def _measured(scenario: Scenario, shared: Server | None) -> list[Row]:
    try:
        return _rows(scenario, shared)
    except Exception as error:  # noqa: BLE001 - a miss, and the other scenarios go on
        print(f"  {error!r}", file=sys.stderr)
        return rows(scenario, {})


def _rows(scenario: Scenario, shared: Server | None) -> list[Row]:
    if scenario.name in ALONE:
        return rows(scenario, run(ALONE[scenario.name](scenario.sizes)))
    if shared:
        return on(shared, scenario)
    with ready_server() as server:
        return on(server, scenario)


def on(server: Server, scenario: Scenario) -> list[Row]:
    """Run a scenario on a server that is ready, and return its rows."""
    return rows(scenario, run(SERVED[scenario.name](server, scenario.sizes)))


@contextlib.contextmanager
def ready_server() -> Iterator[Server]:
    """Start a server; yield it once it has made everything."""
    with start() as server:
        wait_until_ready(server.address)
        wait_until_quiet(server.process.pid)
        yield server
