"""Which language the interface speaks just now: set for a request, a page or a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

ENGLISH = "en"
SPOKEN = (ENGLISH, "az", "hy", "ru")  # English first: the words in the code and the data are English
_current: ContextVar[str] = ContextVar("language of the interface", default=ENGLISH)


def spoken() -> str:
    """Return the code of the language that the interface speaks."""
    return _current.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language of `SPOKEN` for a while. Raises ValueError for any other."""
    if language not in SPOKEN:
        raise ValueError(f"the interface speaks {', '.join(SPOKEN)}, not {language!r}")
    before = _current.set(language)
    try:
        yield
    finally:
        _current.reset(before)
