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
        Where it goes, as far as that is known.
    """

    def __init__(self, place: Place, person: int, made_on: date) -> None:
        self.folder = place.folder
        worker = ThreadPoolExecutor(1, "report")
        self._path = worker.submit(self._save, place, person, made_on)
        worker.shutdown(wait=False)

    @property
    def done(self) -> bool:
        """Whether it is written, or cannot be."""
        return self._path.done()

    def path(self) -> Path:
        """Where it lies, once it is done.

        Raises
        ------
        MirrorcoachError
            As for `saving.save`.
        """
        return self._path.result()

    def _save(self, place: Place, person: int, made_on: date) -> Path:
        from mirrorcoach.records.report import saving  # in this thread: it takes a moment

        self.folder = saving.folder_for(place)
        return saving.save(place, person, made_on, self.folder)
