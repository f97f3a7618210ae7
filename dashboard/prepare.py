"""`python -m dashboard.prepare`: makes the files that the server serves, in a process beside it.

It prints the folder of each group as soon as that is whole. It ends with the server, that is with its input.
"""

import os
import sys
from threading import Thread

from dashboard.cache import alone, keep_somewhere, listed
from dashboard.entries.pages import entry_files
from dashboard.headers import file_headers
from dashboard.representations import Representation
from dashboard.served import ENTRIES, GROUPS, READER, TRANSLATED
from dashboard.settings import Settings, settings
from dashboard.site import download_files, reader_files, translated_files, type_of
from dashboard.sources import checksum, last_change
from layers import Atlas, GeodataError, build_atlas

_NICENESS = 10  # for all that takes long: who reads comes first


def main() -> int:
    """Make what is not there yet; return 1 if the server has to do it itself."""
    Thread(target=_end_with_server, daemon=True).start()
    chosen = settings()
    place, modified = checksum(chosen), last_change(chosen)
    try:
        atlas = build_atlas(chosen.geodata, chosen.seeds)
    except GeodataError:
        return 1  # the server finds the same faults, and tells its readers
    base = chosen.cache
    for group in GROUPS:
        with alone(base / place / group):
            if listed(base / place / group) is None:
                kept = keep_somewhere(base, f"{place}/{group}", made(group, atlas, chosen), modified)
                if kept is None:
                    return 1
                base = kept
        print(group, base / place / group, flush=True)
        os.nice(_NICENESS)
    return 0


def made(group: str, atlas: Atlas, chosen: Settings) -> dict[str, Representation]:
    """Return the files of a group by name; downloads, free for all, never hold the whole article."""
    with_article = {READER: reader_files, TRANSLATED: translated_files, ENTRIES: entry_files}
    if group in with_article:
        files = with_article[group](atlas, address=chosen.address, full_article=chosen.full_article)
    else:
        files = download_files(atlas, address=chosen.address)
    return {
        name: Representation.of(body, file_headers(name, type_of(name), body)) for name, body in files.items()
    }


def _end_with_server() -> None:
    sys.stdin.read()
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
