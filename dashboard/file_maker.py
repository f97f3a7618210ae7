"""The process beside the server that makes its files: `python -m dashboard.prepare`, seen from the server.

A line in asks for a build, or names a group that somebody waits for; the lines out are groups with their
folders, and `done` or the data's faults.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock

from dashboard.sources import HERE
from layers.data.problems import GeodataError, Problem

BUILD, DONE, FAULTS = "build", "done", "faults"


class FileMaker:
    """Starts the process when files are first wanted, and keeps it while the data have faults.

    It has everything loaded then, so that mended data are served a second earlier.
    """

    def __init__(self) -> None:
        self.is_closed = False
        self._process: subprocess.Popen[str] | None = None
        self._is_waiting = False
        self._temporary = set[Path]()
        self._wanted, self._telling = list[str](), Lock()

    def made(self, cache: Path) -> Iterator[tuple[str, Path]]:
        """Have all files made, and yield each group with its folder as soon as that is whole.

        Raises GeodataError with the faults of the data. If the process fails, nothing more is yielded.
        """
        process = self._asked()
        for line in process.stdout or ():
            word, _, rest = line.rstrip("\n").partition(" ")
            if word == FAULTS:
                self._is_waiting = True
                raise GeodataError(Problem(*fault) for fault in json.loads(rest))
            if word == DONE:
                break
            folder = Path(rest)
            if cache not in folder.parents:
                self._temporary.add(folder.parents[1])
            yield word, folder
        self._end()

    def make_next(self, group: str) -> None:
        """Have a group made before those that nobody has waited for yet."""
        with self._telling:
            if group not in self._wanted:
                self._wanted.append(group)
                self._tell(group)

    def close(self) -> None:
        """End the process, if it is still there, and remove temporary folders."""
        self.is_closed = True
        self._end()
        for folder in self._temporary:
            shutil.rmtree(folder, ignore_errors=True)

    def _asked(self) -> subprocess.Popen[str]:
        """Return the process, once it is asked for a build: that which has found faults, or another one."""
        process = self._process
        if process is None or process.poll() is not None or not self._is_waiting:
            self._end()
            process = self._process = subprocess.Popen(
                [sys.executable, "-m", "dashboard.prepare"],
                env={**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE.parent), *sys.path])},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        self._is_waiting = False
        with self._telling:
            self._tell(*self._wanted, BUILD)
        return process

    def _tell(self, *lines: str) -> None:
        if self._process and self._process.stdin:
            with suppress(OSError, ValueError):  # ended just now: nothing will be heard of it
                print(*lines, sep="\n", file=self._process.stdin, flush=True)

    def _end(self) -> None:
        if self._process:
            self._process.kill()
            with suppress(OSError), self._process:  # which closes its pipes
                pass
