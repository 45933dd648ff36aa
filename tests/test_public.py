import subprocess
import sys

import pytest

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
    heavy = "{'aiohttp', 'httpx', 'starlette', 'pandas', 'PIL', 'anywidget', 'tqdm'}"
    code = f"import sys, booru_nb; print(sorted({heavy} & set(sys.modules)))"

    assert fresh(code) == "[]"


@pytest.mark.parametrize(
    "code",
    [
        "import booru_nb, pandas",
        "import pandas, booru_nb",
        "import booru_nb; from pandas import DataFrame; import pandas",
        "import booru_nb, importlib.util as u; u.find_spec('pandas'); import pandas",
        "import booru_nb; from booru_nb import frames; import pandas",
    ],
)
def test_every_frame_has_the_accessor_whoever_came_first(code: str) -> None:
    told = "type(pandas.DataFrame({'id': [1]}).booru).__name__, len(sys.meta_path)"
    found = fresh(f"import sys; {code}; print({told})")

    usual = fresh("import sys, pandas; print(len(sys.meta_path))")
    assert found == f"BooruAccessor {usual}"


def test_pandas_knows_its_own_loader() -> None:
    told = "print(type(pandas.__loader__), type(pandas.__spec__.loader))"

    assert fresh(f"import booru_nb, pandas; {told}") == fresh(f"import pandas; {told}")


def test_importing_starts_no_thread_and_no_loop() -> None:
    code = "import threading, booru_nb; print(threading.active_count())"

    assert fresh(code) == "1"


def test_demo_stays_a_function_whatever_is_imported() -> None:
    code = "import booru_nb as bn, booru_nb.drawn.serving; print(callable(bn.demo))"

    assert fresh(code) == "True"
