"""How a site wants to be asked: its pace, its limits, and what is allowed there."""

from __future__ import annotations

from dataclasses import dataclass, field

from booru_nb.errors import ArgumentError


@dataclass(frozen=True, slots=True)
class Policy:
    """How requests to a site behave.

    Attributes
    ----------
    rate : float or None
        Requests a second to each host, evenly spaced; None for no pacing at all.
    connections : int
        Requests to one host that may be under way at once.
    allow_private : bool
        Whether one host may have a private address.
    private_host : str or None
        Which one; None is the host of the request.
    referer : str or None
        The ``Referer`` that the site's files ask for.
    user : str or None
        The user's name on the site, for sites that want it in the ``User-Agent``.
    timeout : float
        Seconds without a sign of life after which an answer is given up.
    retries : int
        Further attempts after an answer that may be better next time (408, 425, 429,
        5xx) and after a connection that broke.
    backoff : float
        Seconds that the first pause before a further attempt may last; each later one
        may be twice as long. The pause itself is drawn at random from zero up.
    max_bytes : int
        Bytes that an answer may have after decompression.

    Raises
    ------
    ArgumentError
        If with these numbers no request could ever be sent.
    """

    rate: float | None = 1.0
    connections: int = 8
    allow_private: bool = False
    private_host: str | None = None
    referer: str | None = None
    user: str | None = field(default=None, repr=False)
    timeout: float = 20.0
    retries: int = 4
    backoff: float = 0.5
    max_bytes: int = 16 * 2**20

    def __post_init__(self) -> None:
        """Refuse what would wait for ever."""
        for name in ("rate", "connections", "timeout", "max_bytes"):
            value = getattr(self, name)
            # Written so that a number that is none is refused, too.
            if value is not None and not value > 0:
                raise ArgumentError(f"{name} must be larger than 0, not {value!r}.")
        if self.retries < 0 or not self.backoff >= 0:
            raise ArgumentError("retries and backoff must not be less than 0.")
