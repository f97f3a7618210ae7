"""One reader who asks too much takes nothing from the others: the quick `make soak`, but for times."""

from benchmarks.soak.limits import scenarios
from benchmarks.soak.running import on
from tests.browser.harness import Server
from tests.dashboard.web import wait_until_ready

FLOODS = ("uploads", "own-drawings", "states", "sessions", "reruns")


def test_floods_are_refused_fill_no_memory_and_silence_nobody(running: Server) -> None:
    wait_until_ready(running.address)  # then memory stays as it is
    chosen = [scenario for scenario in scenarios(quick=True) if scenario.name in FLOODS]
    table = [row for scenario in chosen for row in on(running, scenario) if not row.limit.is_time]
    missed = [(row.scenario, row.measure, row.measured) for row in table if not row.ok]
    assert (missed, len(table)) == ([], 9)
