"""What the address asks of the page: what is unknown is named, what is too large is clamped."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from math import isfinite

from layers.style.captions import captions

Value = str | float


@dataclass(frozen=True)
class Limits:
    """The least and the most that a control takes, its first value, and how fine it is."""

    least: float
    most: float
    first: float
    step: float

    def number(self, value: float) -> float:
        """Return a value as the control has it: a whole number where its steps are, else with one decimal."""
        return int(value) if float(self.step).is_integer() else round(float(value), 1)


NUMBERS = {
    "metres": Limits(-5000, 5000, 0, 50),
    "scale": Limits(0.1, 3.0, 1.0, 0.1),
    "seed": Limits(0, 999_999, 1, 1),
    "count": Limits(10, 5000, 1000, 10),
    "correlation": Limits(0.5, 200.0, 10.0, 0.5),
}
OF_DRAWS = ("seed", "count", "correlation")


@dataclass(frozen=True)
class Asked:
    """What an address asks for, by key, and a sentence for each value that is not taken as it stands."""

    values: Mapping[str, Value]
    notices: tuple[str, ...] = field(default=())


def asked(query: Mapping[str, str], lines: Mapping[str, Collection[str]]) -> Asked:
    """Read a query (keys in lower case) against the claims there are and the `lines` each depends on."""
    values: dict[str, Value] = {}
    notices: list[str] = []
    claim = query.get("claim", "").lower()
    if claim in lines:
        values["claim"] = claim
    elif claim:
        notices.append(_unknown("claim", query["claim"]))
    chosen, line = values.get("claim", next(iter(lines))), query.get("line", "").lower()
    if line in lines[str(chosen)]:
        values["line"] = line
    elif line:
        notices.append(_unknown("line", query["line"]))
    for key in NUMBERS.keys() & query.keys():
        _take_number(key, query[key], values, notices)
    return Asked(values, tuple(sorted(notices)))


def as_query(values: Mapping[str, Value], first: Mapping[str, Value]) -> dict[str, str]:
    """Return the query that asks for these values, without those that the page has at first."""
    query = {key: _written(value) for key, value in values.items() if value != first.get(key)}
    if "metres" not in query:
        query.pop("line", None)  # where it stands, it is only one of those that could be moved
    return query


def _take_number(key: str, text: str, values: dict[str, Value], notices: list[str]) -> None:
    limits, texts = NUMBERS[key], captions()["workbench"]["test-the-claims"]["address"]
    try:
        number = float(text.replace("−", "-"))  # noqa: RUF001 - a minus sign, as the page writes it
    except ValueError:
        number = float("nan")
    if not isfinite(number):
        notices.append(texts["no_number"].format(key=key, value=_shown(text)))
        return
    taken = limits.number(min(max(number, limits.least), limits.most))
    if taken != number:
        notices.append(texts["clamped"].format(key=key, value=_shown(text), taken=_written(taken)))
    values[key] = taken


def _unknown(what: str, value: str) -> str:
    texts = captions()["query"]
    name = captions()["workbench"]["test-the-claims"]["address"]["what"][what]
    return str(texts["unknown"].format(what=name, value=_shown(value)))


def _shown(value: str) -> str:
    """Return a value as a notice names it: printable and not too long."""
    longest = captions()["query"]["longest_value"]
    printable = "".join(letter if letter.isprintable() else " " for letter in value)
    return printable if len(printable) <= longest else f"{printable[: longest - 1]}…"


def _written(value: Value) -> str:
    return value if isinstance(value, str) else f"{value:.10g}"
