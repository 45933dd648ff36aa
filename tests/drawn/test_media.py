"""The pictures at their addresses."""

import hashlib
import io
from pathlib import Path

import pytest
from PIL import Image

from booru_nb import drawn
from booru_nb.drawn.app import DemoApp
from booru_nb.drawn.posts.history import posts
from tests.drawn.asking import ask

RESTRICTED = next(post for post in posts() if post.status == "restricted")


def test_the_bytes_have_the_md5_and_size_that_are_stated(app: DemoApp) -> None:
    for row in ask(
        app, "/posts.json", {"tags": "-status:banned", "limit": "12"}
    ).json():
        content = ask(app, row["file_url"]).content

        assert hashlib.md5(content).hexdigest() == row["md5"]  # noqa: S324
        assert len(content) == row["file_size"]


def test_each_variant_is_what_is_stated(app: DemoApp) -> None:
    kinds = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}
    for row in ask(app, "/posts.json", {"tags": "-status:banned", "limit": "4"}).json():
        for variant in row["media_asset"]["variants"]:
            picture = Image.open(io.BytesIO(ask(app, variant["url"]).content))

            assert picture.size == (variant["width"], variant["height"])
            assert picture.format == kinds[variant["file_ext"]]


def test_a_later_app_has_the_pictures_of_an_earlier_one(app: DemoApp) -> None:
    url = ask(app, "/posts/1010.json").json()["file_url"]
    later = drawn.create_app(cache=app.gallery.shelf.folder.parent)

    assert ask(later, url).content == ask(app, url).content


def test_an_address_with_tags_in_it_is_the_same_picture(app: DemoApp) -> None:
    row = ask(app, "/posts/1010.json").json()
    other = row["file_url"].replace(row["md5"], f"__a_cat_by_somebody__{row['md5']}")

    assert ask(app, other).content == ask(app, row["file_url"]).content


@pytest.mark.parametrize(
    "wrong", ["/original/00/00/nothing.jpg", f"/original/00/00/{'0' * 32}.jpg"]
)
def test_a_picture_that_there_is_not(pictures: Path, wrong: str) -> None:
    app = drawn.create_app(cache=pictures, published=5)

    assert ask(app, wrong).status_code == 404


def test_another_ending_is_not_found(app: DemoApp) -> None:
    url = ask(app, "/posts/1010.json").json()["file_url"]

    assert ask(app, url.rpartition(".")[0] + ".webp").status_code == 404


def test_the_picture_of_a_restricted_post_is_not_found(pictures: Path) -> None:
    app = drawn.create_app(cache=pictures, published=3)
    app.booru.change(posts()[1].id, scene=RESTRICTED.scene, status="restricted")
    md5 = app.gallery.facts(RESTRICTED.scene).md5
    kind = "png" if RESTRICTED.scene.style == "pixel_art" else "jpg"

    answer = ask(app, f"/original/{md5[:2]}/{md5[2:4]}/{md5}.{kind}")

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("wanted", "part"),
    [("bytes=0-9", slice(0, 10)), ("bytes=100-", slice(100, None)),
     ("bytes=-7", slice(-7, None)), ("bytes=5-99999999", slice(5, None))],
)  # fmt: skip
def test_a_part_of_a_picture(app: DemoApp, wanted: str, part: slice) -> None:
    url = ask(app, "/posts/1010.json").json()["file_url"]
    whole = ask(app, url).content

    answer = ask(app, url, headers={"Range": wanted})

    assert answer.status_code == 206
    assert answer.content == whole[part]
    assert answer.headers["Content-Range"].endswith(f"/{len(whole)}")


def test_a_part_beyond_the_end(app: DemoApp) -> None:
    url = ask(app, "/posts/1010.json").json()["file_url"]

    assert ask(app, url, headers={"Range": "bytes=99999999-"}).status_code == 416


def test_a_browser_sees_thumbnails_and_escaped_tags(app: DemoApp) -> None:
    overview = ask(app, "/posts", {"tags": '"><script>', "limit": "5"})
    page = ask(app, "/posts/1010")

    assert "<script>" not in overview.text
    assert "<img" in page.text
    assert "Running Danbooru v2" in ask(app, "/").text


def test_a_part_is_of_the_version_that_is_meant(app: DemoApp) -> None:
    url = ask(app, "/posts.json", {"limit": "1"}).json()[0]["preview_file_url"]
    whole = ask(app, url)

    same = {"Range": "bytes=5-", "If-Range": whole.headers["ETag"]}
    other = {"Range": "bytes=5-", "If-Range": '"another"'}

    assert ask(app, url, headers=same).content == whole.content[5:]
    assert ask(app, url, headers=other).content == whole.content
