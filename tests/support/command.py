"""The command, in this process and in one of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from booru_nb import cli

if TYPE_CHECKING:
    import pytest

ITSELF = [sys.executable, "-m", "booru_nb.cli"]


def command(*arguments: object, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [*ITSELF, *map(str, arguments)],
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def said(capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 0) -> Any:
    """Run the command here, and return the JSON that it prints."""
    assert cli.main([*map(str, arguments)]) == code
    return json.loads(capsys.readouterr().out)
