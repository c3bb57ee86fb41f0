"""The verbs by which somebody gives, gets or orders, each known by its infinitive, and their principal parts."""

from __future__ import annotations

from itertools import chain
from typing import Final

from belopp.conjugation import SECOND_VOICELESS

# Present, preterites and supine of verbs that are not conjugated as "satsa" or "köpa".
PARTS: Final = {
    infinitive: (present, tuple(preterites.split("/")), supine)
    for infinitive, present, preterites, supine in map(
        str.split,
        (
            "anslå anslår anslog anslagit",
            "avsätta avsätter avsatte avsatt",
            "begära begär begärde begärt",
            "beställa beställer beställde beställt",
            "bidra bidrar bidrog bidragit",
            "dra drar drog dragit",
            "erbjuda erbjuder erbjöd erbjudit",
            "erhålla erhåller erhöll erhållit",
            "få får fick fått",
            "ge ger gav gett",
            "gå går gick gått",
            "ingå ingår ingick ingått",
            "lägga lägger lade/la lagt",
            "motta mottar mottog mottagit",
            "skjuta skjuter sköt skjutit",
            "skriva skriver skrev skrivit",
            "sluta sluter slöt slutit",
            "söka söker sökte sökt",
            "ta tar tog tagit",
            "tillföra tillför tillförde tillfört",
            "utlysa utlyser utlyste utlyst",
            "utse utser utsåg utsett",
            "vinna vinner vann vunnit",
            "välja väljer valde valt",
        ),
    )
}

PAY: Final = ("anslå", "avsätta", "bevilja", "bidra", "donera", "investera", "satsa", "skänka", "tilldela", "utlysa")
SPEND: Final = (
    "bekosta", "donera", "finansiera", "förvärva", "investera", "köpa", "lägga", "satsa", "skjuta", "skänka",
    "sponsra", "storsatsa", "stötta",
)  # fmt: skip
GET: Final = ("få", "erhålla")


def parts(verb: str) -> tuple[str, tuple[str, ...], str]:
    """The present, the preterites and the supine of an infinitive.

    >>> parts("satsa"), parts("köpa"), parts("lägga")
    (('satsar', ('satsade',), 'satsat'), ('köper', ('köpte',), 'köpt'), ('lägger', ('lade', 'la'), 'lagt'))
    """
    if verb in PARTS:
        return PARTS[verb]
    if (stem := verb[:-1]) in SECOND_VOICELESS:
        return f"{stem}er", (f"{stem}te",), f"{stem}t"
    return f"{verb}r", (f"{verb}de",), f"{verb}t"


def told(*verbs: str) -> frozenset[str]:
    """What is said of who does or did it: ``ger``, ``gav``."""
    return frozenset(chain.from_iterable((present, *preterites) for present, preterites, _ in map(parts, verbs)))


def done(*verbs: str) -> frozenset[str]:
    """What stands after ``har`` or ``hade``: ``gett``."""
    return frozenset(supine for _, _, supine in map(parts, verbs))


def forms(*verbs: str) -> frozenset[str]:
    """All of them, and the infinitives."""
    return frozenset(verbs) | told(*verbs) | done(*verbs)


def saying(*verbs: str) -> str:
    """A pattern for any of their forms."""
    return f"(?:{'|'.join(sorted(forms(*verbs)))})"
