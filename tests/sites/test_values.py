from datetime import UTC, datetime

import pytest

from booru_nb.sites import values

BASE = "https://booru.example.org/pictures"


@pytest.mark.parametrize(
    "written",
    [
        "2024-03-02T11:46:40Z",
        "2024-03-02T11:46:40",
        "2024-03-02 11:46:40",
        "2024-03-02T06:46:40.000-05:00",
        "Sat Mar 02 06:46:40 -0500 2024",
        "Sat Mar  2 17:16:40 +0530 2024",
        1_709_380_000,
        "1709380000",
        {"json_class": "Time", "s": 1_709_380_000, "n": 5},
    ],
)
def test_every_form_of_a_time_is_the_same_moment(written: object) -> None:
    assert values.moment(written) == datetime(2024, 3, 2, 11, 46, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "yesterday",
        "Sat Foo 02 06:46:40 -0500 2024",
        "Sat Feb 31 06:46:40 -0500 2024",
        "Sat Mar 02 06:46:40 +9999 2024",
        "0001-01-01T00:00:00+23:59",
        10**17,
        True,
        None,
        {"s": "x"},
        ["2024"],
    ],
)
def test_what_is_no_time_is_missing(written: object) -> None:
    assert values.moment(written) is None


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (5, 5),
        ("5", 5),
        (" -5 ", -5),
        (5.0, 5),
        (5.5, None),
        (True, None),
        ("", None),
        ("5a", None),
        (2**70, None),
        (float("nan"), None),
        ("٣", None),
    ],
)
def test_a_whole_number_may_be_text(value: object, number: int | None) -> None:
    assert values.whole(value) == number


def test_what_is_counted_is_not_negative() -> None:
    assert (values.count(-1), values.count("0")) == (None, 0)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("long coat", "long_coat"),
        (" long\u00a0 coat ", "long_coat"),
        ("rain\u000b", "rain"),
        ("su\x1bn\u200b", "sun"),
        ("\ud800", None),
        ("  ", None),
        (5, None),
    ],
)
def test_a_tag_is_one_word(value: object, name: str | None) -> None:
    assert values.tag(value) == name


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("data/1.png", f"{BASE}/data/1.png"),
        ("/data/1.png", "https://booru.example.org/data/1.png"),
        ("//cdn.example.org/1.png", "https://cdn.example.org/1.png"),
        ("https://cdn.example.org/a b.png", "https://cdn.example.org/a%20b.png"),
        ("https://[::1", None),
        ("https://h:99999/1.png", None),
        ("javascript:alert(1)", None),
        ("http:///1.png", None),
        ("https://h/\ud800", None),
        (None, None),
    ],
)
def test_an_address_is_whole_or_missing(value: object, url: str | None) -> None:
    assert values.address(value, base=BASE) == url


@pytest.mark.parametrize(
    ("url", "ext"),
    [
        ("https://h/a.b/1.PNG?x=1.gif", "png"),
        ("1.tar.gz", "gz"),
        ("https://h/1", None),
        ("https://h.org", "org"),
        (None, None),
    ],
)
def test_an_extension_is_that_of_the_file(url: object, ext: str | None) -> None:
    assert values.extension_of(url) == ext


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("  sea   sky ", ("sea", "sky")),
        ("sky\tsea\r\nsky", ("sea", "sky")),
        ("se\x0ba \x01 sky\x00", ("sea", "sky")),
        ("se\u200ba", ("sea",)),
        ("", ()),
        (None, ()),
    ],
)
def test_tags_of_a_text_are_clean(written: object, found: tuple[str, ...]) -> None:
    assert values.words(written) == found
