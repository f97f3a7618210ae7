"""The house as `app → dashboard → layers → geodata`, read from the imports; never back."""

import ast
import graphlib
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from layers.data.folders import ROOT

# The rows of the house from above: a module may import from its own row and from those below.
ORDER = (
    ("app",),
    ("dashboard",),
    ("layers.__main__",),
    (
        "layers.exports",
        "layers.printed",
        "layers.accuracy",
        "layers.comparison",
        "layers.robustness",
        "layers.in_words",
        "layers.presentation",
        "layers.steps",
        "layers.labels",
        "layers.citation",
        "layers.citation_formats",
        "layers.translations",
    ),
    ("layers.translated_atlas",),
    ("layers.atlas",),
    ("layers.features",),
    ("layers.text",),
    ("layers.geometry",),
    ("layers.data",),
    ("layers.style", "layers.language"),
)
OURS = {"app", "dashboard", "layers"}
ONLY_IN = {
    "streamlit": {
        "app",
        "dashboard.memory",
        "dashboard.pages",
        "dashboard.serve",
        "dashboard.sockets",
        "dashboard.streamlit_files",
        "dashboard.uploads",
        "dashboard.workbench",
    },
    "folium": {"dashboard.map_document"},
}


def _imports(path: Path) -> Iterator[str]:
    """Yield the dotted name of every module that a file imports, also within functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


FILES = [ROOT / "app.py", *sorted([*(ROOT / "layers").rglob("*.py"), *(ROOT / "dashboard").rglob("*.py")])]
# What each module imports, by its dotted name.
IMPORTS = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): set(_imports(path))
    for path in FILES
}


def _house(module: str, houses: set[str]) -> str:
    """Return the package of these that a module lies in, or else its own name."""
    return next((house for house in houses if f"{module}.".startswith(f"{house}.")), module)


def _packages(module: str) -> set[str]:
    return {name.partition(".")[0] for name in IMPORTS[module]}


def _row(module: str) -> int | None:
    """Return in which row a module stands, or None if it is not ours."""
    if module == "layers":  # gives out names of the atlas and of the data's problems
        return ORDER.index(("layers.atlas",))
    return next(
        (i for i, row in enumerate(ORDER) for part in row if f"{module}.".startswith(f"{part}.")), None
    )


def _normal(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def test_module_imports_only_what_lies_below_it() -> None:
    imported = [(module, name) for module, names in IMPORTS.items() for name in names]
    rows = {(module, name): (_row(module), _row(name)) for module, name in imported}

    assert [module for module in IMPORTS if _row(module) is None] == []
    assert [pair for pair, (own, other) in rows.items() if other is not None and other < own] == []


def test_no_import_is_relative() -> None:
    assert [module for module, names in IMPORTS.items() if any(name.startswith(".") for name in names)] == []


def test_library_is_known_only_where_it_belongs() -> None:
    known = {
        library: {_house(module, houses) for module in IMPORTS if library in _packages(module)}
        for library, houses in ONLY_IN.items()
    }

    assert known == ONLY_IN


def test_third_party_imports_are_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    distributions = packages_distributions()
    undeclared = []
    for module in IMPORTS:
        declared = {_normal(re.split(r"[<>=!~ \[;]", x)[0]) for x in project["dependencies"]}
        foreign = _packages(module) - OURS - set(sys.stdlib_module_names)
        undeclared += [
            (module, name) for name in foreign if not declared & {_normal(x) for x in distributions[name]}
        ]

    assert undeclared == []


def test_modules_of_layers_import_one_another_without_a_circle() -> None:
    graph = {
        module: {name for name in names if name.startswith("layers.")}
        for module, names in IMPORTS.items()
        if module.startswith("layers.")
    }
    order = list(graphlib.TopologicalSorter(graph).static_order())

    assert (
        order.index("layers.data.problems")
        < order.index("layers.atlas")
        < order.index("layers.exports.geojson")
    )
