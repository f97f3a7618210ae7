"""What a process has used so far, as Linux counts it."""

import os
import time
from pathlib import Path

_TICKS_S = os.sysconf("SC_CLK_TCK")
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
_QUIET_MS, _LOOK_AGAIN_S = 10, 0.5


def cpu_ms(process: int) -> float:
    """Return the CPU that a process, with its threads, has used so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / _TICKS_S


def rss_mb(process: int) -> float:
    """Return the memory that a process holds now, in megabytes."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * _PAGE_BYTES / 1e6


def wait_until_quiet(process: int) -> None:
    """Wait until a process uses no CPU: a server loads the pages' modules after it says that it is ready."""
    before = float("-inf")
    while (used := cpu_ms(process)) > before + _QUIET_MS:
        before = used
        time.sleep(_LOOK_AGAIN_S)
