"""What Danbooru answers when it cannot answer: a status and a JSON object."""

from __future__ import annotations

from starlette.responses import JSONResponse

from booru_nb.drawn.refusal import Refusal


def refusal(status: int, error: str, message: str) -> Refusal:
    """Return a refusal.

    Parameters
    ----------
    status : int
        The HTTP status.
    error : str
        The name of Danbooru's own class of errors.
    message : str
        What people read.
    """
    said = {"success": False, "error": error, "message": message, "backtrace": []}
    return Refusal(JSONResponse(said, status))


def not_found() -> Refusal:
    """Return what is answered for a post, a picture or a name that there is not."""
    return refusal(404, "ActiveRecord::RecordNotFound", "That record was not found.")


def no_route(status: int = 404) -> Refusal:
    """Return what is answered at an address where there is nothing."""
    return refusal(status, "ActionController::RoutingError", "No such page.")


def no_login() -> Refusal:
    """Return what is answered to a login or an API key that is wrong or alone."""
    return refusal(401, "SessionLoader::AuthenticationFailure", "Invalid API key.")


def no_privilege() -> Refusal:
    """Return what is answered to nobody where a login is needed."""
    return refusal(403, "User::PrivilegeError", "Access denied")


def no_page() -> Refusal:
    """Return what is answered to a page that is none."""
    return refusal(410, "PaginationExtension::PaginationError", "Invalid page number.")


def too_far(last: int) -> Refusal:
    """Return what is answered to a page beyond the last that is shown."""
    return refusal(
        410,
        "PaginationExtension::PaginationError",
        f"You cannot go beyond page {last}.",
    )


def too_many_tags(limit: int) -> Refusal:
    """Return what is answered to a query with too many tags."""
    return refusal(
        422,
        "PostQuery::TagLimitError",
        f"You cannot search for more than {limit} tags at a time.",
    )


def bad_query(message: str) -> Refusal:
    """Return what is answered to a query that cannot be understood."""
    return refusal(422, "PostQuery::Error", message)


CAUSES: dict[int, Refusal] = {
    401: no_login(),
    403: no_privilege(),
    404: not_found(),
    410: too_far(1000),
    422: bad_query("An error was asked for."),
    429: refusal(429, "RateLimiter::RateLimitError", "Rate limit exceeded."),
    500: refusal(
        500,
        "ActiveRecord::QueryCanceled",
        "The database timed out running your query.",
    ),
    503: refusal(503, "DownForMaintenance", "The site is down for maintenance."),
}
"""What ``?cause_error=`` makes the server answer."""
