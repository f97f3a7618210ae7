"""The house as `app → dashboard → layers → geodata`, read from the imports; never back."""

import ast
import graphlib
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from layers.data.files import ROOT

MODULES = {
    path.relative_to(ROOT).as_posix(): path
    for folder in ("layers", "dashboard")
    for path in sorted((ROOT / folder).rglob("*.py"))
} | {"app.py": ROOT / "app.py"}
DISTRIBUTIONS = packages_distributions()
OURS = {"app", "dashboard", "layers"}
MAY_IMPORT = {"layers": {"layers"}, "dashboard": {"layers", "dashboard"}, "app.py": {"dashboard", "layers"}}
ONLY_IN = {
    "streamlit": {"app.py", "dashboard/page.py", "dashboard/bridge.py"},
    "folium": {"dashboard/map_document.py", "dashboard/templating.py"},
}

each_module = pytest.mark.parametrize("module", MODULES)


def _imports(path: Path) -> Iterator[str]:
    """Yield the dotted name of every module that a file imports, also within functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"a relative import in {path}"
            yield node.module or ""


def _packages(module: str) -> set[str]:
    return {name.partition(".")[0] for name in _imports(MODULES[module])}


def _normal(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def _declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {_normal(re.split(r"[<>=!~ \[;]", line)[0]) for line in project["dependencies"]}


@each_module
def test_module_imports_only_what_lies_below_it(module: str) -> None:
    assert _packages(module) & OURS <= MAY_IMPORT[module.partition("/")[0]]


@pytest.mark.parametrize("library", ONLY_IN)
def test_library_is_known_only_where_it_belongs(library: str) -> None:
    assert {module for module in MODULES if library in _packages(module)} == ONLY_IN[library]


@each_module
def test_third_party_imports_are_declared(module: str) -> None:
    foreign = _packages(module) - OURS - set(sys.stdlib_module_names)
    undeclared = {
        name for name in foreign if not {_normal(each) for each in DISTRIBUTIONS[name]} & _declared()
    }

    assert undeclared == set()


def test_modules_of_layers_import_one_another_without_a_circle() -> None:
    graph = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): {
            name for name in _imports(path) if name.startswith("layers.")
        }
        for path in (ROOT / "layers").rglob("*.py")
        if path != ROOT / "layers" / "__init__.py"
    }
    order = list(graphlib.TopologicalSorter(graph).static_order())

    assert set(order) == set(graph)
    assert (
        order.index("layers.data.problems")
        < order.index("layers.atlas")
        < order.index("layers.exports.geojson")
    )
