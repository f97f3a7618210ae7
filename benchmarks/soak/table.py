"""The table of what was asked and what was measured, to read and for programs."""

from collections.abc import Sequence

from benchmarks.soak.limits import Row

_HEAD = ("scenario", "measure", "asked", "measured", "ok")


def print_table(table: Sequence[Row]) -> None:
    """Print a line for each row, in columns."""
    lines = [_HEAD, *map(_cells, table)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def as_json(table: Sequence[Row]) -> list[dict[str, str | float | bool | None]]:
    """Return the rows as objects."""
    return [
        {
            "scenario": row.scenario,
            "measure": row.measure,
            "least": row.limit.least,
            "most": row.limit.most,
            "unit": row.limit.unit,
            "measured": row.measured,
            "ok": row.ok,
        }
        for row in table
    ]


def _cells(row: Row) -> tuple[str, ...]:
    said = "yes" if row.ok else "NO"
    measured = f"{row.measured:.3g}" if row.measured < 100 else f"{row.measured:.0f}"  # noqa: PLR2004
    unit = f" {row.limit.unit}" if row.limit.unit else ""
    return row.scenario, row.measure, f"{row.limit.asked}{unit}", f"{measured}{unit}", said
