"""The verbs about logins."""

from __future__ import annotations

import getpass
import warnings
from typing import TYPE_CHECKING

from booru_nb.credentials import login_for, understood
from booru_nb.errors import ArgumentError
from booru_nb.library.verbs import Verbs

if TYPE_CHECKING:
    from booru_nb.sites import Site


class Logins(Verbs):
    """Who asks the sites."""

    def login(self, site: str, user: str | None = None, key: str | None = None) -> None:
        """Set who asks a site, from now on and in later sessions.

        The key goes into the system's keyring (``pip install booru-nb[keyring]``), or
        where there is none into a file of its own that only you may read. It is in no
        notebook, message or library file. ``lib.test_site(…)`` tells whether it works.

        =========================  ===================================================
        engine                     what it wants
        =========================  ===================================================
        danbooru, e621, moebooru   your user name, and an API key
        gelbooru, gelbooru02       your user number, and an API key; the line
                                   ``&api_key=…&user_id=…`` that they show will do
        szurubooru                 your user name, and a login token
        philomena, shimmie2        an API key
        =========================  ===================================================

        Instead of this, the environment may have ``BOORU_NB_<SITE>_USER`` and
        ``BOORU_NB_<SITE>_KEY``, with the site's name in capitals and ``_`` for what is
        no letter or digit.

        Parameters
        ----------
        site : str
            A site's name here.
        user : str, optional
            What the site knows you by; asked for where it is needed.
        key : str, optional
            The key (default: it is asked for, and not shown while you type).

        Raises
        ------
        UnknownSiteError
            If no site has this name.
        ArgumentError
            If something is missing, or of the wrong form.

        Examples
        --------
        >>> lib.login("demo", user="heron", key="not-a-real-key")
        >>> lib.sites().set_index("site").loc["demo", "login"].item()
        True
        """
        target = self._state.site(site, logged_in=False)
        if key is None:
            page = f"{target.url}{target.key_page}"
            key = _ask(f"Key of {site} (see {page}): ", site, secret=True)
        user, key = understood(user, key)
        if user is None and target.user_word is not None:
            user = _ask(f"Your {target.user_word} at {site}: ", site, secret=False)
        self._state.credentials.keep(target, login_for(target, user, key))

    def logout(self, site: str) -> None:
        """Forget who asks a site.

        Parameters
        ----------
        site : str
            A site's name here.

        Raises
        ------
        UnknownSiteError
            If no site has this name.
        ArgumentError
            If the login comes from the environment.

        Examples
        --------
        >>> lib.login("demo", user="heron", key="not-a-real-key")
        >>> lib.logout("demo")
        >>> lib.sites().set_index("site").loc["demo", "login"].item()
        False
        """
        target: Site = self._state.site(site, logged_in=False)
        self._state.credentials.forget(target)


def _ask(prompt: str, site: str, *, secret: bool) -> str:
    """Ask the user, without showing what is typed where it is secret."""
    try:
        with warnings.catch_warnings():
            # It would go on, and show the key.
            warnings.simplefilter("error", getpass.GetPassWarning)
            return getpass.getpass(prompt) if secret else input(prompt)
    except (EOFError, NotImplementedError, getpass.GetPassWarning):
        raise ArgumentError(
            f"Nobody can be asked here. Name both: lib.login({site!r}, user='…', "
            "key=os.environ['…'])."
        ) from None
