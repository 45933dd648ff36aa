"""How the common trainers and models want their captions.

A preset is a set of options of ``ds.captions``; what is given there beside it replaces
what stands here. The figures are conventions, not standards: change them to what the
model was trained with.

- Counts first, then character, copyright and artist before a mark, what is shuffled
  behind it, and rating, quality and year at the end: the captions of Kohaku and of
  HakuBooru, which made them. sd-scripts keeps what stands before ``|||`` in its place
  (``keep_tokens_separator``).
- NoobAI and Illustrious: counts, character, series, artist, what is special, general.
- Animagine: counts, character, series, then everything else.
- Pony: quality as a score of one to nine, all that a picture reaches, before the rest.
- Prompts escape brackets, which training captions do not.
"""

from __future__ import annotations

from typing import Any

MARK = "|||"
"""What parts the fixed tags of a caption from those that a trainer shuffles."""

PERCENTILES = (95.0, 85.0, 75.0, 50.0, 25.0, 10.0, 0.0)
"""From which percentile of score within a rating on a post has a word of quality."""

QUALITY = (
    *("masterpiece", "best quality", "great quality", "good quality"),
    *("normal quality", "low quality", "worst quality"),
)

PONY = (
    "score_9, score_8_up, score_7_up, score_6_up, score_5_up, score_4_up",
    "score_8_up, score_7_up, score_6_up, score_5_up, score_4_up",
    "score_7_up, score_6_up, score_5_up, score_4_up",
    "score_6_up, score_5_up, score_4_up",
    "score_5_up, score_4_up",
    "score_4_up",
    "",
)

PONY_RATINGS = {
    "general": "rating_safe",
    "sensitive": "rating_safe",
    "questionable": "rating_questionable",
    "explicit": "rating_explicit",
}

RATINGS = {
    "general": "safe",
    "sensitive": "sensitive",
    "questionable": "nsfw",
    "explicit": "explicit, nsfw",
}

PLAIN_RATINGS = {name: name for name in RATINGS}

YEARS = ((2010, "old"), (2014, "early"), (2017, "mid"), (2020, "recent"))
"""The last year of each word; what is younger is the newest."""

NEWEST = "newest"

NOISE = (
    *("*(medium)*", "*commentary*", "bad_*", "*translat*", "*request*", "*mismatch*"),
    *("*revision*", "*audio*", "*video*", "banned_artist", "tagme", "artist_unknown"),
)
"""Tags that say nothing of the picture; ``*`` stands for any characters."""

_KOHAKU = ("count", "character", "copyright", "artist", MARK, "species", "general")
_NOOBAI = ("count", "character", "copyright", "artist", "species", "general")

PRESETS: dict[str, dict[str, Any]] = {
    "plain": {},
    "booru": {"underscores": True, "separator": " ", "order": ("sorted",)},
    "kohya": {"order": (*_KOHAKU, "unknown"), "drop": NOISE},
    "onetrainer": {"order": (*_NOOBAI, "unknown"), "drop": NOISE},
    "kohaku": {
        "order": (*_KOHAKU, "unknown", "meta", "rating", "quality", "year"),
        "drop": NOISE,
    },
    "noobai": {
        "order": (*_NOOBAI, "unknown", "meta", "year", "quality", "rating"),
        "drop": NOISE,
    },
    "illustrious": {
        "order": (*_NOOBAI, "unknown", "meta", "rating", "quality", "year"),
        "drop": NOISE,
    },
    "animagine": {
        "order": (
            *("count", "character", "copyright", "rating", "general", "species"),
            *("unknown", "artist", "quality", "year"),
        ),
        "drop": NOISE,
    },
    "pony": {
        "order": ("quality", "rating", *_NOOBAI, "unknown"),
        "qualities": PONY,
        "ratings": PONY_RATINGS,
        "drop": NOISE,
    },
    "prompt": {"escape": True, "order": (*_NOOBAI, "unknown"), "drop": NOISE},
}
"""The presets by name; ``plain`` is how captions are without one."""
