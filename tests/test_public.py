import subprocess
import sys

import booru_nb as bn


def test_the_public_names_are_sorted_and_there() -> None:
    assert sorted(bn.__all__) == list(bn.__all__)
    assert all(hasattr(bn, name) for name in bn.__all__)
    assert len(bn.__all__) <= 12


def fresh(code: str) -> str:
    """Return what a new interpreter prints."""
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return result.stdout.strip()


def test_importing_loads_nothing_heavy() -> None:
    heavy = "{'aiohttp', 'httpx', 'starlette', 'uvicorn', 'PIL', 'anywidget', 'tqdm'}"
    code = f"import sys, booru_nb; print(sorted({heavy} & set(sys.modules)))"

    assert fresh(code) == "[]"


def test_importing_starts_no_thread_and_no_loop() -> None:
    code = "import threading, booru_nb; print(threading.active_count())"

    assert fresh(code) == "1"


def test_demo_stays_a_function_whatever_is_imported() -> None:
    code = "import booru_nb as bn, booru_nb.drawn.serving; print(callable(bn.demo))"

    assert fresh(code) == "True"
