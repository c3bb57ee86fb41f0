"""Who may come in: loopback's own names, the token that was printed, and writes from the desk's own pages alone."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEADERS: Final = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
LONGEST_BODY: Final = 65_536
_READS: Final = ("GET", "HEAD")


class Guard:
    """ASGI middleware around the desk; ``hosts`` are the ``Host`` headers that are answered, port and all."""

    def __init__(self, app: ASGIApp, *, token: str, hosts: Iterable[str], cookie: str) -> None:
        self.app = app
        self.token = token
        self.hosts = frozenset(hosts)
        self.cookie = cookie

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it; every answer bears the same strict headers."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("cache-control", "no-store")
            await send(message)

        headers = Headers(scope=scope)
        answer = self._refusal(scope, headers) or self._welcome(scope, headers)
        await (answer or self.app)(scope, receive, dressed)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        if headers.get("host", "") not in self.hosts:
            return PlainTextResponse("This desk answers to its own name on this computer alone.\n", 421)
        if scope["method"] in _READS:
            return None
        if scope["method"] != "POST":
            return PlainTextResponse("Only GET and POST are answered.\n", 405)
        if headers.get("origin") != f"http://{headers['host']}":
            return PlainTextResponse("A decision comes from the desk's own page.\n", 403)
        if headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return PlainTextResponse("A decision comes from the desk's own page.\n", 403)
        if headers.get("content-type", "").split(";")[0].strip() != "application/json":
            return PlainTextResponse("A decision is JSON.\n", 415)
        length = headers.get("content-length", "")
        if not length.isdecimal() or int(length) > LONGEST_BODY:
            return PlainTextResponse("A decision is short, and says how long it is.\n", 413)
        return None

    def _welcome(self, scope: Scope, headers: Headers) -> Response | None:
        """Take the token from the address into a cookie; ``None`` for a request that bears the cookie."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = dict(query).get("token")
        if given is not None and scope["method"] in _READS and self._is_token(given):
            rest = urlencode([(name, value) for name, value in query if name != "token"])
            path = "/" + quote(scope["path"].lstrip("/\\"))
            answer = RedirectResponse(path + (f"?{rest}" if rest else ""), 303)
            answer.set_cookie(self.cookie, self.token, httponly=True, samesite="strict", path="/")
            return answer
        if self._is_token(self._carried(headers)):
            return None
        return PlainTextResponse("Open the address that belopp review printed: it bears a token.\n", 403)

    def _carried(self, headers: Headers) -> str:
        try:
            cookies = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return ""
        return cookies[self.cookie].value if self.cookie in cookies else ""

    def _is_token(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(), self.token.encode())
