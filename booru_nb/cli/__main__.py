"""``python -m booru_nb.cli``."""

from __future__ import annotations

import sys

from booru_nb.cli.command import main

if __name__ == "__main__":
    sys.exit(main())
