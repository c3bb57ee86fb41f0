"""Open the desk on loopback: a free port, a token in the address that is printed, and nothing from outside."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from belopp.review.app import make_app
from belopp.review.desk import Desk
from belopp.review.problems import ReviewError

HOST = "127.0.0.1"


def serve(
    desk: Desk, *, port: int = 0, ready: Callable[[str], None], token: str = "", against: Path | None = None
) -> None:
    """Answer on loopback until interrupted; ``ready`` is told the address with its token once it is open.

    ``port`` 0 takes a free one; ``against`` is the folder of another run to hold the desk's run against.  Raises
    :class:`ReviewError` when the port is taken, or when there is no run there.
    """
    import uvicorn

    token = token or secrets.token_urlsafe(24)
    with closing(socket.socket()) as listener:
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((HOST, port))
        except OSError as error:
            raise ReviewError(f"port {port}: {error.strerror or error}; give another --port") from error
        port = listener.getsockname()[1]
        hosts = (f"{HOST}:{port}", f"localhost:{port}")
        app = make_app(desk, token=token, hosts=hosts, cookie=f"belopp-{port}", against=against)
        config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off", server_header=False)
        listener.listen(128)
        ready(f"http://{HOST}:{port}/?token={token}")
        uvicorn.Server(config).run(sockets=[listener])
