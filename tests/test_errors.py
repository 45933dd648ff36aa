import inspect
import pickle

import pytest

from booru_nb import errors


def classes() -> list[type[Exception]]:
    found = inspect.getmembers(errors, inspect.isclass)
    return [c for _, c in found if issubclass(c, Exception)]


@pytest.mark.parametrize("cls", classes())
def test_every_error_has_the_one_base(cls: type[Exception]) -> None:
    assert issubclass(cls, errors.BooruError)


@pytest.mark.parametrize("cls", classes())
def test_an_error_comes_whole_from_another_process(cls: type[Exception]) -> None:
    error = pickle.loads(pickle.dumps(cls("It broke.")))  # noqa: S301 - our own

    assert type(error) is cls
    assert str(error) == "It broke."


@pytest.mark.parametrize("cls", classes())
def test_the_drawing_at_the_top_shows_every_error(cls: type[Exception]) -> None:
    assert errors.__doc__ is not None
    assert cls.__name__ in errors.__doc__


@pytest.mark.parametrize(
    ("cls", "builtin"),
    [
        (errors.ArgumentError, ValueError),
        (errors.UnknownSiteError, LookupError),
        (errors.LoopError, RuntimeError),
        (errors.UnreachableError, ConnectionError),
        (errors.NoAnswerInTimeError, TimeoutError),
        (errors.NotFoundError, LookupError),
    ],
)
def test_errors_are_the_builtins_that_people_catch(
    cls: type[Exception], builtin: type[Exception]
) -> None:
    assert issubclass(cls, builtin)


def test_a_cell_shows_the_sentence() -> None:
    shown = errors.FrameError("The column 'id' is missing.")._render_traceback_()

    assert shown == ["FrameError: The column 'id' is missing."]


def test_a_cell_shows_everything_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOORU_NB_DEBUG", "1")
    try:
        raise errors.FrameError("bad")  # noqa: TRY301
    except errors.FrameError as error:
        shown = error._render_traceback_()

    assert shown[0].startswith("Traceback")
