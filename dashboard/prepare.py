"""`python -m dashboard.prepare`: makes the files that the server serves, in a process beside it.

Asked for a build, it makes them, and prints the folder of each group as soon as that is whole; a line that
names a group has that made next. It ends with the server, that is with its input.
"""

import json
import os
import sys
from collections.abc import Iterable
from dataclasses import astuple
from queue import SimpleQueue
from threading import Thread

from dashboard.cache import alone, keep_somewhere, listed
from dashboard.entries.pages import entry_files
from dashboard.file_maker import DONE, FAULTS
from dashboard.headers import file_headers
from dashboard.memory import keep_for_good
from dashboard.representations import Representation
from dashboard.settings import Settings, settings
from dashboard.site import (
    download_files,
    more_download_files,
    reader_files,
    translated_files,
    type_of,
)
from dashboard.site_files import DOWNLOADS, ENTRIES, GROUPS, MORE_DOWNLOADS, READER, TRANSLATED
from dashboard.sources import checksum, last_change
from layers import Atlas, GeodataError, build_atlas

_NICENESS = 10  # for all that takes long: who reads comes first


def main() -> int:
    """Make what is not there yet each time that the server asks; return 1 if it has to do it itself."""
    asked, wanted = SimpleQueue[str](), list[str]()
    Thread(target=_hear, args=(asked, wanted), daemon=True).start()
    chosen = settings()
    while asked.get():
        try:
            if not _make(chosen, wanted):
                return 1
        except GeodataError as error:
            print(FAULTS, json.dumps([astuple(problem) for problem in error.problems]), flush=True)
        else:
            print(DONE, flush=True)
    return 0


def _make(chosen: Settings, wanted: Iterable[str] = ()) -> bool:
    """Make what is not there yet, and tell whether it could be kept. Raises GeodataError.

    The reader comes first, then what is `wanted`, of which there may be more with time.
    """
    place, modified = checksum(chosen), last_change(chosen)
    atlas, base = build_atlas(chosen.geodata, chosen.seeds), chosen.cache
    keep_for_good()
    missing = set(GROUPS)
    while missing:
        group = next(each for each in (READER, *wanted, *GROUPS) if each in missing)
        missing.remove(group)
        with alone(base / place / group):
            if listed(base / place / group) is None:
                files = made(group, atlas, chosen)
                is_changed = checksum(chosen) != place  # these are not the files of that checksum
                kept = None if is_changed else keep_somewhere(base, f"{place}/{group}", files, modified)
                if kept is None:
                    return False
                base = kept
        print(group, base / place / group, flush=True)
        if group == READER:
            os.nice(_NICENESS)
    return True


def made(group: str, atlas: Atlas, chosen: Settings) -> dict[str, Representation]:
    """Return the files of a group by name; downloads, free for all, never hold the whole article."""
    with_article = {READER: reader_files, TRANSLATED: translated_files, ENTRIES: entry_files}
    without = {DOWNLOADS: download_files, MORE_DOWNLOADS: more_download_files}
    if group in with_article:
        files = with_article[group](atlas, address=chosen.address, full_article=chosen.full_article)
    else:
        files = without[group](atlas, address=chosen.address)
    return {
        name: Representation.of(body, file_headers(name, type_of(name), body)) for name, body in files.items()
    }


def _hear(asked: SimpleQueue[str], wanted: list[str]) -> None:
    """Hand on each line of the input; at its end, end the process in whatever it does."""
    for line in map(str.strip, sys.stdin):
        if line in GROUPS:
            wanted.append(line)
        else:
            asked.put(line)
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
