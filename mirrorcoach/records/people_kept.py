"""Who practises, as the store keeps them."""

from __future__ import annotations

from pydantic import ValidationError
from sqlalchemy import select, update

from mirrorcoach.errors import StoreError
from mirrorcoach.profile import Profile
from mirrorcoach.records import faults
from mirrorcoach.records.practices import Person
from mirrorcoach.records.tables import PERSON
from mirrorcoach.records.transactions import Transactions, added


class PeopleKept(Transactions):
    """The people of a store, and the one to whom it is turned."""

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
            return added(connection, PERSON, content=profile.model_dump_json())

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
