"""What both command lines share: which data they work on."""

import argparse
from pathlib import Path

from layers.data.files import GEODATA, SEEDS


def data_parser(program: str, description: str | None) -> argparse.ArgumentParser:
    """Return a parser with `--geodata` and `--seeds`, to which a command line adds its commands."""
    parser = argparse.ArgumentParser(prog=program, description=description)
    parser.add_argument("--geodata", type=Path, default=GEODATA, help="folder of the geodata")
    parser.add_argument("--seeds", type=Path, default=SEEDS, help="folder of the article")
    return parser
