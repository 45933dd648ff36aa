"""The verb that writes a dataset: to be awaited, and its blocking twin."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar

from booru_nb import loop
from booru_nb.export.layouts import layout
from booru_nb.export.order import Order

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sized
    from os import PathLike

    import pandas as pd

    from booru_nb.export.parts import Format

    class HasAio(Sized, Protocol):
        """A dataset, as far as its blocking methods need it."""

        @property
        def aio(self) -> Aio:
            """The methods to be awaited."""


P = ParamSpec("P")
T = TypeVar("T")


class Aio:
    """What ``ds.aio`` is: the verbs of a dataset that are to be awaited, on any loop.

    Parameters
    ----------
    do : callable
        Does what an order says.
    """

    def __init__(
        self, do: Callable[[Order], Coroutine[Any, Any, pd.DataFrame]]
    ) -> None:
        self._do = do

    def export(  # noqa: PLR0913 - each is an option of its own
        self,
        /,
        to: str | PathLike[str],
        format: str | Format | None = None,  # noqa: A002 - as people say
        *,
        images: bool = True,
        dry_run: bool = False,
        overwrite: bool = False,
        limit_bytes: int | None = None,
        client: Any = None,  # noqa: ANN401 - of an optional package
        progress: bool = True,
        **options: Any,  # noqa: ANN401 - each format has its own
    ) -> Coroutine[Any, Any, pd.DataFrame]:
        """Write the posts that are left, with their originals, for a trainer to read.

        Originals that the library has as files are read there, all others are fetched
        as `Library.download` fetches them, and every picture is decoded once before it
        is written. The dataset is written in shards. A shard that is written is not
        fetched or written again: after the stop button, an error or a crash the same
        call goes on, and a later one fetches only what has changed or failed. What
        tells of the whole (``README.md``, ``manifest.parquet``, ``croissant.json``)
        stands there only when all is done.

        Parameters
        ----------
        to : str or path
            A folder, made where it is new, or an address that fsspec knows.
        format : {"kohya", "imagefolder", "webdataset", "parquet", "csv"}
            How it is laid out.
        images : bool
            Whether originals are written, or what is said of the posts only.
        dry_run : bool
            Whether to tell only what would come of it; nothing is fetched or written.
        overwrite : bool
            Whether another dataset that is in this folder makes way.
        limit_bytes : int, optional
            How large an original may be (default: as for `Library.download`).
        client : distributed.Client, optional
            A cluster that fetches and writes; it needs ``booru-nb[cluster]``, the same
            version wherever the scheduler and the workers run, and a folder that all of
            them see (else an address such as ``s3://…``). All workers together ask a
            site as fast as this machine alone would.
        progress : bool
            Whether a progress bar is shown.
        **options
            Of the format. All have ``shard_size`` (posts a shard), ``columns`` (further
            columns that are told) and ``license``; kohya ``repeats``, ``class_tokens``,
            ``by``, ``resolution``, ``batch_size`` and ``shuffle``; parquet
            ``row_group``; csv ``quote_formulas`` and ``least``.

        Returns
        -------
        DataFrame
            One row a post, split after split (training first), in the order of the
            posts. Posts that are withheld have none. No posts give no rows, and the
            same columns and dtypes. ``attrs["content"]`` is the SHA-256 of all that is
            in the shards.

            ======  ========  ========================================================
            column  dtype     meaning
            ======  ========  ========================================================
            site    str       the site's name here
            id      int64     unique within the site
            path    str       its file below the folder, or the one it is in; or empty
            status  category  `written`, `present` (an earlier run has written it),
                              `skipped` (this format cannot take it) or `failed` (a
                              further run tries it again)
            reason  str       why it is not there; empty where it is
            ======  ========  ========================================================

        Raises
        ------
        ArgumentError
            If the format, its options or another argument cannot be used, or other
            files are in the folder.
        FileError
            If nothing can be written there; `DiskFullError` where there is no room. The
            error has what was committed until then as ``.posts``.

        Examples
        --------
        >>> posts = lib.search("lighthouse", limit=4, progress=False)
        >>> ds = lib.dataset(posts, name="lights").split(train=0.5)
        >>> ds.export(folder, "kohya", progress=False)["status"].unique().tolist()
        ['written']
        >>> ds.export(folder, "kohya", progress=False)["status"].unique().tolist()
        ['present']
        """
        order = Order(
            to=to,
            layout=layout(format, options),
            images=images,
            dry_run=dry_run,
            overwrite=overwrite,
            limit=limit_bytes,
            client=client,
            progress=progress,
        )
        return self._do(order)


def blocking(
    method: Callable[Concatenate[Aio, P], Coroutine[Any, Any, T]],
) -> Callable[Concatenate[HasAio, P], T]:
    """Return the method of a dataset that waits for this one of its `aio`."""

    @functools.wraps(method)
    def plain(self: HasAio, /, *args: P.args, **kwargs: P.kwargs) -> T:
        work = method(self.aio, *args, **kwargs)
        try:
            # The steps run in this thread, where their bars and the stop button are.
            len(self)
        except BaseException:  # whatever ends them, nothing is left that never ran
            work.close()
            raise
        return loop.run(work)

    return plain
