"""`python -m benchmarks.soak`: load and faults against real servers; exits 1 if anything misses its limit.

Each scenario has a server of its own; with `--quick` those that need nothing else share one.
"""

import argparse
import json
import os
import sys
from pathlib import Path

from benchmarks.soak.limits import Row, scenarios
from benchmarks.soak.running import measured
from benchmarks.soak.table import as_json, print_table


def main() -> int:
    """Run what was chosen, print the table, and return the exit code."""
    options = _options()
    chosen = [each for each in scenarios(quick=options.quick) if each.name in (options.only or [each.name])]
    table, load = list[Row](), os.getloadavg()[0]
    for scenario, rows in measured(chosen, share=options.quick):
        missed = [row.measure for row in rows if not row.ok]
        told = f"missed {', '.join(missed)}" if missed else "ok"
        print(f"… {scenario}: {told}", file=sys.stderr, flush=True)
        table += rows
    print_table(table)
    print(f"{os.cpu_count()} cores, load {load:.1f} at the beginning: other work makes times longer")
    if options.json:
        options.json.write_text(json.dumps(as_json(table), indent=1), encoding="utf-8")
    return int(not all(row.ok for row in table))


def _options() -> argparse.Namespace:
    names = [scenario.name for scenario in scenarios(quick=False)]
    parser = argparse.ArgumentParser("python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the small sizes, in less than 40 s")
    parser.add_argument("--only", action="append", choices=names, help="only this; may be repeated")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the table to a file, too")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
