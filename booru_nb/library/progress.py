"""The bar that long work shows under its cell."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


class Silence:
    """A bar that shows nothing."""

    total: float | None = None

    def update(self, _count: float = 1) -> None:
        """Show nothing."""

    def refresh(self) -> None:
        """Show nothing."""

    def set_postfix_str(self, _text: str, refresh: bool = True) -> None:  # noqa: FBT001, FBT002  as tqdm has it
        """Show nothing."""

    def write(self, _line: str) -> None:
        """Show nothing."""


@contextmanager
def bar(
    total: int | None, *, doing: str, show: bool, unit: str = "posts"
) -> Iterator[Any]:
    """Show how many posts have come, while the block runs.

    Parameters
    ----------
    total : int or None
        How many may come, where that is known.
    doing : str
        What is being done, such as ``danbooru``.
    show : bool
        Whether there is to be a bar.
    unit : str
        What is counted, where it is not posts.

    Yields
    ------
    tqdm or Silence
        With ``update(count)`` and a ``total`` that may be set later.
    """
    if not show:
        yield Silence()
        return
    # tqdm chooses between a widget and text when it is imported.
    from tqdm.auto import tqdm  # noqa: PLC0415

    with tqdm(total=total, desc=doing, unit=f" {unit}", leave=False) as shown:
        yield shown


def tell(line: str, *, show: bool) -> None:
    """Write a line under the cell, beside any bar, unless nothing is to be shown."""
    if show:
        from tqdm.auto import tqdm  # noqa: PLC0415

        tqdm.write(line)
