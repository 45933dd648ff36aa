import re
from collections import Counter

import pytest

from booru_nb.widgets import modules

NAMES = sorted(path.name for path in modules.STATIC.glob("*.js"))


@pytest.mark.parametrize("name", NAMES)
def test_a_joined_module_imports_nothing(name: str) -> None:
    assert not re.findall(r"^import ", modules.joined(name), re.MULTILINE)


@pytest.mark.parametrize("name", NAMES)
def test_no_name_is_given_twice(name: str) -> None:
    text = modules.joined(name)
    given = re.findall(r"^(?:class|function|const|let) (\w+)", text, re.MULTILINE)

    assert [name for name, times in Counter(given).items() if times > 1] == []


def test_a_module_comes_after_what_it_imports() -> None:
    text = modules.joined("grid.js")

    assert text.index("class Cell ") < text.index("class Stage ")
    assert text.count("export default") == 1
