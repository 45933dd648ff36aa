"""What a request asks of Danbooru: who asks, and which page of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse

from booru_nb.drawn.asking import pair, whole
from booru_nb.drawn.danbooru.errors import CAUSES, no_login, no_privilege
from booru_nb.drawn.danbooru.paging import MOST_ROWS, USUAL
from booru_nb.drawn.queries.paging import page_of_rows

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from booru_nb.drawn.options import Options


def check(request: Request, options: Options) -> None:
    """Refuse a login that is not whole or not known, and what asks to be refused.

    Parameters
    ----------
    request : Request
        With ``login`` and ``api_key``, or HTTP Basic, or neither; ``cause_error=429``
        has that error answered.
    options : Options
        Have the API key of each login, and say whether one is needed.

    Raises
    ------
    Refusal
        What is to be answered then.
    """
    asked = request.query_params.get("cause_error", "")
    if asked.isdecimal() and int(asked) in CAUSES:
        raise CAUSES[int(asked)]
    try:
        login, key = pair(request, "login", "api_key")
    except ValueError:
        raise no_login() from None
    if (login or key) and options.accounts.get(login) != key:
        raise no_login()
    if options.login_needed and not login:
        raise no_privilege()


def rows(request: Request, found: list[dict[str, Any]]) -> Response:
    """Answer with the page of rows that is asked for."""
    params = request.query_params
    limit = whole(params.get("limit"), USUAL, MOST_ROWS)
    return JSONResponse(page_of_rows(found, params.get("page", "1"), limit))
