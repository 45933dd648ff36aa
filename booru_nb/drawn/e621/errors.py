"""What e621 answers when it cannot answer: JSON of two shapes."""

from __future__ import annotations

from starlette.responses import JSONResponse

from booru_nb.drawn.refusal import Refusal


def refusal(status: int, message: str) -> Refusal:
    """Return the refusal of what was asked for, with a message."""
    return Refusal(
        JSONResponse({"success": False, "message": message, "code": None}, status)
    )


def unavailable(status: int, reason: str) -> Refusal:
    """Return the refusal of what there is not, or not for everybody, with a reason."""
    return Refusal(JSONResponse({"success": False, "reason": reason}, status))


def not_found() -> Refusal:
    """Return what is answered for a post or a page that there is not."""
    return unavailable(404, "not found")


def no_login() -> Refusal:
    """Return what is answered to a login that is wrong."""
    return refusal(401, "Invalid API key or user name.")


def no_privilege() -> Refusal:
    """Return what is answered to nobody where a login is needed."""
    return unavailable(403, "Access Denied: You must be logged in.")


def too_far(last: int) -> Refusal:
    """Return what is answered to a page beyond the last that is shown."""
    return refusal(
        410,
        f"You cannot go beyond page {last}. Please narrow your search terms.",
    )


def no_page() -> Refusal:
    """Return what is answered to a page that is none."""
    return refusal(410, "Invalid page number.")


def too_large(most: int) -> Refusal:
    """Return what is answered to a limit that is none."""
    return refusal(410, f"Limit must be between 0 and {most}.")


def too_many_tags(limit: int) -> Refusal:
    """Return what is answered to a query with too many tags."""
    return refusal(422, f"You cannot search for more than {limit} tags at a time.")
