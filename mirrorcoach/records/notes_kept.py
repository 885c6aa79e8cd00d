"""What was noted of a person by hand, as the store keeps it: notes and questionnaires' totals."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from mirrorcoach.records.practices import Note, Total
from mirrorcoach.records.tables import NOTE, TOTAL
from mirrorcoach.records.transactions import Transactions, added, now, utc_text


class NotesKept(Transactions):
    """The notes and totals of a store."""

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
            moment = utc_text(at or now())
            return added(connection, NOTE, person_id=person, at=moment, text=text, author=by)

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
            return added(connection, TOTAL, person_id=person, day=on, scale=scale, value=value)

    def delete_total(self, number: int) -> None:
        """Delete a total of the present person.

        Raises
        ------
        LookupError
            If they have no total with this number.
        """
        self._delete(TOTAL, number, "total")
