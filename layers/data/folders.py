"""Where the data lies: apart from the atlas, as whoever only asks where it is need not load geopandas."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]  # the checkout, or where the packages are installed
GEODATA, SEEDS = ROOT / "geodata", ROOT / "seeds"
