"""An answer that says why there is no other one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.responses import Response


class Refusal(Exception):  # noqa: N818  # it is an answer, not a failure of this code
    """What is answered instead of what was asked for.

    Parameters
    ----------
    response : Response
        The answer, in the words of the dialect.
    """

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response
