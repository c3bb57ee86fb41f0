"""What the report says, in English and in Swedish."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

LANGUAGES: Final = ("en", "sv")

Say = Callable[[str], str]

_SWEDISH: Final = {
    "Report": "Rapport",
    "Run": "Körning",
    "rules": "regler",
    "rows": "rader",
    "Scores": "Mätvärden",
    "against the gold": "mot facit",
    "Contents": "Innehåll",
    "Skip to the contents": "Hoppa till innehållet",
    "publications": "publikationer",
    "sums": "belopp",
    "quarantined": "i karantän",
    "Measure": "Mått",
    "Precision": "Precision",
    "Recall": "Täckning",
    "95 % interval": "95 % intervall",
    "Kappa": "Kappa",
    "F1 of filled cells": "F1 ifyllda celler",
    "Rows": "Rader",
    "Intervals are the middle 95 % of {} draws of whole documents.":
        "Intervallen är de mittersta 95 % av {} dragningar av hela dokument.",
    "Too few documents to give intervals.": "För få dokument för intervall.",
    "Confusion": "Förväxlingar",
    "Rows of the table say what the gold has, columns what the run has.":
        "Tabellens rader är facit, dess kolumner körningen.",
    "(empty)": "(tomt)",
    "Difference from the gold": "Skillnad mot facit",
    "Difference from the other run": "Skillnad mot den andra körningen",
    "Lost": "Förlorade",
    "Gained": "Tillkomna",
    "Changed": "Ändrade",
    "Nothing differs.": "Ingenting skiljer sig.",
    "lost": "förlorad",
    "gained": "tillkommen",
    "Sum": "Belopp",
    "Publication": "Publikation",
    "Column": "Kolumn",
    "Before": "Före",
    "After": "Efter",
    "Verdicts": "Utfall",
    "Verdict": "Utfall",
    "proved": "bevisad",
    "consistent": "förenlig",
    "partial": "ofullständig",
    "contradicted": "motsagd",
    "No total is broken down.": "Ingen summa är uppdelad.",
    "Sum trees": "Summaträd",
    "stated": "angivet",
    "summed": "summerat",
    "remainder": "rest",
    "by area": "efter ändamål",
    "by payer": "efter betalare",
    "by recipient": "efter mottagare",
    "by year": "efter år",
    "Who pays whom, for what": "Vem betalar vem, för vad",
    "Payer": "Betalare",
    "Area": "Ändamål",
    "Recipient": "Mottagare",
    "not said": "anges inte",
    "others": "övriga",
    "Years": "År",
    "Period": "Period",
    "no year": "inget år",
    "SEK million": "miljoner kronor",
    "Status": "Status",
    "decided": "beslutat",
    "proposed": "föreslaget",
    "estimated": "beräknat",
    "paid": "utbetalt",
    "funding": "anslag",
    "rate": "pris",
    "other": "annat",
    "increase": "ökning",
    "decrease": "minskning",
    "approx": "ungefär",
    "under": "knappt",
    "over": "drygt",
    "at_least": "minst",
    "at_most": "högst",
    "year": "år",
    "month": "månad",
    "day": "dag",
    "item": "styck",
    "incl": "inklusive moms",
    "excl": "exklusive moms",
    "SEK": "kr",
    "Sums in kronor that are no part of another; a range counts with its lower end.":
        "Summor i kronor som inte är del av en annan; ett intervall räknas med sin lägre ände.",
    "{} sums in other currencies are left out.": "{} summor i andra valutor är utelämnade.",
    "Nothing to draw.": "Ingenting att rita.",
    "The sums lie so far apart that the axis is logarithmic: each line is ten times the one below it.":
        "Summorna ligger så långt isär att axeln är logaritmisk: varje linje är tio gånger den närmast under.",
    "Quarantined documents": "Dokument i karantän",
    "None.": "Inga.",
    "Document": "Dokument",
    "Stage": "Steg",
    "Reason": "Orsak",
    "Publications": "Publikationer",
    "The text is not at hand; these are the sentences.": "Texten finns inte till hands; detta är meningarna.",
    "The text has changed since the run; these are the sentences.":
        "Texten har ändrats sedan körningen; detta är meningarna.",
    "Only the sentences are shown of the publications beyond the first {}.":
        "Av publikationerna efter de första {} visas bara meningarna.",
    "The trees of {} more publications, with less in doubt, are left out.":
        "Träden för {} publikationer till, där mindre är oklart, är utelämnade.",
    "and {} smaller ones": "och {} mindre",
    "Kind": "Slag",
    "Part of": "Del av",
    "Check": "Kontroll",
    "per": "per",
    "missed": "missad",
    "in the gold, not in the run": "i facit, inte i körningen",
    "parts": "delar",
    ".": ",",
    # metrics and columns
    "mention": "belopp funnet",
    "mention exact": "belopp funnet på tecknet",
    "value": "värde",
    "low": "lägst",
    "high": "högst",
    "currency": "valuta",
    "modifier": "förbehåll",
    "kind": "slag",
    "change": "ändring",
    "status": "status",
    "payer": "betalare",
    "recipient": "mottagare",
    "area": "ändamål",
    "area strict": "ändamål, noga",
    "period": "period",
    "vat": "moms",
    "part_of": "del av",
    "part_of strict": "del av, noga",
    "same_as": "samma som",
    "row": "rad",
    "ledger row": "rad i huvudboken",
}  # fmt: skip


def speaking(language: str) -> Say:
    """The words in a language; what it lacks is said in English.

    >>> speaking("sv")("Lost"), speaking("en")("Lost")
    ('Förlorade', 'Lost')
    """
    known = _SWEDISH if language == "sv" else {}
    return lambda said: known.get(said, said)
