"""The desk's words in Swedish and English, and which of the two a reader wants."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

LANGUAGES: Final = ("sv", "en")

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    # the frame
    "desk": ("Granskning", "Review"),
    "queue": ("Kö", "Queue"),
    "help": ("Hjälp", "Help"),
    "shortcuts": ("Kortkommandon", "Shortcuts"),
    "shortcuts_off": ("Av: knappar och Tabb gör allt, och inga bokstäver betyder något.",
                      "Off: buttons and Tab do everything, and no letters mean anything."),
    "span": ("Omfång", "Span"),
    "start.back": ("Början ett ord åt vänster", "Start one word to the left"),
    "start.on": ("Början ett ord åt höger", "Start one word to the right"),
    "end.back": ("Slutet ett ord åt vänster", "End one word to the left"),
    "end.on": ("Slutet ett ord åt höger", "End one word to the right"),
    "language": ("In English", "På svenska"),
    "skip": ("Till innehållet", "To the content"),
    "reviewer": ("Granskare", "Reviewer"),
    "gold": ("facit", "gold"),
    "run": ("körningen", "the run"),
    # the queue
    "document": ("Dokument", "Document"),
    "area": ("Ändamål", "Area"),
    "payer": ("Betalare", "Payer"),
    "verdict": ("Utfall", "Verdict"),
    "column": ("Kolumn som skiljer", "Differing column"),
    "any": ("alla", "any"),
    "show": ("Visa", "Show"),
    "also_done": ("även klara", "decided ones too"),
    "nothing_left": ("Inget kvar här.", "Nothing left here."),
    "left": ("kvar", "left"),
    "of": ("av", "of"),
    "sums": ("belopp", "sums"),
    "next_page": ("Nästa sida", "Next page"),
    "previous_page": ("Förra sidan", "Previous page"),
    "rank0": ("Motsagda", "Contradicted"),
    "rank1": ("Skiljer sig från facit", "Disagree with the gold"),
    "rank2": ("Svaga skäl", "Weak reasons"),
    "rank3": ("Övriga", "The rest"),
    "rank4": ("Klara", "Decided"),
    "quarantined": ("Kunde inte läsas", "Could not be read"),
    # differences and figures
    "places": ("Sidor", "Pages"),
    "pages": ("Fler", "More"),
    "changes": ("Skillnader", "Differences"),
    "figures": ("Mätvärden", "Figures"),
    "run_here": ("Körningen", "The run"),
    "held_against": ("mot", "against"),
    "beside.gold": ("Mot facit", "Against the gold"),
    "beside.run": ("Mot", "Against"),
    "what": ("Slags skillnad", "Kind of difference"),
    "what.lost": ("Förlorade", "Lost"),
    "what.gained": ("Tillkomna", "Gained"),
    "what.changed": ("Ändrade", "Changed"),
    "what.span": ("Omfång", "Span"),
    "what.text": ("Ordalydelse", "Words"),
    "means.lost.gold": ("i facit, inte i körningen", "in the gold, not in the run"),
    "means.lost.run": ("i den andra körningen, inte i denna", "in the other run, not in this one"),
    "means.gained.gold": ("i körningen, inte i facit", "in the run, not in the gold"),
    "means.gained.run": ("i denna körning, inte i den andra", "in this run, not in the other"),
    "means.changed.gold": ("facit → körningen", "gold → run"),
    "means.changed.run": ("den andra körningen → denna", "the other run → this one"),
    "before": ("före:", "before:"),
    "after": ("efter:", "after:"),
    "empty_cell": ("(tomt)", "(empty)"),
    "every_change": ("alla ändringar av kolumnen", "every change of the column"),
    "nothing_differs": ("Inget skiljer sig här.", "Nothing differs here."),
    "nothing_to_hold": ("Inget dokuments facit är helt ännu; A i ett dokument gör det helt.",
                        "No document's gold is whole yet; A in a document makes it so."),
    "not_here": ("inte i denna körning", "not in this run"),
    "other_text": ("texten är en annan nu", "the text is another now"),
    "counted.gold": ("Dokument vars facit är helt:", "Documents whose gold is whole:"),
    "counted.run": ("Dokument med belopp i någon av körningarna:", "Documents with sums in either run:"),
    "intervals": ("Intervallen är de mittersta 95 % av så många dragningar av hela dokument:",
                  "Intervals are the middle 95 % of so many draws of whole documents:"),
    "no_intervals": ("För få dokument för intervall.", "Too few documents to give intervals."),
    "measure": ("Mått", "Measure"),
    "precision": ("Precision", "Precision"),
    "recall": ("Täckning", "Recall"),
    "interval": ("95 % intervall", "95 % interval"),
    "filled": ("F1 ifyllda celler", "F1 of filled cells"),
    "rows_counted": ("Rader", "Rows"),
    "confusions": ("Förväxlingar", "Confusions"),
    "confused.gold": ("Tabellens rader är facit, dess kolumner körningen; ett tal leder till beloppen.",
                      "Rows say what the gold has, columns what the run has; a number leads to its sums."),
    "confused.run": ("Tabellens rader är den andra körningen, dess kolumner denna; ett tal leder till beloppen.",
                     "Rows say what the other run has, columns what this one has; a number leads to its sums."),
    "nothing_confused": ("Inget att förväxla.", "Nothing to confuse."),
    "metric.mention": ("Funna belopp", "Sums found"),
    "metric.mention exact": ("Funna, på tecknet", "Found, to the character"),
    "metric.area strict": ("Ändamål, ordagrant", "Area, word for word"),
    "metric.part_of strict": ("Del av, samma omnämnande", "Part of, same mention"),
    "metric.row": ("Hela raden", "Whole row"),
    "metric.ledger row": ("Bokförd rad", "Ledger row"),
    # the document
    "text": ("Publikationen", "The publication"),
    "page": ("Sida", "Page"),
    "rows": ("Belopp", "Sums"),
    "tree": ("Summor", "Sums tree"),
    "no_tree": ("Inget belopp är del av ett annat.", "No sum is part of another."),
    "remainder": ("återstår", "remains"),
    "too_much": ("för mycket", "too much"),
    "adds_up": ("går ihop", "adds up"),
    "no_text": ("Publikationen är inte kvar som körningen läste den; här är meningarna. Kör belopp igen för texten.",
                "The publication is no longer as the run read it; here are its sentences. Run belopp again for it."),
    "no_sums": ("Inga belopp i dokumentet.", "No sums in the document."),
    "published": ("Publicerad", "Published"),
    "source": ("Källa", "Source"),
    "why": ("Varför", "Why"),
    "by_default": ("inget i texten talade för annat", "nothing in the text spoke for another"),
    "weak": ("svagt", "weak"),
    "rule": ("Regel", "Rule"),
    "no_reasons": ("Körningen har inga skäl för raden.", "The run has no reasons for this row."),
    "choose_row": ("Välj ett belopp.", "Choose a sum."),
    "candidates": ("Förslag", "Suggestions"),
    "nothing": ("inget", "nothing"),
    # states
    "open": ("obeslutad", "open"),
    "extra": ("saknas i facit", "not in the gold"),
    "missed": ("bara i facit", "only in the gold"),
    "agreed": ("i facit", "in the gold"),
    "differs": ("skiljer sig", "differs"),
    "rejected": ("avvisad", "rejected"),
    "decided": ("beslutad", "decided"),
    "accept": ("godkänd", "accepted"),
    "correct": ("rättad", "corrected"),
    "reject": ("avvisad", "rejected"),
    "add": ("tillagd", "added"),
    "repeat": ("följer första", "follows the first"),
    "adjudicate": ("avgjord", "adjudicated"),
    "import": ("införd", "imported"),
    # verdicts
    "verdict.proved": ("bevisad", "proved"),
    "verdict.consistent": ("förenlig", "consistent"),
    "verdict.partial": ("delvis", "partial"),
    "verdict.contradicted": ("motsagd", "contradicted"),
    # columns
    "value": ("Värde", "Value"),
    "start": ("Början", "Start"),
    "end": ("Slut", "End"),
    "low": ("Lägst", "Low"),
    "high": ("Högst", "High"),
    "currency": ("Valuta", "Currency"),
    "modifier": ("Förbehåll", "Hedge"),
    "kind": ("Slag", "Kind"),
    "change": ("Ändring", "Change"),
    "status": ("Status", "Status"),
    "recipient": ("Mottagare", "Recipient"),
    "period": ("År", "Period"),
    "per": ("Per", "Per"),
    "vat": ("Moms", "VAT"),
    "part_of": ("Del av", "Part of"),
    "same_as": ("Samma som", "Same as"),
    # what cells say
    "funding": ("anslag", "funding"),
    "rate": ("pris", "rate"),
    "other": ("annat", "other"),
    "status.decided": ("beslutat", "decided"),
    "status.proposed": ("föreslaget", "proposed"),
    "status.estimated": ("beräknat", "estimated"),
    "status.paid": ("utbetalt", "paid"),
    "increase": ("ökning", "increase"),
    "decrease": ("minskning", "decrease"),
    "level": ("nivå", "level"),
    "approx": ("ungefär", "about"),
    "under": ("knappt", "just under"),
    "over": ("drygt", "just over"),
    "at_least": ("minst", "at least"),
    "at_most": ("högst", "at most"),
    "year": ("år", "year"),
    "month": ("månad", "month"),
    "day": ("dag", "day"),
    "person": ("person", "person"),
    "item": ("styck", "item"),
    "incl": ("inklusive moms", "incl. VAT"),
    "excl": ("exklusive moms", "excl. VAT"),
    # actions
    "do.accept": ("Godkänn", "Accept"),
    "do.reject": ("Avvisa", "Reject"),
    "do.undo": ("Ångra", "Undo"),
    "do.previous": ("Föregående", "Previous"),
    "do.next": ("Nästa", "Next"),
    "do.doubt": ("Nästa tvivel", "Next doubt"),
    "do.rest": ("Godkänn resten", "Accept the rest"),
    "do.toggle": ("Facit/körning", "Gold/run"),
    "do.missed": ("Lägg till", "Add"),
    "do.why": ("Varför?", "Why?"),
    "do.edit": ("Ändra", "Edit"),
    "do.close": ("Stäng", "Close"),
    "do.clear": ("Töm", "Clear"),
    "do.save": ("Spara", "Save"),
    # messages of the page's own
    "say.saved": ("Sparat", "Saved"),
    "say.saving": ("Sparar …", "Saving …"),
    "say.pick": ("Klicka på ett belopp eller skriv dess nummer; 0 för inget, Esc avbryter.",
                 "Click a sum or type its number; 0 for none, Esc to leave."),
    "say.missed": ("Skriv numret på beloppet som saknas, eller markera text; Esc avbryter.",
                   "Type the number of the missed sum, or select text; Esc to leave."),
    "say.none_missed": ("Inga omärkta tal; markera text och tryck m.", "No unmarked numbers; select text and press m."),
    "say.last": ("Sista beloppet. A godkänner resten, n går till nästa tvivel.",
                 "The last sum. A accepts the rest, n goes to the next doubt."),
    "say.whole": ("Dokumentet är klart. n går till nästa tvivel.", "The document is done. n goes to the next doubt."),
    "say.offline": ("Servern svarar inte. Beslutet är inte sparat.",
                    "The server does not answer. The decision is not saved."),
    "say.conflict": ("Någon annan hann före", "Someone else was quicker"),
    "say.carried": ("även i {count} upprepningar av samma pengar", "also in {count} repetitions of the same money"),
    "say.undone": ("Ångrat", "Undone"),
    "say.no_doubt": ("Inget mer att tvivla på.", "Nothing more to doubt."),
    "say.place": ("Här stod ett belopp som körningen saknar; m lägger till det.",
                  "Here stood a sum that the run lacks; m adds it."),
    "say.gold": ("Facit visas", "The gold is shown"),
    "say.run": ("Körningen visas", "The run is shown"),
    "say.reads": ("läses som", "reads as"),
    "say.unread": ("inget entydigt belopp", "no one sum"),
    # what cannot be
    "no.document": ("dokumentet finns inte i körningen", "no such document in this run"),
    "no.decided": ("raden har beslutats på annat håll; den visas som den är nu",
                   "the row has been decided elsewhere meanwhile; it is shown as it is now"),
    "no.gone": ("raden är borta: den har beslutats på annat håll",
                "the row is gone: it has been decided elsewhere meanwhile"),
    "no.columns": ("{columns} har ändrats av någon annan; raden visas som den är nu",
                   "{columns}: someone else has changed it; it is shown as it is now"),
    "no.later": ("{name} har beslutat om samma rad sedan dess; den visas som den är nu",
                 "{name} has decided the same row since; it is shown as it is now"),
    "no.changed": ("raden har ändrats sedan dess, så beslutet kan inte ångras; den visas som den är nu",
                   "the row has been changed since, so the decision cannot be undone; it is shown as it is now"),
    "no.undo": ("du har inget att ångra i det här dokumentet", "you have nothing to undo in this document"),
    "no.do": ("{do} är inget beslut", "{do} is no decision"),
    "no.offset": ("{name} är ingen plats i texten", "{name} is no offset"),
    "no.span": ("där finns ingen text", "that is no span of the text"),
    "no.span_taken": ("ett annat belopp står redan just där", "another sum has that span already"),
    "no.publication": ("publikationen är inte kvar som körningen läste den; kör belopp igen",
                       "the publication is no longer as the run read it; run belopp again"),
    "no.row_already": ("det beloppet har redan en rad", "that sum has its row already"),
    "no.sum": ("”{text}” säger inget belopp", "{text!r} states no sum"),
    "no.value": ("”{value}” är inget entydigt belopp", "value: {value!r} is no one sum"),
    "no.period": ("”{value}” är inga år; skriv 2022, 2024-2026, 2025|2026, 2026- eller -2027",
                  "period: {value!r} is no year or years; write 2022, 2024-2026, 2025|2026, 2026- or -2027"),
    "no.currency": ("”{value}” är ingen valutakod som SEK", "currency: {value!r} is no code such as SEK"),
    "no.column": ("{column} kan inte ändras", "{column} cannot be changed"),
    "no.cell": ("för långt, eller med styrtecken", "{column}: too long, or with control characters"),
    "no.target": ("välj ett annat belopp i dokumentet", "{column}: choose another sum of the document"),
    "no.circle": ("det beloppet är självt del av det här", "{column}: that sum is itself part of this one"),
    # help
    "key.j": ("nästa, föregående belopp", "next, previous sum"),
    "key.a": ("godkänn och gå vidare", "accept and go on"),
    "key.A": ("godkänn resten; dokumentet är klart", "accept the rest; the document is done"),
    "key.x": ("avvisa och gå vidare", "reject and go on"),
    "key.u": ("ångra", "undo"),
    "key.1": ("anslag, pris, annat", "funding, rate, other"),
    "key.4": ("beslutat, föreslaget, beräknat, utbetalt", "decided, proposed, estimated, paid"),
    "key.8": ("ökning, minskning, nivå", "increase, decrease, level"),
    "key.p": ("del av: klicka eller skriv nummer (0: inget)", "part of: click or type a number (0: none)"),
    "key.s": ("samma som: klicka eller skriv nummer", "same as: click or type a number"),
    "key.b": ("flytta början åt vänster, slutet åt höger; med { } tillbaka",
              "move the start left, the end right; { } move them back"),
    "key.e": ("ändra värdet; det tolkas medan du skriver", "edit the value; it is read as you type"),
    "key.y": ("betalare, mottagare, ändamål, år, per, förbehåll; siffra väljer förslag, markerad text tas som den är",
              "payer, recipient, area, period, per, hedge; a digit takes a suggestion; selected text is taken as"),
    "key.g": ("växla mellan facit och körning", "toggle gold and run"),
    "key.n": ("nästa tvivel, även i nästa dokument", "next doubt, also in the next document"),
    "key.m": ("lägg till ett missat belopp: markera text, eller skriv numret",
              "add a missed sum: select text, or type its number"),
    "key.slash": ("filter", "filters"),
    "key.help": ("hjälp och varför", "help and why"),
    "key.lists": ("från listorna: skillnader, mätvärden", "from the lists: differences, figures"),
    "key.q": ("till listan", "to the list"),
}  # fmt: skip


def words(language: str) -> dict[str, str]:
    """Every word of the desk in a language.

    >>> words("en")["verdict.proved"], words("sv")["verdict.proved"]
    ('proved', 'bevisad')
    """
    place = LANGUAGES.index(language)
    return {key: said[place] for key, said in _WORDS.items()}


def preferred(accepted: str) -> str:
    """The language of an ``Accept-Language`` header; Swedish unless English goes before it.

    >>> preferred("en-GB,en;q=0.9"), preferred("sv;q=0.4, en;q=0.8"), preferred("nb, sv"), preferred("")
    ('en', 'en', 'sv', 'sv')
    """
    wanted: list[tuple[float, int, str]] = []
    for place, part in enumerate(accepted.split(",")):
        found = re.fullmatch(r"\s*([A-Za-z]{1,8})(?:-[\w-]+)?\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*", part)
        if found and found[1].lower() in LANGUAGES:
            wanted.append((-float(found[2] or 1), place, found[1].lower()))
    return min(wanted)[2] if wanted else "sv"


def grouped(value: Decimal, language: str) -> str:
    """A number with its digits in groups of three, parted by no-break spaces.

    >>> grouped(Decimal("1234567.5"), "sv"), grouped(Decimal("-3E+3"), "en")
    ('1\\xa0234\\xa0567,5', '−3\\xa0000')
    """
    text = f"{value:,f}".replace("-", "−")
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    point = "," if language == "sv" else "."
    return whole.replace(",", "\u00a0") + (point + fraction if fraction else "")
