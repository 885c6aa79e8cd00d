"""What a person should know about a recording: each remark's name and its sentence."""

from __future__ import annotations

from typing import Literal

from exercises.sentences import known_again

Remark = Literal["several_faces", "damaged", "dropped", "cut_short", "not_scored"]

SENTENCES: dict[Remark, str] = {
    "several_faces": (
        "More than one face was seen; the one nearest the middle of the picture was measured."
    ),
    "damaged": "Damaged pieces of the file were passed over: {n}.",
    "dropped": "{n} pictures whose time ran backwards were passed over.",
    "cut_short": ("The file ends {seconds} s before it says it does; it may have been cut off."),
    "not_scored": (
        "No exercise was named, so the movement was measured (signals.csv) but not scored. "
        "Say what was done with --exercise, --cues or --programme."
    ),
}
"""As ``score.json`` has it, in English; other languages say it after the remark's name."""


def sentence(remark: Remark, **parts: object) -> str:
    """A remark in words.

    Parameters
    ----------
    remark : str
        Its name.
    **parts : object
        What stands in braces in its sentence.
    """
    return SENTENCES[remark].format(**parts)


def remark_of(said: str) -> tuple[Remark, dict[str, str]] | None:
    """The name of a remark and its parts, from the sentence in ``score.json``.

    Parameters
    ----------
    said : str
        One of ``quality.remarks``.

    Returns
    -------
    tuple of str and dict, or None
        None for a sentence that this version does not say.
    """
    return known_again(said, SENTENCES)
