"""The command ``booru-nb``: a notebook's verbs for a terminal, one module a command.

Nothing heavy is imported before a command is at work, so that ``--help`` comes at once.
"""

from __future__ import annotations

from booru_nb.cli.command import main

__all__ = ["main"]
