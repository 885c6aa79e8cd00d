"""Puts a report together from what is kept."""

from __future__ import annotations

from collections.abc import Sequence

from mirrorcoach.records.practices import PracticeRecord
from mirrorcoach.records.report import (
    about,
    amounts,
    faces,
    headings,
    movements,
    questionnaires,
    summary,
    typical,
    weeks,
)
from mirrorcoach.records.report.content import Face, Report, Typical
from mirrorcoach.records.report.courses import Course, Courses
from mirrorcoach.records.report.material import Material
from mirrorcoach.records.report.speech import Speech


def compose(material: Material, language: str) -> Report:
    """Say everything that is known.

    Parameters
    ----------
    material : Material
        With at least one practice.
    language : str
        Code of a language that there are words for.
    """
    first = (*material.earlier, *material.practices)[0]
    say = Speech(language, first.day if material.anonymous else None)
    known = Courses((*material.earlier, *material.practices))
    rows = known.evenness()
    main = rows[0] if rows else None
    several = material.dated and material.first_day != material.last_day
    dose, dose_sentences = amounts.dose(material, say)
    quality, quality_sentences = amounts.quality(material, say)
    compared = () if main is None else known.comparable(main.exercise)
    shown = _faces(material, compared, main, say)
    traces = typical.typical(material, known, say)
    return Report(
        language=language,
        head=about.head(material, say),
        title=summary.title(material, say),
        subtitle=summary.subtitle(material, say),
        who=about.who(material, say),
        headline=summary.headline(main, material, say),
        sentence=summary.sentence(main, known, say),
        also=summary.also(rows[1:], say),
        main_title="" if main is None else say("main_title", exercise=say.exercise(main.exercise)),
        main=movements.main_figure(main, material, say) if main and main.days > 1 else None,
        faces_title=_faces_title(shown, say),
        faces=shown,
        facts=summary.facts(material, known, rows, say) if rows else (),
        movements_sentence=say("movements_sentence" if material.dated else "movements_now"),
        movements=movements.movements(material, rows, say),
        along=movements.along(material, known, say),
        calendar=weeks.calendar(material, say) if several else (),
        calendar_sentence=weeks.calendar_sentence(material, say),
        calendar_table=weeks.calendar_table(material, say) if several else None,
        notes=about.notes(material, say),
        notes_remark=say.count("notes_left_out", material.left_out_notes)
        if material.left_out_notes
        else "",
        method=about.method(material, say),
        headings=headings.headings(known, rows, say),
        courses=traces,
        courses_sentence=_traces_sentence(traces, say),
        dose=dose,
        dose_sentences=dose_sentences,
        quality=quality,
        quality_sentences=quality_sentences,
        unmeasured=amounts.unmeasured(material, say),
        questionnaires=questionnaires.questionnaires(material.totals, say),
        evidence=about.evidence(material, known, say),
        evidence_sentence=say("evidence_sentence"),
        definitions=about.definitions(say),
        provenance=about.provenance(material, say),
        aid=say.aid,
    )


def _faces(
    material: Material, known: Sequence[PracticeRecord], main: Course | None, say: Speech
) -> tuple[Face, ...]:
    """Then and now: photographs if there are any, else the person's own contours."""
    if material.pictures is not None:
        return tuple(
            Face(
                label=say("picture_on", when=say(when), day=say.day(one.day)),
                picture=one,
                alt=say("picture_alt", when=say(when), day=say.day(one.day)),
            )
            for when, one in zip(("first_day", "now"), material.pictures, strict=True)
        )
    if main is None:
        return ()
    ends: Sequence[tuple[str, Sequence[int]]] = (
        ("first_day", [one.number for one in known]),
        ("now", [one.number for one in reversed(known)]),
    )
    found = []
    for when, numbers in ends:
        for number in numbers[:LOOKED_AT]:
            own = [one for one in material.outlines(number) if one.exercise == main.exercise]
            if own:
                found.append((when, number, own[0]))
                break
    if len({number for _, number, _ in found}) < 2:
        found = found[-1:]
    if not found:
        return ()
    frame = faces.frame_of([outline for _, _, outline in found])
    name = say.exercise(main.exercise)
    return tuple(
        Face(
            label=say(when) if len(found) > 1 else name,
            drawing=faces.contour_drawing(
                f"contour-{when.replace('_', '-')}",
                outline,
                frame,
                say("contour_title", exercise=name, when=say(when)),
                say("contour_description"),
            ),
        )
        for when, _, outline in found
    )


LOOKED_AT = 12
"""Contours are looked for in so many of the first practices, and of the last."""


def _traces_sentence(traces: Sequence[Typical], say: Speech) -> str:
    if not traces:
        return say("traces_none")
    several = any(len(one.drawings) > 1 for one in traces)
    return say("traces_sentence" if several else "traces_sentence_alone")


def _faces_title(shown: Sequence[Face], say: Speech) -> str:
    if not shown:
        return ""
    if shown[0].picture is not None:
        return say("pictures_title")
    return say("contours_title" if len(shown) > 1 else "contour_one")
