"""Which part may import which: no circles, not even for typing."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "booru_nb"

# What a part may import of ours. A part that is not named here may import nothing.
ALLOWED: dict[str, set[str]] = {
    "__init__": {"errors", "post", "library", "frames", "accessor", "widgets"},
    "errors": set(),
    "settings": {"errors"},
    "post": {"errors"},
    "background": {"errors"},
    "blocking": {"errors"},
    "appfuture": {"blocking", "errors"},
    "registry": {"appfuture", "background", "blocking", "errors"},
    "loop": {"appfuture", "blocking", "errors", "registry"},
    "guard": {"post"},
    "schemas": {"post"},
    "columns": {"errors", "schemas"},
    "frames": {"columns", "errors", "guard", "post", "schemas"},
    "sites": {"errors", "guard", "post"},
    "http": {"errors", "loop", "settings"},
    "stats": {"columns", "errors", "frames", "guard", "post", "schemas"}
    | {"query", "query.frames", "query.rows"},
    "plots": {"columns", "errors", "schemas", "stats"},
    "search": {"errors", "http", "post", "sites"},
    "query": {"errors", "post"},
    "query.tagtexts": {"query"},
    "query.rows": {
        *("columns", "frames", "guard", "post", "query", "query.tagtexts", "schemas"),
    },
    "query.frames": {"query", "query.rows"},
    "credentials": {"errors", "settings", "sites"},
    "kept": {"post"},
    "store": {"errors", "guard", "kept", "post", "query", "settings"},
    "spreadsheets": set(),
    "portable": {
        *("columns", "errors", "frames", "guard", "kept", "post", "query"),
        *("schemas", "sites", "spreadsheets"),
    },
    "export": {
        *("appfuture", "columns", "errors", "frames", "guard", "http", "loop", "media"),
        *("post", "query", "query.frames", "schemas", "settings"),
        *("spreadsheets", "stats"),
    },
    "arrow": {"errors", "post", "schemas", "settings", "store"},
    "media": {"errors", "http", "loop", "settings"},
    "drawn": {"errors", "settings"},
    "widgets": {
        *("appfuture", "errors", "frames", "guard", "loop", "post", "schemas", "sites")
    },
}
TOP = {"library", "accessor", "cli"}


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        yield ".".join(parts).removesuffix(".__init__"), path


def imports(path: Path) -> set[str]:
    """Return the modules of ours that a file imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    ours = {name.removeprefix("booru_nb.") for name in found if "booru_nb" in name}
    known = dict(modules())
    return {name if name in known else name.rpartition(".")[0] for name in ours} - {""}


def part(module: str) -> str:
    return module if module in ALLOWED else module.partition(".")[0]


@pytest.mark.parametrize(("module", "path"), list(modules()), ids=str)
def test_a_module_imports_only_what_its_layer_may(module: str, path: Path) -> None:
    here = part(module)
    used = {part(name) for name in imports(path)} - {here}

    if here in TOP:
        assert here != "library" or "cli" not in used
    else:
        assert used <= ALLOWED[here], f"{module} imports {used - ALLOWED[here]}"


def test_there_are_no_circles() -> None:
    graph = {module: imports(path) - {module} for module, path in modules()}

    # A package is made of its modules, which must not import it back.
    TopologicalSorter(graph).prepare()


def test_the_grid_knows_no_network() -> None:
    graph = {module: imports(path) for module, path in modules()}
    reached, todo = set[str](), ["widgets.grid"]
    while todo:
        module = todo.pop()
        reached.add(module)
        todo += graph[module] - reached

    network = {"http", "media", "search", "sites", "store"}
    assert not {part(module) for module in reached} & network
