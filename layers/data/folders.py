"""Where the data lies, for code and command lines; apart from the atlas, as this need not load geopandas."""

import argparse
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]  # the checkout, or where the packages are installed
GEODATA, SEEDS = ROOT / "geodata", ROOT / "seeds"
INTERRUPTED = 130  # what a command returns that was ended with Ctrl-C, as shells have it


def data_parser(program: str, description: str | None) -> argparse.ArgumentParser:
    """Return a parser with `--geodata` and `--seeds`, to which a command line adds its commands."""
    parser = argparse.ArgumentParser(prog=program, description=description)
    parser.add_argument("--geodata", type=Path, default=GEODATA, help="folder of the geodata")
    parser.add_argument("--seeds", type=Path, default=SEEDS, help="folder of the article")
    return parser
