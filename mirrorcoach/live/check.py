"""Before a practice: finding a comfortable place before the camera."""

from __future__ import annotations

from mirrorcoach.capture.source import FrameSource
from mirrorcoach.live.actions import Action
from mirrorcoach.live.camera_check import CameraCheckPage, CheckView
from mirrorcoach.live.desk import Desk
from mirrorcoach.live.engine import Engine
from mirrorcoach.profile import Profile


class Check:
    """A look through the camera; a :class:`~.visit.Visit`.

    Parameters
    ----------
    desk : Desk
        Who practises.
    engine : Engine
        What measures; it begins at once.
    camera : FrameSource
        The person's camera.
    what : str
        What is to be practised afterwards.
    """

    measures = True

    def __init__(self, desk: Desk, engine: Engine, camera: FrameSource, what: str) -> None:
        self._desk, self._engine = desk, engine
        self.page = CameraCheckPage(what)
        engine.look(camera, ipd_mm=desk.profile.settings.ipd_mm)
        if engine.cameras is None:
            engine.look_for_cameras()

    def follow(self) -> Action | None:
        """Show what the camera sees."""
        now, reading = self._engine.now(), self._engine.now().reading
        camera = self._desk.profile.settings.camera
        self.page.show(
            CheckView(
                image=now.frame.image if now.frame else None,
                points_px=now.mesh.points_px if now.mesh else None,
                problem=reading.problem if reading else None,
                faces=reading.faces if reading else 0,
                waiting=now.waiting.kind if now.waiting else None,
                cameras=self._engine.cameras or (camera,),
                camera=camera,
            )
        )
        return None

    def heed(self, action: Action) -> Action | None:
        """Leave it to the page."""
        return self.page.heed(action)

    def changed(self, profile: Profile) -> None:
        """Another camera is opened by whoever shows this page."""
