"""The command line, `python -m dashboard`: write the map as a site or as a release, or serve it."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from dashboard.served import served
from dashboard.settings import with_slash
from layers import GeodataError
from layers.data.folders import INTERRUPTED, data_parser
from layers.data.web_address import is_web_address


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 1 on any fault, with one line for each."""
    options = _parser().parse_args(arguments)
    if options.command in ("site", "release"):
        return _written(options)
    served()  # begins to build what is served while Streamlit is being loaded
    from dashboard.serve import serve  # noqa: PLC0415 - only here: streamlit

    serve()
    return 0


def _written(options: argparse.Namespace) -> int:
    from dashboard.release_files import release_files  # noqa: PLC0415 - geopandas is slow to load
    from dashboard.site import site_files  # noqa: PLC0415
    from layers import build_atlas  # noqa: PLC0415
    from layers.exports.writing import write_files  # noqa: PLC0415
    from layers.translations.faults import stop_at_faults  # noqa: PLC0415

    try:
        atlas = build_atlas(options.geodata, options.seeds)
        stop_at_faults()
        address, folder = with_slash(options.url or ""), options.folder
        if options.command == "site":
            files = site_files(atlas, address=address, full_article=options.full_article)
        else:
            folder /= atlas.descriptor["version"]
            if folder.exists():
                print(f"{folder} is there already; a release is never changed.", file=sys.stderr)
                return 1
            files = release_files(atlas, address)
        write_files(folder, files)
    except GeodataError as error:
        print(error.report, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"cannot write to {options.folder}: {error.strerror}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    size = sum(map(len, files.values()))
    print(f"{folder}: {len(files)} files, {size / 1e6:.1f} MB; start with index.html")
    if not options.url:
        print("No --url was given: sitemap.xml and link previews hold no host, and some readers want one.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = data_parser("python -m dashboard", __doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    site = commands.add_parser("site", help="write a complete static site")
    release = commands.add_parser("release", help="write this version, frozen, with DataCite metadata")
    for command in (site, release):
        command.add_argument("folder", type=Path, metavar="DIR", help="where to; made if missing")
        command.add_argument("--url", type=_address, help="where the site will be: https://a.example/map/")
    site.add_argument(
        "--full-article",
        action="store_true",
        help="carry the whole article, not only quotes; for those with the publisher's permission",
    )
    commands.add_parser("serve", help="serve the dashboard on HOST and PORT of the environment")
    return parser


def _address(text: str) -> str:
    if not is_web_address(text):
        raise argparse.ArgumentTypeError(f"{text[:60]!r} is not an address such as https://a.example/map/")
    return text


if __name__ == "__main__":
    sys.exit(main())
