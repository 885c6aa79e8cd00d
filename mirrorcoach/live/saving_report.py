"""A report that is written while the window goes on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from mirrorcoach.records.place import Place


class SavingReport:
    """Begins at once. It is finished even if the window is closed meanwhile.

    Parameters
    ----------
    place : Place
        Where practice is kept.
    person : int
        Number of whose report it is.
    made_on : datetime.date
        Today.

    Attributes
    ----------
    folder : Path
        Where it goes.
    """

    def __init__(self, place: Place, person: int, made_on: date) -> None:
        from mirrorcoach.records.report import saving

        self.folder = saving.folder_for(place)
        worker = ThreadPoolExecutor(1, "report")
        self._path = worker.submit(saving.save, place, person, made_on, self.folder)
        worker.shutdown(wait=False)

    @property
    def done(self) -> bool:
        """Whether it is written, or cannot be."""
        return self._path.done()

    def path(self) -> Path:
        """Where it lies.

        Raises
        ------
        MirrorcoachError
            As for `saving.save`.
        """
        return self._path.result()
