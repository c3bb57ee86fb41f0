"""The frames of a sentence's tape in which somebody gives a sum, before it or after it."""

from __future__ import annotations

import re
from typing import Final

from belopp.actors.proper import Named

GIVER: Final = r"(?P<who>d*[ACGLU](?:(?:,|o|,o)d*[ACGLU])*|Y)"
FREE: Final = r"(?<![tihkmfnz/+?])(?<![tihkmfnz/+?]d)"  # a name after a preposition is no subject
# "regionerna står för N", "bidrar regionerna med N", "avser Nordiska ministerrådet gå in med N"
DONOR: Final = re.compile(rf"{FREE}{GIVER}x?(?P<cue>Z)(?!S)[^MS;]{{0,14}}$")
SUBJECT: Final = re.compile(rf"{FREE}{GIVER}[^MSACGLUYRtq;]{{0,6}}(?P<cue>[ZV])(?!S)(?:x?[AU]|xiU)?[^MACGLU;t]{{0,6}}$")
# "kunde Cancerfonden dela ut N", "Alfa har beslutat att donera N"
HANDS_OUT: Final = re.compile(rf"{FREE}(?P<who>[AU](?:oA)*|Y)x{{0,3}}e?(?P<cue>[Ow])[^MS;t]{{0,6}}$")
# "Postkodstiftelsen stödjer projektet Alfa med N"
HELPS: Final = re.compile(rf"{FREE}(?P<who>[AU](?:oA)*)x?(?P<cue>H)(?!S)[^M;]{{1,14}}m[^M;]{{0,2}}$")
# "N som Cancerfonden delar ut"
GIVEN_BY: Final = re.compile(rf",?q{GIVER}x?(?P<cue>[ZO])")
INVERTED: Final = re.compile(rf"(?P<cue>Z){GIVER}[mf]?[^MS;t]{{0,3}}$")
# "vi på Alfa har investerat N": no government's "vi"
WE_AT: Final = re.compile(r"Si(?P<who>[AU])x?(?P<cue>Z)[^MS;]{0,6}$")
# "N satsar Alfa och Beta": the sum opens the sentence
TOPIC: Final = re.compile(rf",?(?P<cue>Z){GIVER}")
# "N får klubben av Alfa", "N har beviljats klubben av Alfa"
GOT_OF: Final = re.compile(r"x{0,2}Rd?[AGUYLx]{0,3}(?P<cue>n)(?P<who>[ALU](?:o[ALU])*)")
FROM: Final = re.compile(r"(?:i?[xT]{0,2}[TK]|x{0,2}|,x)(?P<cue>z)(?P<who>[ALU](?:(?:,|o)[ALU])*|a)")
# "får 5 miljoner av Alfa", "får 5 miljoner i riskkapital av Alfa", "projektet finansieras med 5 miljoner av Alfa"
BY: Final = re.compile(r"(?:i[xT])?(?P<cue>n)(?P<who>[AU](?:o[AU])*)")
# What stands before a sum, the surest first.
BEFORE: Final = (SUBJECT, DONOR, HANDS_OUT, HELPS, INVERTED)
# Before a verb that tells of giving: "Alfa (ska) investera i skolor"
TELLS: Final = re.compile(rf"{FREE}(?P<who>[ALU](?:o[AU])*)x{{0,2}}$")
SWEDISH: Final = re.compile(r"\bsvensk|\bsverige|\bswed|\b(?:vi|we)\b")
COMMITTEES: Final = "nämnder"


def is_within(one: Named) -> bool:
    """Whether what an actor gives is the state's or the municipality's: an agency, a committee, a party."""
    return one.kind in ("agency", "party") or one.actor is not None and one.actor.canonical == COMMITTEES
