"""A camera of the tests: a stream of JPEG pictures over a local connection."""

from __future__ import annotations

import socket
import threading
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 160, 120
LEFT, RIGHT = (slice(None), slice(0, 60)), (slice(None), slice(100, 160))


def _halves() -> NDArray[np.uint8]:
    image = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    image[LEFT] = 255
    return image


class PictureServer:
    """Sends Motion JPEG to whoever connects: bright left, dark right, unless given pictures."""

    def __init__(self, pictures: Sequence[NDArray[np.uint8]] = ()) -> None:
        self.show(pictures or [_halves()])
        self.sending = threading.Event()
        self.sending.set()
        self.hang_up = threading.Event()
        self._stop = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(0.05)
        self.connections = 0
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def show(self, pictures: Sequence[NDArray[np.uint8]]) -> None:
        """Send these from now on, one after the other, again and again."""
        self._jpegs = [cv2.imencode(".jpg", one)[1].tobytes() for one in pictures]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}/live.mjpg"

    def close(self) -> None:
        self._stop.set()
        self._thread.join(5)
        self._socket.close()

    def _serve(self) -> None:
        while not self._stop.is_set():
            try:
                client, _ = self._socket.accept()
            except TimeoutError:
                continue
            self.connections += 1
            with client:
                try:
                    self._send_to(client)
                except OSError:
                    continue

    def _send_to(self, client: socket.socket) -> None:
        client.settimeout(1)
        client.recv(4096)
        kind = b"multipart/x-mixed-replace; boundary=picture"
        client.sendall(b"HTTP/1.0 200 OK\r\nContent-Type: " + kind + b"\r\n\r\n")
        number = 0
        while not self._stop.wait(0.02) and not self.hang_up.is_set():
            if self.sending.is_set():
                jpegs = self._jpegs
                jpeg, number = jpegs[number % len(jpegs)], number + 1
                size = b"Content-Length: %d\r\n\r\n" % len(jpeg)
                client.sendall(b"--picture\r\nContent-Type: image/jpeg\r\n" + size + jpeg + b"\r\n")
