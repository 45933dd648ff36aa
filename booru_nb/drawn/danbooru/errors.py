"""What Danbooru answers when it cannot answer: a status and a JSON object."""

from __future__ import annotations

from starlette.responses import JSONResponse


class Refusal(Exception):  # noqa: N818  # it is an answer, not a failure of this code
    """An answer that says why there is no other one.

    Parameters
    ----------
    status : int
        The HTTP status.
    error : str
        The name of Danbooru's own class of errors.
    message : str
        What people read.
    """

    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.error = error
        self.message = message

    def response(self) -> JSONResponse:
        """Return the answer."""
        return JSONResponse(
            {
                "success": False,
                "error": self.error,
                "message": self.message,
                "backtrace": [],
            },
            status_code=self.status,
        )


def not_found() -> Refusal:
    """Return what is answered for a post, a picture or a name that there is not."""
    return Refusal(404, "ActiveRecord::RecordNotFound", "That record was not found.")


def no_route() -> Refusal:
    """Return what is answered at an address where there is nothing."""
    return Refusal(404, "ActionController::RoutingError", "No such page.")


def no_login() -> Refusal:
    """Return what is answered to a login or an API key that is wrong or alone."""
    return Refusal(401, "SessionLoader::AuthenticationFailure", "Invalid API key.")


def too_far(last: int) -> Refusal:
    """Return what is answered to a page beyond the last that is shown."""
    return Refusal(
        410,
        "PaginationExtension::PaginationError",
        f"You cannot go beyond page {last}.",
    )


def too_many_tags(limit: int) -> Refusal:
    """Return what is answered to a query with too many tags."""
    return Refusal(
        422,
        "PostQuery::TagLimitError",
        f"You cannot search for more than {limit} tags at a time.",
    )


def bad_query(message: str) -> Refusal:
    """Return what is answered to a query that cannot be understood."""
    return Refusal(422, "PostQuery::Error", message)


CAUSES: dict[int, Refusal] = {
    401: no_login(),
    403: Refusal(403, "User::PrivilegeError", "Access denied"),
    404: not_found(),
    410: too_far(1000),
    422: bad_query("An error was asked for."),
    429: Refusal(429, "RateLimiter::RateLimitError", "Rate limit exceeded."),
    500: Refusal(
        500,
        "ActiveRecord::QueryCanceled",
        "The database timed out running your query.",
    ),
    503: Refusal(503, "DownForMaintenance", "The site is down for maintenance."),
}
"""What ``?cause_error=`` makes the server answer."""
