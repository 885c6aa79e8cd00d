"""The codes of our FHIR bundles, and what each means; they travel in every bundle."""

from __future__ import annotations

from collections.abc import Iterator

from exercises import library
from landmarks.mesh import SKIN_REGIONS
from landmarks.regions import SIDES
from mirrorcoach.records.questionnaires import SCALES

SYSTEM = "urn:mirrorcoach:codes:1"
"""Our own codes, defined by the CodeSystem in every bundle."""

_INTERVAL = "Where that number lies, of a typical repetition; about 90 %."
_QUIET = (*SKIN_REGIONS, "eye")

RESTING = {
    "fissure_left": ("Palpebral fissure, left", "Height of the left lid opening at its middle."),
    "fissure_right": ("Palpebral fissure, right", "Height of the right lid opening at its middle."),
    "fissure_difference": (
        "Palpebral fissure, difference",
        "The left lid opening's height less the right one's.",
    ),
    "commissure_difference": (
        "Corner of the mouth, difference",
        "How much higher the left corner of the mouth lies than the right one.",
    ),
    "brow_difference": (
        "Brow, difference",
        "How much higher the left brow lies than the right one.",
    ),
}
"""What is measured of a face at rest, as ``rest.asymmetry`` in ``score.json`` names it."""

CODES: dict[str, tuple[str, str]] = {
    "practice": ("Practice", "One practice of facial exercises, led by mirrorcoach."),
    "programme": ("Programme", "What was practised."),
    "practised-time": ("Practised time", "How long was practised, in seconds."),
    "usable-share": (
        "Usable share",
        "Share of the camera's pictures that could be measured, 0 to 1.",
    ),
    "felt": ("How the face felt", "What the person said after the practice."),
    "felt-light": ("Light", "The face felt lighter than before."),
    "felt-as_usual": ("As usual", "The face felt as usual."),
    "felt-tired": ("Tired", "The face felt tired."),
    "repetitions": ("Repetitions", "How many repetitions were finished."),
    "repetitions-measurable": (
        "Measurable repetitions",
        "In how many of them the movement of at least one side is known.",
    ),
    **{
        f"excursion-{side}": (
            f"Excursion, {side}",
            f"How far the {side} side of the person moved from its own rest at the hold, in "
            "millimetres; median of the repetitions. Of lids: how much of their opening was "
            "closed.",
        )
        for side in SIDES
    },
    **{f"excursion-{side}-interval": (f"Excursion, {side}, interval", _INTERVAL) for side in SIDES},
    "symmetry": (
        "Symmetry",
        "The smaller side's excursion divided by the larger side's, 0 to 1; median of the "
        "repetitions. It does not say which side moved less.",
    ),
    "symmetry-interval": ("Symmetry, interval", _INTERVAL),
    "score": (
        "Score",
        "0 to 100 for evenness, calm, slowness, steadiness and coming back to rest; never for "
        "size. It is no clinical grade.",
    ),
    **{
        f"quiet-{region}-{side}": (
            f"Moved along: {region.replace('_', ' ')}, {side}",
            "Of a region that should stay quiet in this exercise: "
            + (
                "share of the resting lid opening that was lost; positive: narrower."
                if region == "eye"
                else "how far it moved, in millimetres."
            )
            + " Median of the repetitions.",
        )
        for region in _QUIET
        for side in SIDES
    },
    **{
        f"quiet-{region}-{side}-interval": (
            f"Moved along: {region.replace('_', ' ')}, {side}, interval",
            _INTERVAL,
        )
        for region in _QUIET
        for side in SIDES
    },
    "resting-face": (
        "Resting face",
        "How uneven the face was at rest. Level is the line through both pupils. It does not say "
        "which side is affected.",
    ),
    **{
        f"rest-{name.replace('_', '-')}": (display, f"{definition} In millimetres, at rest.")
        for name, (display, definition) in RESTING.items()
    },
    **{
        f"rest-{name.replace('_', '-')}-interval": (
            f"{display}, interval",
            "Where that number lies; about 90 %.",
        )
        for name, (display, _) in RESTING.items()
    },
    "affected-side": (
        "Side that needs more patience",
        "What the person says of themselves; no diagnosis, and nothing is measured for it.",
    ),
    "side-left": ("Left", "The person's own left side."),
    "side-right": ("Right", "The person's own right side."),
    "side-both": ("Both", "Both sides."),
    "side-unsure": ("Unsure", "The person is not sure."),
    "camera": (
        "Camera and optical flow",
        "How far the skin moved between the person's own resting face and the present picture of "
        "one camera, the head's motion taken off; lids by a face mesh and the picture. "
        "Millimetres come from the width of the iris, 11.7 mm, or from the distance between the "
        "pupils where it was given.",
    ),
    "total-by-hand": ("Noted by hand", "A total that somebody worked out on paper and noted."),
    "surgery": ("Surgery", "Surgery of the face, as the person says."),
    "botulinum_toxin": ("Botulinum toxin", "Botulinum toxin in the face, as the person says."),
}
"""Display and definition of each of our codes, but for exercises and scales."""


def scale_code(scale: str) -> str:
    """The code of a scale's total."""
    return "total-" + scale.casefold().replace(" ", "-")


def concepts() -> Iterator[tuple[str, str, str]]:
    """Code, display and definition of everything that a bundle can name."""
    for code, (display, definition) in CODES.items():
        yield code, display, definition
    for name, words in library.words("en").exercise.items():
        yield name, words.name, f"An exercise. {words.instruction}"
    for scale in SCALES.values():
        better = f"{scale.better} is better"
        yield (
            scale_code(scale.name),
            scale.name,
            f"Total of {scale.name} ({scale.about}), {scale.low:g} to {scale.high:g}; {better}.",
        )
