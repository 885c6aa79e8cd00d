"""Practices, as the store keeps them: each finished repetition is committed as it ends."""

from __future__ import annotations

import gc
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    ScalarSelect,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)

from exercises.schema import Question
from exercises.score import VERSION as SCORING
from mirrorcoach.records.packed import pack_outline, pack_trace, unpack_outline, unpack_trace
from mirrorcoach.records.practices import Answer, Felt, Outline, PracticeRecord, Trace
from mirrorcoach.records.tables import ANSWER, OUTLINE, PERSON, PRACTICE, REPETITION, TRACE
from mirrorcoach.records.transactions import Transactions, added, now, utc_text


class PracticesKept(Transactions):
    """The practices of a store."""

    # -- a practice as it goes on -------------------------------------------------------------

    def begin(
        self, programme: str, provenance: Mapping[str, Any], started_at: datetime | None = None
    ) -> int:
        """Begin a practice session.

        Parameters
        ----------
        programme : str
            Its id.
        provenance : mapping
            Versions of everything that a number depends on.
        started_at : datetime, optional
            When it began, with a time zone; now unless given.

        Returns
        -------
        int
            Its number, for `keep` and all that follows.
        """
        with self._writing() as connection:
            return added(
                connection,
                PRACTICE,
                person_id=self._somebody(connection),
                started_at=utc_text(started_at or now()),
                programme=programme,
                provenance=_json({**provenance, "scoring": SCORING}),
            )

    def keep(
        self, practice: int, repetition: Mapping[str, Any], trace: Trace | None = None
    ) -> None:
        """Keep a finished repetition for good; on return it is on the disk.

        Parameters
        ----------
        practice : int
            From `begin`.
        repetition : mapping
            As in ``score.json``. Its index says which of the practice it is; without one it is the
            next. The same one once more changes nothing.
        trace : Trace, optional
            Its course.

        Raises
        ------
        ValueError
            If another repetition with this index was kept.
        """
        with self._writing() as connection:
            _keep(connection, practice, repetition, trace)

    def answer(self, practice: int, exercise: str, question: Question, answer: bool | None) -> None:
        """Keep what the person said after a set; None if the question was left open."""
        with self._writing() as connection:
            row = _answer_row(practice, Answer(exercise, question, answer))
            _insert(connection, ANSWER, [row])

    def keep_outline(self, practice: int, outline: Outline) -> None:
        """Keep the contours of the face, in place of those kept before of the same exercise."""
        same = (OUTLINE.c.practice_id == practice) & OUTLINE.c.exercise.is_not_distinct_from(
            outline.exercise
        )
        with self._writing() as connection:
            connection.execute(delete(OUTLINE).where(same))
            _insert(connection, OUTLINE, [_outline_row(practice, outline)])

    def end(
        self,
        practice: int,
        ending: str,
        practised_s: float,
        *,
        quality: Mapping[str, Any] | None = None,
        rest: Mapping[str, Any] | None = None,
        ended_at: datetime | None = None,
    ) -> None:
        """Say that a practice is over.

        Parameters
        ----------
        practice : int
            From `begin`.
        ending : str
            Why, as `exercises.events.Finished` has it.
        practised_s : float
            How long was practised; it counts toward the minutes of the day.
        quality, rest : mapping, optional
            As in `PracticeRecord`.
        ended_at : datetime, optional
            When, with a time zone; now unless given.

        Raises
        ------
        LookupError
            If no practice has this number.
        """
        self._change(
            practice,
            ended_at=utc_text(ended_at or now()),
            ending=ending,
            practised_s=practised_s,
            quality=None if quality is None else _json(quality),
            rest=None if rest is None else _json(rest),
        )

    def felt(self, practice: int, how: Felt) -> None:
        """Keep how the face felt after a practice.

        Raises
        ------
        LookupError
            If no practice has this number.
        """
        self._change(practice, felt=how)

    def restore(
        self,
        record: PracticeRecord,
        traces: Sequence[Trace | None] = (),
        outlines: Sequence[Outline] = (),
    ) -> int:
        """Keep a practice that was kept elsewhere before, all of it or nothing.

        Parameters
        ----------
        record : PracticeRecord
            Its number is left out: here it gets the next one.
        traces : sequence of Trace or None
            As many as it has repetitions, or none at all.
        outlines : sequence of Outline
            Its contours.

        Returns
        -------
        int
            Its number.
        """
        courses = traces or (None,) * len(record.repetitions)
        with self._writing() as connection:
            practice = added(
                connection,
                PRACTICE,
                person_id=self._somebody(connection),
                started_at=utc_text(record.started_at),
                programme=record.programme,
                provenance=_json(dict(record.provenance)),
                ending=record.ending,
                practised_s=record.practised_s,
                felt=record.felt,
                ended_at=None if record.ended_at is None else utc_text(record.ended_at),
                quality=None if record.quality is None else _json(dict(record.quality)),
                rest=None if record.rest is None else _json(dict(record.rest)),
            )
            ordinal, repeated, traced = -1, [], []
            for repetition, trace in zip(record.repetitions, courses, strict=True):
                ordinal = repetition.get("index", ordinal + 1)
                place = {"practice_id": practice, "ordinal": ordinal}
                repeated.append({**place, "content": _json(repetition)})
                if trace is not None:
                    traced.append({**place, "content": pack_trace(trace)})
            _insert(connection, REPETITION, repeated)
            _insert(connection, TRACE, traced)
            _insert(connection, ANSWER, [_answer_row(practice, one) for one in record.answers])
            latest = {one.exercise: one for one in outlines}.values()
            _insert(connection, OUTLINE, [_outline_row(practice, one) for one in latest])
        return practice

    def take_back(self, practice: int) -> None:
        """Delete a practice of the present person, with all that was kept of it.

        Raises
        ------
        LookupError
            If they have no practice with this number.
        """
        self._delete(PRACTICE, practice, "practice")

    def _change(self, practice: int, **values: str | float | None) -> None:
        with self._writing() as connection:
            changed = update(PRACTICE).where(PRACTICE.c.id == practice).values(**values)
            if not connection.execute(changed).rowcount:
                raise LookupError(f"no practice has the number {practice}")

    # -- what was kept ------------------------------------------------------------------------

    def began_at(self, moments: Iterable[datetime]) -> set[int]:
        """Numbers of the people who began a practice at one of these moments.

        Parameters
        ----------
        moments : iterable of datetime
            With their time zones; to the second.
        """
        wanted = {utc_text(one) for one in moments}
        with self._reading() as connection:
            rows = connection.execute(select(PRACTICE.c.person_id, PRACTICE.c.started_at)).all()
        return {one.person_id for one in rows if one.started_at in wanted}

    @property
    def is_new(self) -> bool:
        """Whether no practice of the present person has been kept yet."""
        with self._reading() as connection:
            return connection.scalar(select(PRACTICE.c.id).where(self._own(PRACTICE))) is None

    def counted(self) -> dict[int, int]:
        """How many practices are kept of each person, by their numbers."""
        count = func.count(PRACTICE.c.id).label("practices")
        with self._reading() as connection:
            rows = connection.execute(
                select(PERSON.c.id, count).outerjoin(PRACTICE).group_by(PERSON.c.id)
            ).all()
        return {row.id: row.practices for row in rows}

    def practices(self, known: Iterable[PracticeRecord] = ()) -> list[PracticeRecord]:
        """All practices of the present person, in the order in which they were kept.

        That order is true even where the clock was set back between two of them.

        Parameters
        ----------
        known : iterable of PracticeRecord
            Some that were read before. Those to which nothing was added since are not read anew:
            most of a year's reading is of practices that are long over.
        """
        before = {one.number: one for one in known}
        if not before:
            return self._records(self._own(PRACTICE))
        with self._reading() as connection:
            rows = connection.execute(
                select(
                    PRACTICE.c.id,
                    PRACTICE.c.started_at,
                    PRACTICE.c.ended_at,
                    PRACTICE.c.felt,
                    _count_of(REPETITION).label("repetitions"),
                    _count_of(ANSWER).label("answers"),
                )
                .where(self._own(PRACTICE))
                .order_by(PRACTICE.c.id)
            ).all()
        found = {row.id: before[row.id] for row in rows if self._is_still(row, before.get(row.id))}
        changed = [row.id for row in rows if row.id not in found]
        if changed:
            found |= {one.number: one for one in self._records(PRACTICE.c.id.in_(changed))}
        return [found[row.id] for row in rows if row.id in found]

    def _is_still(self, row: Row[Any], known: PracticeRecord | None) -> bool:
        """Whether a practice is as it was when it was read."""
        return known is not None and (
            self._moment(row.started_at),
            None if row.ended_at is None else self._moment(row.ended_at),
            row.felt,
            row.repetitions,
            row.answers,
        ) == (
            known.started_at,
            known.ended_at,
            known.felt,
            len(known.repetitions),
            len(known.answers),
        )

    def repetitions(self, practice: int) -> list[dict[str, Any]]:
        """The repetitions kept of a practice session, in their order."""
        with self._reading() as connection:
            found = connection.scalars(
                select(REPETITION.c.content)
                .where(REPETITION.c.practice_id == practice)
                .order_by(REPETITION.c.ordinal)
            ).all()
        return [self._read(one) for one in found]

    def traces(self, practice: int) -> list[Trace | None]:
        """The courses of a practice's repetitions, one for each, None where none was kept."""
        both = (TRACE.c.practice_id == REPETITION.c.practice_id) & (
            TRACE.c.ordinal == REPETITION.c.ordinal
        )
        with self._reading() as connection:
            found = connection.scalars(
                select(TRACE.c.content)
                .select_from(REPETITION.outerjoin(TRACE, both))
                .where(REPETITION.c.practice_id == practice)
                .order_by(REPETITION.c.ordinal)
            ).all()
        with self._damage_told("course of a repetition"):
            return [None if one is None else unpack_trace(one) for one in found]

    def outlines(self, practice: int) -> list[Outline]:
        """The contours kept of a practice: at rest first, then in the order of keeping."""
        with self._reading() as connection:
            found = connection.execute(
                select(OUTLINE.c.exercise, OUTLINE.c.content)
                .where(OUTLINE.c.practice_id == practice)
                .order_by(OUTLINE.c.exercise.isnot(None), OUTLINE.c.id)
            ).all()
        with self._damage_told("contour"):
            return [unpack_outline(exercise, content) for exercise, content in found]

    def practised_s(self, day: date) -> float:
        """How long the present person practised on a day of this computer's calendar.

        A practice that was cut off, or kept before its length was, counts from its first
        repetition to its last, pauses included.
        """
        first, last = (datetime.combine(one, time.min) for one in (day, day + timedelta(days=1)))
        began = PRACTICE.c.started_at
        within = (began >= utc_text(first)) & (began < utc_text(last))
        return sum(one.practised_s for one in self._records(self._own(PRACTICE) & within))

    def _records(self, wanted: ColumnElement[bool]) -> list[PracticeRecord]:
        """The practices that are wanted, with all that is told of each."""
        with self._reading() as connection:
            rows = connection.execute(select(PRACTICE).where(wanted).order_by(PRACTICE.c.id)).all()
            repeated = connection.execute(
                select(REPETITION.c.practice_id, REPETITION.c.content)
                .join(PRACTICE)
                .where(wanted)
                .order_by(PRACTICE.c.id, REPETITION.c.ordinal)
            ).all()
            said = connection.execute(
                select(ANSWER).join(PRACTICE).where(wanted).order_by(ANSWER.c.id)
            ).all()
        repetitions: dict[int, list[dict[str, Any]]] = defaultdict(list)
        answers: dict[int, list[Answer]] = defaultdict(list)
        with _no_collecting():
            for practice, content in repeated:
                repetitions[practice].append(self._read(content))
            for one in said:
                question = cast(Question, one.question)
                answers[one.practice_id].append(Answer(one.exercise, question, one.answer))
            return [self._record(row, repetitions[row.id], answers[row.id]) for row in rows]

    def _record(
        self, row: Row[Any], repetitions: list[dict[str, Any]], answers: list[Answer]
    ) -> PracticeRecord:
        return PracticeRecord(
            number=row.id,
            started_at=self._moment(row.started_at),
            programme=row.programme,
            repetitions=tuple(repetitions),
            answers=tuple(answers),
            felt=cast("Felt | None", row.felt),
            ending=row.ending,
            practised_s=_practised_s(row.practised_s, repetitions),
            provenance=self._read(row.provenance),
            quality=None if row.quality is None else self._read(row.quality),
            rest=None if row.rest is None else self._read(row.rest),
            ended_at=None if row.ended_at is None else self._moment(row.ended_at),
        )


def _count_of(table: Table) -> ScalarSelect[int]:
    """How many rows of a table belong to a practice."""
    return (
        select(func.count())
        .select_from(table)
        .where(table.c.practice_id == PRACTICE.c.id)
        .scalar_subquery()
    )


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Make very many values without Python looking through them for rubbish all the while.

    A year's repetitions take less than half the time so. They count as old afterwards, as values
    do that were looked through before: it still happens, later and once.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def _keep(
    connection: Connection, practice: int, repetition: Mapping[str, Any], trace: Trace | None
) -> None:
    own = REPETITION.c.practice_id == practice
    ordinal = repetition.get("index")
    if ordinal is None:
        last = connection.scalar(select(func.max(REPETITION.c.ordinal)).where(own))
        ordinal = 0 if last is None else last + 1
    content = _json(repetition)
    there = connection.scalar(
        select(REPETITION.c.content).where(own & (REPETITION.c.ordinal == ordinal))
    )
    if there is not None and json.loads(there) == json.loads(content):
        return
    if there is not None:
        raise ValueError(f"practice {practice} has another repetition with the index {ordinal}")
    place = {"practice_id": practice, "ordinal": ordinal}
    _insert(connection, REPETITION, [{**place, "content": content}])
    if trace is not None:
        _insert(connection, TRACE, [{**place, "content": pack_trace(trace)}])


def _insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows, all with one statement."""
    if rows:
        connection.execute(insert(table), rows)


def _answer_row(practice: int, one: Answer) -> dict[str, Any]:
    return {
        "practice_id": practice,
        "exercise": one.exercise,
        "question": one.question,
        "answer": one.answer,
    }


def _outline_row(practice: int, one: Outline) -> dict[str, Any]:
    packed = pack_outline(one.curves)
    return {"practice_id": practice, "exercise": one.exercise, "content": packed}


def _json(content: Mapping[str, Any]) -> str:
    """As short as it can be: there are a great many, and all are read at once."""
    return json.dumps(content, separators=(",", ":"))


def _practised_s(kept_s: float | None, repetitions: Sequence[Mapping[str, Any]]) -> float:
    if kept_s is not None:
        return kept_s
    if not repetitions:
        return 0.0
    first_s = min(float(one["start_s"]) for one in repetitions)
    return max(float(one["end_s"]) for one in repetitions) - first_s
