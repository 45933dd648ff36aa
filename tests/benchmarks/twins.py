"""Perceptual hashes against imagehash, and banded search against all pairs.

Run from the top level, on a machine that does nothing else (`pip install imagehash`)::

    python -m tests.benchmarks.twins
"""

from __future__ import annotations

import io
import sys
import time
from functools import partial
from statistics import mean
from typing import TYPE_CHECKING, Any

import imagehash
import numpy as np
from PIL import Image

from booru_nb.export.clusters import Hashes, near, pairs
from booru_nb.export.perceptual import hashes

if TYPE_CHECKING:
    from collections.abc import Callable

DISTANCE = 3
COUNT = 100_000
ROUNDS = 7
# Sides, quality and number: what sites call previews, samples and originals.
KINDS = {
    "previews of 250 px": (250, 188, 85, 200),
    "previews of 180 px": (180, 135, 80, 200),
    "originals of 1,400 px": (1400, 1000, 85, 10),
}


def main() -> None:
    """Print each figure with its target; the exit code says whether all have held."""
    held = [against_imagehash(name, *kind) for name, kind in KINDS.items()]
    few, many = drawn(COUNT), drawn(10 * COUNT)
    ours = timed(lambda: near(few, distance=DISTANCE))
    more = timed(lambda: near(many, distance=DISTANCE))
    start = time.perf_counter()
    count = all_pairs(few)
    theirs = time.perf_counter() - start
    assert count == len(pairs(few, distance=DISTANCE)[0])
    print(f"{count:,} pairs: all compared {theirs:.2f} s, banded {ours:.4f} s")
    print(f"ten times as many hashes: {more:.4f} s")
    held.append(tell("all pairs in numpy / banded search", theirs / ours, "≥", 100))
    held.append(tell("1,000,000 hashes / 100,000", more / ours, "≤", 25))
    for name, hard in degenerate().items():
        took = timed(partial(near, hard, distance=DISTANCE))
        print(f"{name:<48}{took:9.4f} s")
    sys.exit(not all(held))


def against_imagehash(
    name: str, width: int, height: int, quality: int, count: int
) -> bool:
    """Hash the same files with both; each time is the least of some rounds."""
    files = [picture(width, height, quality, seed) for seed in range(count)]
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(once(lambda: hashes(files)))
        theirs.append(once(lambda: [reference(data) for data in files]))
    found = hashes(files).tolist()
    both = zip(found, map(reference, files), strict=True)
    off = [(one ^ int(str(other), 16)).bit_count() for one, other in both]
    each = min(ours) / count * 1e3
    print(f"{name}: {each:.3f} ms, {mean(off):.2f} bits off, at most {max(off)}")
    return tell(f"{name} / imagehash", min(ours) / min(theirs), "≤", 0.25)


def reference(data: bytes) -> imagehash.ImageHash:
    """Return imagehash's own."""
    with Image.open(io.BytesIO(data)) as opened:
        return imagehash.phash(opened)


def picture(width: int, height: int, quality: int, seed: int) -> bytes:
    """Return a JPEG file of coloured clouds and grain."""
    source = np.random.default_rng(seed)
    colours = source.integers(0, 255, (6, 8, 3), dtype=np.uint8)
    clouds = Image.fromarray(colours).resize((width, height), Image.Resampling.BICUBIC)
    grain = source.integers(-6, 6, (height, width, 1))
    grainy = np.clip(np.asarray(clouds).astype(int) + grain, 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(grainy).save(out, "JPEG", quality=quality)
    return out.getvalue()


def drawn(count: int) -> Hashes:
    """Return hashes of which every fifth is another with up to four bits changed."""
    source = np.random.default_rng(count)
    found = source.integers(0, 2**64, count, dtype=np.uint64)
    twins = found[: count // 5].copy()
    for _ in range(4):
        twins ^= np.uint64(1) << source.integers(0, 64, len(twins), dtype=np.uint64)
    found[-len(twins) :] = twins
    return source.permutation(found)


def degenerate() -> dict[str, Hashes]:
    """Return hashes that make a careless search quadratic."""
    source = np.random.default_rng(0)
    low = source.integers(0, 2**24, COUNT, dtype=np.uint64)
    return {
        "100,000 equal hashes": np.zeros(COUNT, np.uint64),
        "100,000 that differ in 24 bits only": low,
        "100,000 of which half share 48 bits": np.concatenate(
            [low[: COUNT // 2] & np.uint64(0xFFFF), drawn(COUNT // 2)]
        ),
    }


def all_pairs(values: Hashes) -> int:
    """Return how many pairs are near, with every pair compared."""
    count = 0
    for place in range(len(values) - 1):
        apart = np.bitwise_count(values[place + 1 :] ^ values[place])
        count += int(np.count_nonzero((apart <= DISTANCE) & (apart > 0)))
    return count


def once(work: Callable[[], Any]) -> float:
    """Return the time of a call, in seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def timed(work: Callable[[], Any]) -> float:
    """Return the least time of some calls, in seconds."""
    work()
    return min(once(work) for _ in range(ROUNDS))


def tell(what: str, figure: float, sign: str, target: float) -> bool:
    """Print a figure beside its target, and return whether it has held."""
    good = figure <= target if sign == "≤" else figure >= target
    print(
        f"{what:<48}{figure:9.2f}   {sign} {target:<6g} {'held' if good else 'MISSED'}"
    )
    return good


if __name__ == "__main__":
    main()
