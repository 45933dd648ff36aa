"""What the widgets ask of a library."""

from __future__ import annotations


