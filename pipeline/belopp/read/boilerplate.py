"""Which blocks are the page's and not the publication's: contacts, bylines, forms, cookies, links and file sizes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from belopp.model import BOILERPLATE, CELL, HEADING, PARAGRAPH, TITLE, Block
from belopp.read.lines import ends_sentence
from belopp.years import MONTHS

# A block that states money is the publication's whatever else it looks like (links and PDF lines apart).
_MONEY = re.compile(
    r"""\d[^\n]{0,40}?(?:kron(?:or|a)\b|\bkr\b|milj(?:on|ard)|\b(?:mn|m|t|md)kr\b|SEK|euro\b|dollar)
      | milj(?:on|ard)\w*\s+kr""",
    re.IGNORECASE | re.VERBOSE,
)
_DAY = rf"(?:\d{{1,2}}\s+(?:{'|'.join(MONTHS)})\.?,?\s+\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})"
_DATE = rf"{_DAY}(?:,?\s*(?:kl\.?\s*)?\d{{1,2}}[.:]\d{{2}})?"
_LINE = re.compile(
    rf"""(?:
        (?:publicerad|uppdaterad|publicerat|senast\s(?:uppdaterad|ändrad|granskad)|publiceringsdatum|datum)(?:es)?\b:?
            (?:\s*(?:den\s)?{_DATE})?(?:[\s·|–-]*(?:publicerad|uppdaterad|(?:senast\s)?(?:uppdaterad|ändrad))?:?\s*(?:{_DATE})?)?
      | (?:by|av|text:?)\s(?:[^.\n]{{0,60}}?\s)?(?:on|den)?\s*{_DATE}
      | (?:den\s)?{_DATE}
      | innehållet\spublicerades\sunder\sperioden.{{0,80}}
      | arkivbild | (?:arkiv)?(?:foto|bild|illustration|grafik)(?:graf)?(?:en)?:\s.{{1,120}}
      | källa:?\s\S[^.]{{0,80}}
      | (?:pressmeddelande|artikel|nyhet|debattartikel|tal|uttalande|webbnyhet)\sfrån\s[^.]{{3,120}}
      | you\smust\sbe\slogged\sin.* | (?:log\sin|login|logga\sin)
      | (?:leave\sa\s(?:reply|comment)|lämna\s(?:ett\s|en\s)?(?:svar|kommentar)).*
      | (?:din|your)\se-?(?:post|mail).{{0,120}} | obligatoriska\sfält.{{0,80}}
      | (?:dela|skriv\sut|lyssna|skicka|tipsa|till\stoppen|tillbaka|stäng|meny|sök|translate|läs\smer|visa\smer
          |ladda\s(?:ner|ned)|prenumerera(?:\spå\s.{{1,60}})?|hoppa\still.{{1,40}}|följ\soss.{{0,40}}|hjälpte\s(?:den\shär\s)?sidan.{{0,40}}|facebook|twitter
          |linkedin|e-post|x|ja|nej|share|tweet|gå\sdirekt\still\sinnehåll(?:et)?|lyssna\spå\s(?:sidan|innehållet))[.:!?]?
      | [-–—|·•*_=\s]+
      | [\w.+-]+@[\w-]+(?:\.[\w-]+)+ | (?:https?://|www\.)\S+
      | [^.\n|]{{2,40}}(?:\s\|\s[^.\n|]{{2,40}})+
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
# What a line of letters must open with to be one of these, if neither "@" nor "|" stands in it.
_LINE_OPENS = frozenset(
    """pub upp sen dat tex den inn ark fot bil ill gra käl pre art nyh deb tal utt web you log lea läm din obl del skr
    lys ski tip til stä men sök tra läs vis lad hop föl hjä fac twi lin e-p nej sha twe htt www by av gå ja""".split()
)
_COOKIE = re.compile(
    r"\b(?:cookies?\b|kakor\b.{0,80}(?:webbplats|samtyck|godkänn|använd)|(?:webbplats|samtyck|godkänn)\w*.{0,80}\bkakor\b"
    r"|behandl\w+ (?:av )?(?:dina )?personuppgifter.{0,80}(?:formulär|nyhetsbrev))",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"\(?(?:pdf|docx?|xlsx?|pptx?|word|excel)\b\)?[^.\n]{0,40}?\d[\d,.\s]*\s?(?:[km]b|[kmg]byte|[km]ib)\b",
    re.IGNORECASE,
)
_FORMATS = ("pdf", "doc", "xls", "ppt", "word", "excel")
_LINKS = re.compile(
    r"""(?:
        [\s,;|·•*+–-]
      | !?\[[^\]]*\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s"[^"]*")?\)
      | <https?://[^>\s]+>
    )+$""",
    re.VERBOSE,
)
_PRESS = re.compile(r"\bpress(?:s?ekreterare\w*|kontakt\w*|tjänst\w*|jour\w*|ansvarig\w*)\b", re.IGNORECASE)
_REQUEST = re.compile(
    r"""\b(?:kontakt(?:as?)?|\w*förfråg\w+|ackredit\w+|anmäl\w+|intervju\w*|frågor|mer\sinformation|tfn|tel|mobil)\b
      | @ | ^press""",
    re.IGNORECASE | re.VERBOSE,
)
_PHONE = re.compile(
    r"""(?<![\d/:.])(?:\+46\s?(?:\(0\)\s?)?\d|0\d{1,3}\s?[-–/]\s?\d)[\d\s–-]{4,12}\d
      | \b(?:tfn|tel(?:efon)?|mobil)\b[.:]?\s*\+?\d""",
    re.IGNORECASE | re.VERBOSE,
)
_CONTACT_HEAD = re.compile(
    r"""(?:
        (?:press)?kontakt(?:er|information|uppgifter|person(?:er)?|oss|formulär.*)?
      | kontakta(?:\s(?:oss|[A-ZÅÄÖ][\w-]*))?
      | (?:press(?:s?ekreterare|ansvarig)|(?:informations|sid|innehålls)ansvarig|sakkunnig\spå\ssidan)[^.]{0,60}
      | relatera(?:t|d|de)(?:\s\w+)? | länkar | genvägar | läs\sockså | dela | mer\spå\swebben | ladda\sner | dokument
      | mer\sfrån\s.{1,40} | kommentarer | (?:lämna\s(?:ett\s|en\s)?(?:svar|kommentar)|leave\sa).*
    ):?$""",
    re.IGNORECASE | re.VERBOSE,
)
# The first letters of these.
_CONTACT_OPENS = frozenset("pre kon inf sid inn sak rel län gen läs del mer lad dok kom läm lea".split())
_DIGITS = re.compile("[0-9][0-9]")
_LONG, _LINE_LENGTH = 200, 60


def is_boilerplate(text: str) -> bool:
    """Whether a line by itself is the page's furniture.

    >>> is_boilerplate("Publicerad 7 mars 2022"), is_boilerplate("Avtalet 2022 (PDF) Pdf, 464 kB.")
    (True, True)
    >>> is_boilerplate("Regeringen avsätter 5 miljoner kronor.")
    False
    """
    if not text or len(text) > 400:
        return False
    if (text[0] in "[!<-*•" and _LINKS.match(text)) or (len(text) < 250 and _names_file(text)):
        return True
    looks_so = (len(text) < 200 and _may_be_line(text) and _LINE.match(text) is not None) or _asks_consent(text)
    return (looks_so and not states_money(text)) or is_contact(text)


def is_contact(text: str) -> bool:
    """Whether a short line says whom the press or a reader may call or write to.

    >>> is_contact("För mer information, kontakta pressekreterare."), is_contact("Tfn 08-000 00 00")
    (True, True)
    """
    if len(text) > 300:
        return False
    asked = "ress" in text and _PRESS.search(text) is not None and _REQUEST.search(text) is not None
    called = len(text) < 160 and _DIGITS.search(text) is not None and _PHONE.search(text) is not None
    return (asked or called) and not states_money(text)


def opens_contacts(text: str) -> bool:
    """Whether a heading opens contacts, links or forms, whose short lines are the page's too.

    >>> opens_contacts("Kontakta oss"), opens_contacts("Presskontakt"), opens_contacts("Kontakter mellan länder")
    (True, True, False)
    """
    if len(text) >= 80:
        return False
    said = text.strip("*_ :")
    return said[:3].lower() in _CONTACT_OPENS and _CONTACT_HEAD.match(said) is not None


def _is_prose(text: str) -> bool:
    return len(text) > _LONG or (len(text) > _LINE_LENGTH and ends_sentence(text))


def states_money(text: str) -> bool:
    """Whether a number and a unit of money stand near each other: a cautious look, not a finding."""
    return _MONEY.search(text) is not None


def _may_be_line(text: str) -> bool:
    opening = text[:3].lower()
    if opening in _LINE_OPENS or opening[:2] in _LINE_OPENS or opening[:1] == "x" or not text[0].isalpha():
        return True
    return "@" in text or "|" in text


def _asks_consent(text: str) -> bool:
    # A plain look for a part of the words first: the pattern itself is slow on prose.
    return ("ookie" in text or "akor" in text or "ersonuppg" in text) and _COOKIE.search(text) is not None


def _names_file(text: str) -> bool:
    if ". " in text:
        return False
    lowered = text.lower()
    sized = "kb" in lowered or "mb" in lowered or "byte" in lowered  # "december" too
    return sized and any(map(lowered.__contains__, _FORMATS)) and _FILE.search(text) is not None


def set_apart(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same blocks, those that are the page's own marked ``boilerplate``.

    A heading such as ``Kontakta oss`` takes with it the short blocks beneath, up to the next heading or prose.
    """
    marked: list[Block] = []
    contacts = 0  # the level of the heading that opened contacts, 0 outside
    for block in blocks:
        held = text[block.start : block.end]
        if block.kind in (TITLE, HEADING):
            beneath = 0 < contacts < block.level and not states_money(held)
            opens = block.kind == HEADING and (beneath or opens_contacts(held))
            contacts = (contacts or block.level) if opens else 0
            own = opens or (block.kind == HEADING and is_boilerplate(held))
        elif block.kind == CELL:
            own = False
        elif contacts:
            own = is_boilerplate(held) or not (_is_prose(held) or states_money(held))
            contacts = contacts if own or block.kind != PARAGRAPH else 0
        elif block.kind == PARAGRAPH and opens_contacts(held):
            contacts, own = 6, True
        else:
            own = is_boilerplate(held)
        marked.append(block._replace(kind=BOILERPLATE, level=0) if own and block.kind != BOILERPLATE else block)
    return tuple(marked)
