"""What is taken for an address of the web: in a setting, on a command line, on a picture."""

import re

PATH = r"(/[A-Za-z0-9._~-]+)*"
_HOST = r"https?://[A-Za-z0-9.-]+(:[0-9]+)?"


def is_web_address(text: str) -> bool:
    """Tell whether a text is the http(s) address of a folder: no query, fragment, blank or quote in it."""
    return bool(re.fullmatch(rf"{_HOST}{PATH}/*", text))


def is_link(text: str) -> bool:
    """Tell whether a text is an http(s) address of anything, in printable ASCII without blanks."""
    return bool(re.fullmatch(rf"{_HOST}([/?#][!-~]*)?", text))
