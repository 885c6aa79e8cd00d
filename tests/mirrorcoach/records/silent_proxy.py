"""A way to a server that can fall silent: it is there and takes what comes, and says nothing."""

from __future__ import annotations

import select
import socket
import threading


class SilentProxy:
    """Passes on what goes to a server and comes back, until `silent` is set.

    Parameters
    ----------
    server : str
        The server's own socket, a file.
    """

    def __init__(self, server: str) -> None:
        self._server, self.silent = server, False
        self._heard = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = [self._heard]
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def port(self) -> int:
        """Where it listens, on this computer alone."""
        return int(self._heard.getsockname()[1])

    def close(self) -> None:
        """Cut every connection."""
        for one in self._open:
            one.close()

    def _listen(self) -> None:
        while True:
            try:
                here, _ = self._heard.accept()
            except OSError:
                return
            there = socket.socket(socket.AF_UNIX)
            there.connect(self._server)
            self._open += [here, there]
            threading.Thread(target=self._pass_on, args=(here, there), daemon=True).start()

    def _pass_on(self, here: socket.socket, there: socket.socket) -> None:
        try:
            while True:
                for one in select.select([here, there], [], [], 0.1)[0]:
                    content = one.recv(65536)
                    if not content:
                        return
                    if not self.silent:
                        (there if one is here else here).sendall(content)
        except (OSError, ValueError):  # it was closed
            return
        finally:
            here.close()
            there.close()
