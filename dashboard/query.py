"""What the query of an address says: case does not matter, and of a repeated key the last counts."""

from collections.abc import Collection, Iterable, Mapping
from functools import partial

from starlette.requests import Request

from layers.data.problems import RequestError, UnknownChoiceError
from layers.language.speaking import SPOKEN
from layers.style.captions import captions

UI = "ui"
_AS_WRITTEN = ("title",)  # all other values are ids, dates, numbers
# What other sites and scripts add to an address; `v` is the version of the data that a link names.
_TOLERATED = ("_", "v", "fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "ref")
_TOLERATED_START = "utm_"


class NoSuchAddressError(UnknownChoiceError):
    """There is nothing at an address: its path names a format or file that there is not."""


class NothingThereError(RequestError):
    """There is nothing at an address, and too much elsewhere to name it all."""


def last_values(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the last value of each key, the keys in lower case."""
    return {key.lower(): value for key, value in pairs}


def asked_of(request: Request) -> dict[str, str]:
    """Return the values of a query by key, both in lower case but for free text."""
    values = last_values(request.query_params.multi_items())
    return {key: value if key in _AS_WRITTEN else value.lower() for key, value in values.items()}


def without_added(asked: Mapping[str, str]) -> dict[str, str]:
    """Return a query without what others add to any address."""
    return {k: v for k, v in asked.items() if k not in _TOLERATED and not k.startswith(_TOLERATED_START)}


def refuse_unknown(asked: Mapping[str, str], known: Collection[str]) -> None:
    """Raise RequestError if a query has a key that is not known, nor added by others, or such a language."""
    refuse_unknown_language(asked)
    for key in without_added(asked):
        if not known:
            raise RequestError(partial(_no_key, key[:60]))
        if key not in known:
            raise UnknownChoiceError("key", key, known)


def refuse_unknown_language(asked: Mapping[str, str]) -> None:
    """Raise RequestError if a query asks for data in a language that we don't speak."""
    if (language := asked.get(UI)) and language.lower() not in SPOKEN:
        raise UnknownChoiceError(UI, language, SPOKEN)


def _no_key(key: str) -> str:
    return str(captions()["errors"]["no_key"].format(key=key))
