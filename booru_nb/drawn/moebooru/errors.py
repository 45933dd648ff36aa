"""What Moebooru answers when it cannot answer."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from booru_nb.drawn.refusal import Refusal


def refusal(status: int, reason: str) -> Refusal:
    """Return a refusal with its reason."""
    return Refusal(JSONResponse({"success": False, "reason": reason}, status))


def access_denied() -> Refusal:
    """Return what is answered to a wrong login, or to nobody where one is needed."""
    return refusal(403, "access denied")


def too_many_tags(limit: int) -> Refusal:
    """Return what is answered to a query with too many tags."""
    return refusal(500, f"You can only search up to {limit} tags at once")


def bad_parameter(reason: str) -> Refusal:
    """Return what is answered to a parameter that cannot be."""
    return refusal(424, reason)


def no_number() -> Refusal:
    """Return what is answered to a number that is none: nothing at all."""
    return Refusal(Response("", 400, media_type="text/html"))
