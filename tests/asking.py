"""Ask the desk for a page without a server or a browser."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, Final, NamedTuple

from belopp.review import Desk, make_app

HOST: Final = "127.0.0.1:4711"


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: str


def ask(
    desk: Desk, path: str = "/", *, method: str = "GET", body: bytes = b"", against: Path | str = "", **headers: str
) -> Answer:
    """Ask the desk as a browser would that came by the printed address; ``headers`` replace what is usual."""
    app = make_app(desk, token="sesam", hosts=[HOST], cookie="desk", against=Path(against) if against else None)
    usual = {"host": HOST, "cookie": "desk=sesam"}
    if method == "POST":
        usual |= {"origin": f"http://{HOST}", "content-type": "application/json", "content-length": str(len(body))}
    said = {**usual, **{name.replace("_", "-"): value for name, value in headers.items()}}
    path, _, query = path.partition("?")
    scope = {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in said.items() if value],
        "http_version": "1.1", "scheme": "http", "server": ("127.0.0.1", 4711), "client": ("127.0.0.1", 1),
    }  # fmt: skip
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    start = next(message for message in sent if message["type"] == "http.response.start")
    content = b"".join(message.get("body", b"") for message in sent)
    return Answer(start["status"], {n.decode(): v.decode() for n, v in start["headers"]}, content.decode())
