"""How long the demo booru draws: ``python -m tests.benchmarks.drawing``.

Each picture is drawn and encoded; the table gives milliseconds of the drawing thread's
own time a picture, and the sizes of the files. Nothing is read from or written to disk.
"""

from __future__ import annotations

import argparse
import time
from statistics import mean, quantiles

from booru_nb.drawn.pictures.encoding import draw
from booru_nb.drawn.posts.history import DemoPost, posts

VARIANTS = ("original", "sample", "180x180", "360x360", "720x720")


def timed(post: DemoPost, variant: str) -> tuple[float, int]:
    """Return milliseconds and bytes of one drawing."""
    start = time.thread_time()
    size = len(draw(post.scene, variant))
    return (time.thread_time() - start) * 1e3, size


def row(name: str, drawn: list[tuple[float, int]]) -> str:
    """Return a line of the table."""
    times = [ms for ms, _ in drawn]
    cuts = quantiles(times, n=20)
    size = mean(size for _, size in drawn) / 1e3
    figures = (mean(times), cuts[9], cuts[18], max(times))
    return f"{name:12}" + "".join(f"{ms:8.1f}" for ms in figures) + f"{size:8.1f}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--step", type=int, default=4, help="take every n-th post")
    parser.add_argument("--by-place", action="store_true", help="originals by setting")
    options = parser.parse_args()
    chosen = posts()[:: options.step]
    for post in chosen[:5]:
        timed(post, "original")
    print(f"{len(chosen)} posts, milliseconds a picture")
    print(f"{'':12}{'mean':>8}{'p50':>8}{'p95':>8}{'max':>8}{'kB':>8}")
    for variant in VARIANTS:
        print(row(variant, [timed(post, variant) for post in chosen]))
    if options.by_place:
        for setting in sorted({post.scene.setting for post in chosen}):
            some = [post for post in chosen if post.scene.setting == setting]
            print(row(setting, [timed(post, "original") for post in some]))


if __name__ == "__main__":
    main()
