"""Where a document lies in the corpus folder: its address as a path that is safe, and its own alone."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final
from urllib.parse import unquote

import httpx2

from belopp.read import ENDINGS

MOST_BYTES: Final = 255  # of one name, on every common file system
MOST_PATH: Final = 1000
MARK: Final = "~"  # never in a name that is kept as it stands
_PLAIN = re.compile(r"[\w\-.,+=()@]+")
_HOST = re.compile(r"[a-z0-9\-]+(?:\.[a-z0-9\-]+)*")
_ODD = re.compile(r"[^\w\-]+")
# Names that some systems give to devices, whatever ending follows.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE | re.DOTALL)
_FILE_LIKE = re.compile(r"\.(?:md|txt|html?|pdf|docx|xlsx|csv|xml|jsonl?)$", re.IGNORECASE)


def of_mirror(address: str) -> str:
    r"""The name of a mirrored page: the path that the index gives it, with ``.md``.

    >>> of_mirror("/tal/2024/05/namn/"), of_mirror("/tal/2024/05/namn")
    ('tal/2024/05/namn.md', 'tal/2024/05/namn.md')
    >>> of_mirror("/../../x/"), of_mirror("/a/CON/")
    ('~5ec1f7e700f3/~5ec1f7e700f3/x.md', 'a/CON~a3dbc4b644a9.md')
    """
    segments = [part for part in address.split("/") if part] or [""]
    return _joined(address, [*(_folder(part) for part in segments[:-1]), _file(segments[-1], ".md")])


def of_page(url: httpx2.URL, ending: str) -> str:
    """The name of a page of any site; ``ending`` is for an address without one of its own.

    No two addresses share a name: what cannot be kept as it stands bears a digest of the address.

    >>> of_page(httpx2.URL("https://example.org/stod/"), ".html")
    'example.org/stod/index.html'
    >>> of_page(httpx2.URL("https://example.org/a.pdf"), ".html")
    'example.org/a.pdf'
    >>> of_page(httpx2.URL("http://example.org:8080/stod?sida=2"), ".html")
    'example.org~http8080/stod~...html'
    """
    path, queried, _ = url.raw_path.decode("ascii", "replace").partition("?")
    *folders, last = path.removeprefix("/").split("/")
    # An address that is not the one plain spelling of its name shares that name with the one that is.
    spelt = unquote(last, errors="strict") if _decodable(last) else last
    own = next((known for known in ENDINGS if spelt.lower().endswith(known) and spelt[: -len(known)]), "")
    if not last and not queried:
        name = "index" + ending
    elif own and not queried and not spelt.startswith("index.") and "%" not in last:
        name = _file(spelt[: -len(own)], spelt[-len(own) :])
    else:
        name = _marked(spelt[: -len(own)] if own else spelt, own or ending, str(url))
    return _joined(str(url), [_host(url), *(_folder(part) for part in folders), name])


def marked(name: str, source: str) -> str:
    """Another name for a document whose own is taken, as by one that differs in capitals alone.

    >>> marked("a/Stod.md", "https://example.org/a/Stod.md")
    'a/Stod~...md'
    """
    folder, slash, last = name.rpartition("/")
    stem, dot, ending = last.rpartition(".")
    return folder + slash + _marked(stem.partition(MARK)[0], dot + ending, source)


def folded(name: str) -> str:
    """What two names have in common that some file system takes for one."""
    return unicodedata.normalize("NFC", name).casefold()


def is_safe(name: str) -> bool:
    """Whether a name, as a manifest gives it, stays in the folder and is not hidden in it.

    >>> is_safe("a/b.md"), is_safe("../b.md"), is_safe("/b.md"), is_safe("a/.b")
    (True, False, False, False)
    """
    return bool(name) and "\0" not in name and not any(part == "" or part.startswith(".") for part in name.split("/"))


def _folder(part: str) -> str:
    # A folder called a.html would stand where the document a.html wants to lie.
    return part if _keeps(part) and not _FILE_LIKE.search(part) else _marked(part, "", part)


def _file(stem: str, ending: str) -> str:
    kept = _keeps(stem) and len((stem + ending).encode()) <= MOST_BYTES
    return stem + ending if kept else _marked(stem, ending, stem)


def _host(url: httpx2.URL) -> str:
    # A host of the same name on another port or scheme is another site.
    host = url.host.lower()
    if url.scheme == "https" and url.port is None and _HOST.fullmatch(host) and _keeps(host):
        return host
    shown = host if _HOST.fullmatch(host) and len(host) <= 100 else _marked(host, "", host)
    return f"{shown.strip('.')}{MARK}{url.scheme}{url.port or ''}"


def _keeps(part: str) -> bool:
    return (
        _PLAIN.fullmatch(part) is not None
        and len(part.encode()) <= MOST_BYTES
        and not part.startswith(".")
        and not part.endswith(".")
        and unicodedata.is_normalized("NFC", part)
        and not _DEVICE.fullmatch(part)
    )


def _marked(stem: str, ending: str, of: str) -> str:
    digest = hashlib.sha256(of.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    shown = _ODD.sub("-", unicodedata.normalize("NFC", stem)).strip("-_")
    shown = shown.encode()[:80].decode("utf-8", "ignore")
    return f"{shown}{MARK}{digest}{ending}"


def _decodable(part: str) -> bool:
    try:
        unquote(part, errors="strict")
    except UnicodeDecodeError:
        return False
    return True


def _joined(of: str, parts: list[str]) -> str:
    name = "/".join(parts)
    if len(name.encode()) <= MOST_PATH:
        return name
    stem, dot, ending = parts[-1].rpartition(".")
    return f"{parts[0]}/{_marked(stem, dot + ending, of)}"
