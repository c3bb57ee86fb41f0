"""The desk's web application: its pages, the fragments that htmx fetches, and the one address that decides."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from belopp.gold import GoldError
from belopp.model import COLUMNS, VERDICTS, Reason
from belopp.review.cards import cards_of, value_words
from belopp.review.comparing import Comparing
from belopp.review.desk import Desk
from belopp.review.differing import ComparisonPages
from belopp.review.edits import read_value
from belopp.review.guard import LONGEST_BODY, Guard
from belopp.review.layout import stretches
from belopp.review.marking import element_of, new_page
from belopp.review.paging import paged
from belopp.review.problems import ReviewError, Stale, page_of
from belopp.review.queue import Filters, Item, counts, in_order, next_document
from belopp.review.reader import keys_of, language_of, remember_language
from belopp.review.redrawing import redrawn
from belopp.review.standing import DONE, Standing
from belopp.review.suggesting import suggestions
from belopp.review.tree import remainder, sums_tree
from belopp.review.words import grouped, words
from belopp.tables import QUARANTINED

_STATIC: Final = {
    "desk.css": "text/css; charset=utf-8",
    "desk.js": "text/javascript; charset=utf-8",
    "htmx.min.js": "text/javascript; charset=utf-8",
}
_SUGGESTED: Final = ("payer", "recipient", "area", "period", "per", "modifier", "vat", "currency")


class Pages:
    """The pages of one desk; each method answers one address."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.templates = Environment(
            loader=PackageLoader("belopp.review", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self.templates.globals.update(
            value_words=value_words, grouped=grouped, remainder=remainder, element_of=element_of, new_page=new_page
        )
        self._ordered: tuple[int, list[Item]] = (-1, [])
        self.static = {name: (resources.files("belopp.review") / "static" / name).read_bytes() for name in _STATIC}
        self.templates.globals["file"] = self._address_of

    # ------------------------------------------------------------------------------------ pages

    def queue(self, request: Request) -> Response:
        """The queue, filtered and by pages; htmx asks for its list alone."""
        self.desk.refresh()
        asked = request.query_params
        filters = Filters(
            asked.get("document", ""),
            asked.get("area", ""),
            asked.get("payer", ""),
            asked.get("verdict", ""),
            asked.get("column", ""),
            asked.get("done", "") == "1",
        )
        items = self._waiting(filters)
        part = "_queue.html" if request.headers.get("hx-request") == "true" else "queue.html"
        kept = {name: asked.get(name, "") for name in ("document", "area", "payer", "verdict", "column", "done")}
        return self.answer(
            request,
            part,
            filters=filters,
            paged=paged(items, asked.get("page", "")),
            counts=counts(items),
            link=lambda number: "/?" + urlencode({**{k: v for k, v in kept.items() if v}, "page": number}),
            verdicts=VERDICTS,
            columns=("row", *COLUMNS[1:3], *COLUMNS[4:]),
            quarantined=[each for each in self.desk.findings.documents.values() if each.status == QUARANTINED],
        )

    def _address_of(self, name: str) -> str:
        """Where a file of the desk's own is fetched from, once for as long as it stays the same."""
        return f"/static/{name}?v={hashlib.sha256(self.static[name]).hexdigest()[:12]}"

    def _waiting(self, filters: Filters) -> Sequence[Item]:
        """The queue as filtered; its order is kept until something is decided."""
        if self._ordered[0] != self.desk.version:
            self._ordered = (self.desk.version, in_order(self.desk))
        return filters.among(self._ordered[1])

    def document(self, request: Request) -> Response:
        """A document: its text, its sums and their tree."""
        self.desk.refresh()
        key = request.path_params["key"]
        listed = self.desk.listed(key)
        document = self.desk.document(key)
        checks = self.desk.checks(key)
        all_ = self.desk.standings(key)
        wanted = request.query_params.get("row", "")
        read = list(stretches(document, all_)) if document else []
        return self.answer(
            request,
            "document.html",
            listed=listed,
            document=document,
            cards=[card.json for card in cards_of(all_)],
            undo=json.dumps(self.desk.foreseen(key), ensure_ascii=False),
            stretches=read,
            headed=any(shown.tag == "h1" for stretch in read for shown in stretch.blocks),
            tree=sums_tree(all_, checks),
            sentences=[] if document else [found.sentence for found in self.desk.findings.rows.get(listed.doc, ())],
            at=wanted if any(each.id == wanted for each in all_) else _first(all_),
            left=_left(all_),
            is_link=listed.url.startswith(("https://", "http://")),
        )

    def why(self, request: Request) -> Response:
        """The rules and cues of each column of a row."""
        standing = self._standing(request)
        doc = self.desk.listed(request.path_params["key"]).doc
        start = standing.run.start if standing.run is not None else -1
        origin = int(standing.id[1:].split("-")[0]) if standing.run is not None else start
        by_column: dict[str, list[Reason]] = {}
        for reason in dict.fromkeys(self.desk.findings.reasons.get(doc, {}).get(origin, ())):
            by_column.setdefault(reason.column, []).append(reason)
        order = {column: place for place, column in enumerate(COLUMNS)}
        reasons = sorted(by_column.items(), key=lambda pair: order.get(pair[0], len(order)))
        document = self.desk.document(request.path_params["key"])
        text = document.text if document else ""
        return self.answer(
            request, "_why.html", standing=standing, reasons=reasons, text=text, means=self.desk.book.means
        )

    def suggest(self, request: Request) -> Response:
        """What a cell might hold instead."""
        standing = self._standing(request)
        column = request.query_params.get("column", "")
        if column not in _SUGGESTED:
            raise HTTPException(404)
        key = request.path_params["key"]
        found = suggestions(column, standing, self.desk.standings(key), self.desk.document(key), self.desk.book)
        return self.answer(request, "_suggestions.html", column=column, values=found)

    def read(self, request: Request) -> Response:
        """What a typed value is read as, while it is typed."""
        typed = request.query_params.get("value", "")
        return self.answer(request, "_read.html", typed=typed, read=read_value(typed, self.desk.book))

    def onward(self, request: Request) -> Response:
        """To the next document with a sum that waits, or to the queue when none does."""
        item = next_document(self.desk, request.query_params.get("after", ""))
        if item is None:
            return RedirectResponse("/", 303)
        return RedirectResponse(f"/d/{item.listed.key}?" + urlencode({"row": item.standing.id}), 303)

    def file(self, request: Request) -> Response:
        """One of the desk's own files."""
        name = request.path_params["name"]
        if name not in _STATIC:
            raise HTTPException(404)
        return Response(
            self.static[name],
            media_type=_STATIC[name],
            headers={"cache-control": "private, max-age=31536000, immutable"},
        )

    # ------------------------------------------------------------------------------------ decisions

    async def decide(self, request: Request) -> Response:
        """Save a decision and say what it changed on the page: 409 when another was quicker, 422 when it cannot be."""
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > LONGEST_BODY:
                raise HTTPException(413)
        try:
            wish = json.loads(body)
        except (ValueError, RecursionError):
            wish = None
        if not isinstance(wish, dict):
            raise HTTPException(400)
        return await run_in_threadpool(self._decide, request, wish)

    def _decide(self, request: Request, wish: dict[str, Any]) -> Response:
        key = request.path_params["key"]
        old = self.desk.standings(key)
        checks = self.desk.checks(key)
        try:
            done = self.desk.decide(key, wish)
        except Stale as stale:
            return JSONResponse(
                {"message": stale.told(language_of(request)), **self._changes(request, key, [], None)}, 409
            )
        except ReviewError as error:
            return JSONResponse({"message": error.told(language_of(request))}, 422)
        except GoldError as error:
            return JSONResponse({"message": str(error)}, 422)
        changes = self._changes(request, key, old, checks)
        return JSONResponse({"noted": done.noted, "carried": done.carried, **changes})

    def _changes(self, request: Request, key: str, old: Sequence[Standing], checks: object) -> dict[str, Any]:
        """What to draw anew after a decision, the tree as HTML where it changed, and what undo would show."""
        now, held = self.desk.standings(key), self.desk.checks(key)
        drawn = redrawn(self.desk.document(key), old, now, words(language_of(request)))
        fresh = held is not checks or drawn.reshaped
        tree = self._render(request, "_tree.html", tree=sums_tree(now, held)) if fresh else None
        return {
            "cards": drawn.cards,
            "gone": drawn.gone,
            "blocks": drawn.blocks,
            "tree": tree,
            "left": _left(now),
            "undo": self.desk.foreseen(key),
        }

    # ------------------------------------------------------------------------------------ rendering

    def _standing(self, request: Request) -> Standing:
        wanted = request.query_params.get("row", "")
        for standing in self.desk.standings(request.path_params["key"]):
            if standing.id == wanted:
                return standing
        raise HTTPException(404)

    def _render(self, request: Request, name: str, **about: Any) -> str:
        language = language_of(request)
        return self.templates.get_template(name).render(
            w=words(language), language=language, keys=keys_of(request), desk=self.desk, request=request, **about
        )

    def answer(self, request: Request, name: str, **about: Any) -> Response:
        """A page of a template, or a part of one."""
        answer = HTMLResponse(self._render(request, name, **about))
        remember_language(request, answer)
        return answer


def _first(all_: Sequence[Standing]) -> str:
    """The sum to begin with: the first that wants a decision most."""
    return min(all_, key=lambda each: (each.rank, each.row.start)).id if all_ else ""


def _left(all_: Sequence[Standing]) -> int:
    """How many sums wait for a decision."""
    return sum(each.rank < DONE for each in all_)


async def _refused(request: Request, error: Exception) -> Response:
    """What cannot be shown: the page says what, in the reader's language, and leads back to the queue."""
    language = language_of(request)
    status = error.status_code if isinstance(error, HTTPException) else 404
    if not isinstance(error, ReviewError):
        error = ReviewError("no.page") if status == 404 else ReviewError("no.answer", status=status)
    return HTMLResponse(page_of(error, language), status)


async def _broken(request: Request, error: Exception) -> Response:
    """The gold cannot be read: the message says which file, why, and what to do."""
    return PlainTextResponse(f"{error}\n", 500)


def make_app(
    desk: Desk, *, token: str, hosts: Sequence[str], cookie: str = "belopp", against: Path | None = None
) -> Guard:
    """The desk as an ASGI application that answers to ``hosts`` and asks for ``token``.

    ``against`` is the folder of another run to hold this one against.  Raises :class:`ReviewError` when it is none.
    """
    pages = Pages(desk)
    beside = ComparisonPages(Comparing(desk, against), pages.answer)
    handlers: Mapping[Any, Any] = {HTTPException: _refused, ReviewError: _refused, GoldError: _broken}
    routes = [
        Route("/", pages.queue),
        Route("/next", pages.onward),
        Route("/changes", beside.changes),
        Route("/figures", beside.figures),
        Route("/read", pages.read),
        Route("/static/{name}", pages.file),
        Route("/d/{key}", pages.document),
        Route("/d/{key}/why", pages.why),
        Route("/d/{key}/suggest", pages.suggest),
        Route("/d/{key}/decide", pages.decide, methods=["POST"]),
    ]
    app = Starlette(routes=routes, exception_handlers=handlers)
    return Guard(app, token=token, hosts=hosts, cookie=cookie)
