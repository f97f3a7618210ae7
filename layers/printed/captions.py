"""The words that only the printable map needs: `captions.json`."""

import json
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).resolve().parent / "captions.json"


@cache
def texts() -> dict[str, Any]:
    """Return the captions; some have {gaps} to be filled."""
    return dict(json.loads(_FILE.read_text(encoding="utf-8")))
