"""The store: each finished repetition is committed as it ends.

One SQLite file in the data folder, or the tables of a server that was named. It holds scores,
courses, contours, answers, notes and who practises; no pictures.
"""

from __future__ import annotations

import gc
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from types import TracebackType
from typing import Any, cast

from pydantic import ValidationError
from pydantic_core import from_json
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError

from exercises.schema import Question
from mirrorcoach.errors import StoreError
from mirrorcoach.profile import Profile
from mirrorcoach.records import faults, postgresql, sqlite
from mirrorcoach.records.packed import (
    NotPacked,
    pack_outline,
    pack_trace,
    unpack_outline,
    unpack_trace,
)
from mirrorcoach.records.place import FILE, PHOTOGRAPHS, Place
from mirrorcoach.records.practices import (
    Answer,
    Felt,
    Note,
    Outline,
    Person,
    PracticeRecord,
    Total,
    Trace,
)
from mirrorcoach.records.tables import (
    ANSWER,
    NOTE,
    OUTLINE,
    PERSON,
    PRACTICE,
    REPETITION,
    TOTAL,
    TRACE,
    VERSION,
)

__all__ = ["FILE", "PHOTOGRAPHS", "VERSION", "Store"]


class Store:
    """An open store, turned to one of the people in it; use it as a context manager.

    Whatever is read or kept without a practice's number is the present person's. In a new store
    that is nobody yet: they come to be with the first thing that is kept.

    Attributes
    ----------
    place : Place
        Where it is.

    Raises
    ------
    StoreError
        From everything here: if the store cannot be opened, read or written, is damaged, or comes
        from a newer version. It is left as it is.
    """

    def __init__(self, engine: Engine, place: Place) -> None:
        self._engine, self.place = engine, place
        backend = sqlite if place.address is None else postgresql
        self._reads = backend.reading(engine)
        self._writes = sqlite.writing(engine) if place.address is None else engine
        self._present: int | None = None
        self._whole: Connection | None = None

    @classmethod
    def open(cls, place: Place | Path | str | None = None, who: int | None = None) -> Store:
        """Open the store of a place, making it if need be.

        Parameters
        ----------
        place : Place, Path or str, optional
            A folder, or a server's address; the data folder unless given.
        who : int, optional
            Number of the person to turn to; the first one unless given.

        Raises
        ------
        UsageError
            If the address cannot be understood.
        LookupError
            If nobody has this number.
        """
        at = place if isinstance(place, Place) else Place.of(place)
        if at.address is None:
            store = cls(sqlite.open_file(at), at)
        else:
            store = cls(postgresql.open_server(at), at)
        try:
            if who is None:
                with store._reading() as connection:
                    store._present = connection.scalar(select(func.min(PERSON.c.id)))
            else:
                store.turn_to(who)
        except BaseException:
            store.close()
            raise
        return store

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file or the server."""
        self._engine.dispose()

    # -- people -------------------------------------------------------------------------------

    def people(self) -> list[Person]:
        """Everybody who practises here, in the order in which they came; nobody in a new store."""
        with self._reading() as connection:
            rows = connection.execute(select(PERSON).order_by(PERSON.c.id)).all()
        return [Person(row.id, self._profile(row.content)) for row in rows]

    def add(self, profile: Profile) -> int:
        """Add somebody; the store stays turned to whom it was.

        Returns
        -------
        int
            Their number.
        """
        with self._writing() as connection:
            return _added(connection, PERSON, content=profile.model_dump_json())

    def turn_to(self, number: int) -> None:
        """Turn to another person.

        Raises
        ------
        LookupError
            If nobody has this number.
        """
        with self._reading() as connection:
            if connection.scalar(select(PERSON.c.id).where(PERSON.c.id == number)) is None:
                raise LookupError(f"nobody has the number {number}")
        self._present = number

    @property
    def person(self) -> int:
        """Number of the present person, who comes to be if there was nobody yet."""
        with self._writing() as connection:
            return self._somebody(connection)

    def remove(self, number: int) -> bool:
        """Delete a person and everything of theirs here; nothing of it stays in the file.

        Returns
        -------
        bool
            False if something may stay in the file's companions, because another window is open:
            close it, and open and close the store once more.

        Raises
        ------
        LookupError
            If nobody has this number.
        """
        with self._writing() as connection:
            gone = connection.execute(delete(PERSON).where(PERSON.c.id == number)).rowcount
        if not gone:
            raise LookupError(f"nobody has the number {number}")
        if self._present == number:
            self._present = None
        try:
            if self.place.address is None:
                return sqlite.overwrite_deleted(self._engine)
            postgresql.overwrite_deleted(self._engine)
        except DBAPIError as error:
            raise faults.fault(self.place, error) from error
        return True

    def drop(self) -> None:
        """Delete everybody and everything from a server; a file is deleted as such."""
        assert self.place.address is not None
        try:
            postgresql.drop_all(self._engine)
        except DBAPIError as error:
            raise faults.fault(self.place, error) from error

    def profile(self) -> Profile:
        """Who practises; a newcomer's profile if none was kept."""
        if self._present is None:
            return Profile()
        with self._reading() as connection:
            content = connection.scalar(
                select(PERSON.c.content).where(PERSON.c.id == self._present)
            )
        return Profile() if content is None else self._profile(content)

    def keep_profile(self, profile: Profile) -> None:
        """Keep who practises, in place of what was kept before."""
        with self._writing() as connection:
            number = self._somebody(connection)
            changed = update(PERSON).where(PERSON.c.id == number)
            if not connection.execute(changed.values(content=profile.model_dump_json())).rowcount:
                raise StoreError(
                    f"What was changed could not be kept: the person was deleted from {self.place} "
                    "in another window of mirrorcoach. Close this one, and begin anew."
                )

    def _profile(self, content: str) -> Profile:
        try:
            return Profile.model_validate_json(content)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "its JSON"
            raise faults.damaged(
                self.place, f"The profile in {self.place} is damaged ({where}: {first['msg']})."
            ) from error

    def _somebody(self, connection: Connection) -> int:
        """The present person; if there was nobody yet, whoever came meanwhile, or somebody new."""
        if self._present is None:
            self._present = connection.scalar(select(func.min(PERSON.c.id)))
        if self._present is None:
            self._present = _added(connection, PERSON, content="{}")
        return self._present

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
        from exercises.scoring import VERSION as SCORING

        with self._writing() as connection:
            return _added(
                connection,
                PRACTICE,
                person_id=self._somebody(connection),
                started_at=_text(started_at or _now()),
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
            _answer(connection, practice, Answer(exercise, question, answer))

    def keep_outline(self, practice: int, outline: Outline) -> None:
        """Keep the contours of the face, in place of those kept before of the same exercise."""
        with self._writing() as connection:
            _keep_outline(connection, practice, outline)

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
            Why, as `exercises.session.Finished` has it.
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
            ended_at=_text(ended_at or _now()),
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
            practice = _added(
                connection,
                PRACTICE,
                person_id=self._somebody(connection),
                started_at=_text(record.started_at),
                programme=record.programme,
                provenance=_json(dict(record.provenance)),
                ending=record.ending,
                practised_s=record.practised_s,
                felt=record.felt,
                ended_at=None if record.ended_at is None else _text(record.ended_at),
                quality=None if record.quality is None else _json(dict(record.quality)),
                rest=None if record.rest is None else _json(dict(record.rest)),
            )
            for repetition, trace in zip(record.repetitions, courses, strict=True):
                _keep(connection, practice, repetition, trace)
            for answer in record.answers:
                _answer(connection, practice, answer)
            for outline in outlines:
                _keep_outline(connection, practice, outline)
        return practice

    def take_back(self, practice: int) -> None:
        """Delete a practice of the present person, with all that was kept of it.

        Raises
        ------
        LookupError
            If they have no practice with this number.
        """
        self._delete(PRACTICE, practice, "practice")

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Everything that is done within is kept together, or nothing of it."""
        with self._writing() as connection:
            self._whole = connection
            try:
                yield
            finally:
                self._whole = None

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
        wanted = {_text(one) for one in moments}
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

    def practices(self) -> list[PracticeRecord]:
        """All practices of the present person, in the order in which they were kept.

        That order is true even where the clock was set back between two of them.
        """
        return self._records(self._own(PRACTICE))

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
        within = (began >= _text(first)) & (began < _text(last))
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

    # -- what was noted -----------------------------------------------------------------------

    def notes(self) -> list[Note]:
        """The notes about the present person, in the order in which they were written."""
        with self._reading() as connection:
            rows = connection.execute(select(NOTE).where(self._own(NOTE)).order_by(NOTE.c.id)).all()
        return [Note(row.id, self._moment(row.at), row.text, row.author) for row in rows]

    def add_note(self, text: str, by: str = "", at: datetime | None = None) -> int:
        """Note something about the present person.

        Parameters
        ----------
        text : str
            What.
        by : str
            Who writes it, as they say.
        at : datetime, optional
            When, with a time zone; now unless given.

        Returns
        -------
        int
            The note's number.
        """
        with self._writing() as connection:
            person = self._somebody(connection)
            moment = _text(at or _now())
            return _added(connection, NOTE, person_id=person, at=moment, text=text, author=by)

    def delete_note(self, number: int) -> None:
        """Delete a note about the present person.

        Raises
        ------
        LookupError
            If they have no note with this number.
        """
        self._delete(NOTE, number, "note")

    def totals(self) -> list[Total]:
        """The questionnaires' totals of the present person, by day and then as they were noted."""
        with self._reading() as connection:
            rows = connection.execute(
                select(TOTAL).where(self._own(TOTAL)).order_by(TOTAL.c.day, TOTAL.c.id)
            ).all()
        with self._damage_told("total"):
            return [
                Total(row.id, date.fromisoformat(row.day), row.scale, row.value) for row in rows
            ]

    def add_total(self, scale: str, value: float, day: date) -> int:
        """Note a questionnaire's total of the present person.

        Returns
        -------
        int
            The total's number.
        """
        with self._writing() as connection:
            person = self._somebody(connection)
            on = day.isoformat()
            return _added(connection, TOTAL, person_id=person, day=on, scale=scale, value=value)

    def delete_total(self, number: int) -> None:
        """Delete a total of the present person.

        Raises
        ------
        LookupError
            If they have no total with this number.
        """
        self._delete(TOTAL, number, "total")

    def _delete(self, table: Table, number: int, what: str) -> None:
        with self._writing() as connection:
            own = delete(table).where(self._own(table) & (table.c.id == number))
            if not connection.execute(own).rowcount:
                raise LookupError(f"no {what} has the number {number}")

    # -- below --------------------------------------------------------------------------------

    def _own(self, table: Table) -> ColumnElement[bool]:
        """What belongs to the present person; nothing does as long as there is nobody."""
        return table.c.person_id == (self._present or 0)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        if self._whole is not None:
            yield self._whole
            return
        try:
            with self._reads.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise faults.fault(self.place, error) from error

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction: all that is done in it is kept, or nothing."""
        if self._whole is not None:
            yield self._whole
            return
        before = self._present
        try:
            with self._writes.begin() as connection:
                yield connection
        except BaseException as error:
            self._present = before
            if isinstance(error, DBAPIError):
                raise faults.fault(self.place, error) from error
            raise

    @contextmanager
    def _damage_told(self, what: str) -> Iterator[None]:
        try:
            yield
        except (NotPacked, ValueError, TypeError) as error:
            raise faults.damaged(
                self.place, f"A {what} in {self.place} is damaged ({error})."
            ) from error

    def _read(self, content: str) -> dict[str, Any]:
        try:
            return cast("dict[str, Any]", from_json(content))
        except (ValueError, TypeError) as error:
            raise faults.damaged(
                self.place, f"A practice in {self.place} is damaged ({error})."
            ) from error

    def _moment(self, kept: str) -> datetime:
        """A moment in the time of this computer's clock."""
        with self._damage_told("time"):
            return datetime.fromisoformat(kept).astimezone()


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


def _added(connection: Connection, table: Table, **values: object) -> int:
    """Add a row; its number."""
    key = connection.execute(insert(table).values(**values)).inserted_primary_key
    assert key is not None
    return int(key[0])


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
    connection.execute(
        insert(REPETITION).values(practice_id=practice, ordinal=ordinal, content=content)
    )
    if trace is not None:
        packed = pack_trace(trace)
        connection.execute(
            insert(TRACE).values(practice_id=practice, ordinal=ordinal, content=packed)
        )


def _answer(connection: Connection, practice: int, one: Answer) -> None:
    connection.execute(
        insert(ANSWER).values(
            practice_id=practice, exercise=one.exercise, question=one.question, answer=one.answer
        )
    )


def _keep_outline(connection: Connection, practice: int, outline: Outline) -> None:
    same = (OUTLINE.c.practice_id == practice) & OUTLINE.c.exercise.is_not_distinct_from(
        outline.exercise
    )
    connection.execute(delete(OUTLINE).where(same))
    connection.execute(
        insert(OUTLINE).values(
            practice_id=practice,
            exercise=outline.exercise,
            content=pack_outline(outline.curves),
        )
    )


def _json(content: Mapping[str, Any]) -> str:
    """As short as it can be: there are a great many, and all are read at once."""
    return json.dumps(content, separators=(",", ":"))


def _now() -> datetime:
    return datetime.now(timezone.utc)


def _text(moment: datetime) -> str:
    """A moment as it is kept; one without a time zone is in the time of this computer's clock."""
    return moment.astimezone(timezone.utc).isoformat(timespec="seconds")


def _practised_s(kept_s: float | None, repetitions: Sequence[Mapping[str, Any]]) -> float:
    if kept_s is not None:
        return kept_s
    if not repetitions:
        return 0.0
    first_s = min(float(one["start_s"]) for one in repetitions)
    return max(float(one["end_s"]) for one in repetitions) - first_s
