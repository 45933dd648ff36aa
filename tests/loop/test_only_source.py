"""Nothing but the registry makes, runs or finds an event loop."""

import ast
from pathlib import Path

import pytest

import booru_nb

PACKAGE = Path(booru_nb.__file__).parent
REGISTRY = {"loop.py", "registry.py", "appfuture.py", "blocking.py", "background.py"}
LOOPS = {
    "run",
    "Runner",
    "new_event_loop",
    "get_event_loop",
    "set_event_loop",
    "run_coroutine_threadsafe",
}
MODULES = [path for path in PACKAGE.rglob("*.py") if path.name not in REGISTRY]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_a_module_leaves_loops_to_the_registry(path: Path) -> None:
    used = {
        node.attr
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "asyncio"
    }

    assert used.isdisjoint(LOOPS)
