"""The same picture asked for in other ways: as an address of the server, and as a command."""

import shlex
from collections.abc import Mapping
from urllib.parse import urlencode

_FLAGS = {"uncertainty": "--uncertainty", "dark": "--dark", "qr": "--qr"}
_OFF = {"key": "--no-key"}


def picture_query(asked: Mapping[str, str]) -> str:
    """Return what is asked of a picture as the query of its address."""
    return urlencode(asked, safe="/,")


def picture_command(asked: Mapping[str, str], file: str, address: str = "") -> str:
    """Return the command that writes what is asked of a picture to a file, as a shell takes it."""
    words = ["python", "-m", "layers", "picture", file]
    for key, value in {**asked, "address": address}.items():
        if key in _FLAGS:
            words += [_FLAGS[key]] if value == "1" else []
        elif key in _OFF:
            words += [_OFF[key]] if value == "0" else []
        elif value or key == "layers":
            words.append(f"--{key}={value}")  # a value may begin with a dash, or be empty
    return shlex.join(words)
