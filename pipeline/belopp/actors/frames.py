"""The frames in which a sentence names who receives a sum, as patterns over its tape."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

# What may stand between a preposition or verb and the name: "den", "organisationen REACH", "fonden Grain from Ukraine",
# "Energigemenskapens fond UESF", "det Köpenhamnsbaserade institutet X".
_LEAD = (
    r"s?(?:d[xY]{1,3}(?=[UA])|d|Y(?=[AUG])|Y(?=[au][xY][AU])|[acglu][xY](?=[AU])|[au](?=U[-:]|A)|U(?=Y[AU])|G(?=[AU]))*"
)
_ONE = rf"{_LEAD}[ACGLUY]"
NAMES: Final = rf"{_ONE}(?:(?:,o?|o+){_ONE})*"
# "till SKR, till regionerna och till Socialstyrelsen"
EACH: Final = rf"{_ONE}(?:(?:,o?|o+|(?=t))t?{_ONE})*"
OWNERS: Final = rf"(?:{_ONE}(?:,|,?o))*{_LEAD}[acgluy](?:(?:,o?|o){_LEAD}[acgluy])*"
EITHER: Final = rf"(?:{OWNERS}(?![AU])|{EACH})"


class Frame(NamedTuple):
    """A pattern with a group ``who`` and perhaps a group ``cue``, and the rule it stands for."""

    rule: str
    pattern: re.Pattern[str]
    needs: str  # the cue's letter where it is one letter: without it on the tape there is nothing to look for
    cue: str  # the group of its cue


def _frame(rule: str, pattern: str) -> Frame:
    cue = re.search(r"\(\?P<cue>\\?(.)\)", pattern)
    whole = pattern.replace("NAMES", NAMES).replace("EITHER", EITHER).replace("OWNERS", OWNERS)
    return Frame(rule, re.compile(whole), cue.group(1) if cue else "", "cue" if "(?P<cue>" in pattern else "")


# After the sum, up to the next sum; matched at its end.
TO: Final = _frame(
    "recipient.to",
    r"q?(?:[^Mv;:,fqoGLU]|,(?=[ex]?[>O]|t)|q(?=x{0,2}T)|o(?!d?x?[TKSAGLU])|(?<=T)o(?=Tt)){0,14}?(?P<cue>t)(?:x(?=L))?(?P<who>EITHER)",
)
# "5 miljoner av det bidrag som Alfa betalar ut till Beta", and before the sum
_HANDED = r"Tq(?:A(?:(?:,|o)A)*)?x{0,2}(?:O|[xZ]x)x?(?P<cue>t)(?P<who>EITHER)"
OF_HANDED: Final = _frame("recipient.to", r"[^Mv;:,]{0,8}" + _HANDED)
HANDED: Final = _frame("recipient.to", _HANDED + r"[^MtT;]*$")
TO_SUPPORT: Final = _frame("recipient.to", r"q?[^Mv;:fq]{0,10}?(?P<cue>t)T[tf](?P<who>EITHER)")
FOR_SUPPORT: Final = _frame("recipient.support", r"[^Mv;:f]{0,8}?(?:f|ix(?=e))e?B?s?x{0,3}(?P<cue>T)t(?P<who>EITHER)")
PASSIVE: Final = _frame("recipient.receives", r"(?:[^Mv;:f,oR]|,(?=[qR])){0,8}(?P<cue>R)(?P<who>NAMES)(?!x{0,2}$)")
# "5 miljoner kronor ska hushållen få", "5 miljoner kronor har Alfa fått"
TO_GET: Final = _frame("recipient.receives", r"x(?P<who>NAMES)x{0,2}(?P<cue>R)")
# "Tack vare N från Alfa kan Beta bygga": the sum and its giver open the sentence
THANKS_TO: Final = _frame("recipient.receives", r"z[ACLUGY](?:o[ALU])*x(?P<who>[AU](?:(?:,|o)[AU])*)(?=[xB])")
WHO_GOT: Final = _frame("recipient.receives", r"q(?:x(?=[AU]))?(?P<who>[ALU](?:(?:,|o|,o)[ALU])*)x{0,2}(?P<cue>R)")
SPLIT: Final = _frame("recipient.split", r"[^M;:]{0,10}?(?P<cue>/)(?P<who>NAMES)")
THROUGH: Final = _frame("recipient.through", r"[^Mv;:]{0,14}?(?P<cue>h)(?:x{1,2}(?=[AU]))?(?P<who>NAMES)")
TO_HELP: Final = _frame("recipient.helps", r"[^Mv;]{0,14}?(?P<cue>H)S?(?:(?P<who>NAMES)|(?P<other>[al]))")
TO_BOOST: Final = _frame("recipient.boosted", r"[^Mv;]{0,6}?fe(?P<cue>B)(?P<who>A(?:(?:,|o|,o)[AU])*)")
MORE_FOR: Final = _frame("recipient.boosted", r"(?<=mM)x{0,3}(?P<cue>B)S?(?P<who>EITHER)")  # "Med N förstärks Alfa"
TO_GIVE: Final = _frame("recipient.enables", r"[^Mv;]{0,14}?e(?P<cue>V)S?(?P<who>NAMES)")
TO_ENABLE: Final = _frame("recipient.enables", r"[^Mv;]{0,14}?(?P<cue>E)(?P<who>NAMES)")
IN_ORDER_THAT: Final = _frame(
    "recipient.does",
    r"[^Mv;]{0,10}?(?P<cue>(?:f|(?<=M)i)?e)(?P<who>[AL](?:,?o?[ALGU])*|(?<=[fi]e)[GU](?:,?o?[ALGU])*)(?!x{0,2}Z)[xhCRq,]",
)
FOR_ASSIGNMENT: Final = _frame(
    "recipient.assigned", r"[^Mv;:,]{0,8}?f[dx]{0,4}(?P<cue>W)(?P<who>[AU](?:(?:,|o|,o)[AU])*)"
)
AFTER_VERB: Final = _frame("recipient.receives", r"(?<=RM)(?P<who>[AL](?:o[AL])*)(?=[.,oif]|$)")
AFTER_OBJECT: Final = _frame("recipient.label", r"(?<=oM)(?P<who>[AL])(?=[.,i]|$)")
FOR_THEIR_WORK: Final = _frame(
    "recipient.work", r"[^Mv;:]{0,8}(?P<cue>[fti])e(?:B(?P<who>[aulc](?:o[aulc])*)|x(?P<other>[ac](?:oa)*))"
)
OF_ANSLAG: Final = _frame("recipient.appropriation", r"n(?P<who>[a])(?P<cue>K)")
CONCERNS: Final = _frame("recipient.concerns", r"[xiT,]{0,4}(?P<cue>@)(?P<who>EITHER)")
DISTRIBUTES: Final = _frame("recipient.passes_on", r"[^Mv;:]{0,4}q(?P<who>A)x{0,2}(?P<cue>O)")
APPLIED: Final = _frame("recipient.applies", r"[^Mv;:]{0,4}(?P<cue>\|)(?P<who>NAMES)")
USED_BY: Final = _frame("recipient.used_by", r"[xReq]{0,3}(?P<cue>&)(?P<who>NAMES)")
AT_FIRST: Final = _frame("recipient.at", r"^(?P<cue>%)(?P<who>A(?:(?:,|o|,o)A)*)[^MAGLUti;]{0,8}$")
AT: Final = _frame("recipient.at", r"[^Mv;:]{0,14}?(?P<cue>%)(?P<who>A(?:(?:,|o|,o)A)*)")
REQUESTED: Final = _frame("recipient.requests", r"[^M;fA]{0,4}(?P<cue>\?)(?P<who>NAMES)")
OF_EACH: Final = _frame("recipient.of", r"(?P<cue>n)(?P<who>A(?:(?:,|o)A)*)")
# "5 miljoner kronor per år för kommuner och landsting."
FOR_THEM: Final = _frame("recipient.support", r"(?:[^Mv;:fq]{0,4}?(?<!T))?(?P<cue>f)(?P<who>L(?:,?oL)*)(?=[.,]|$)")
FOR_WORK: Final = _frame("recipient.work", r"[^Mv;:f]{0,6}(?:fx{1,3})?(?P<cue>f)d*(?P<who>[aul](?:o[aul])*)")
IN_PLACES: Final = _frame("recipient.places", r"[^Mv;:f]{0,6}?(?P<cue>t)x{1,3}(?:mx{1,2})?i(?P<who>L(?:oL)*)")

# Before the sum, back to the one before it.
# No abbreviation in brackets: "lokala projekt (LOVA) får N"
_SUBJECT = r"(?<![tihkmfnz/+])(?<![tihkmfnz/+]d)(?<![ACGLUYacgluy][,o])(?<![ACGLUYacgluy],o)(?P<who>NAMES)(?!\))"
LABEL_THROUGH: Final = _frame("recipient.through", r"^[^M;]{0,4}(?P<cue>h)(?P<who>NAMES)[:-]$")
COVERED: Final = _frame("recipient.support", r"(?P<cue>T)x(?P<who>C(?:(?:,|o)C)*)ox=?$")
LABEL: Final = _frame("recipient.label", r"(?:^[,ov]*|[:;-])(?P<who>NAMES)[m:i-]?$")
# "Kulturnämndens budget är N", "Budgeten för Kulturnämnden är N", "Kulturnämnden i Region Skåne har en budget på N"
OWN_BUDGET: Final = _frame(
    "recipient.budget", r"(?P<who>[aguy](?:,?o[aguy])*)[^M;btAUGL]{0,3}(?P<cue>b)[^M;tAUGL]{0,8}$"
)
BUDGET_FOR: Final = _frame("recipient.budget", r"(?P<cue>b)f(?P<who>[AUG](?:,?o[AUG])*)[^M;AUGL]{0,8}$")
HAS_BUDGET: Final = _frame("recipient.budget", r"(?P<who>[AUGY](?:,?o[AUGY])*)(?:i[LU])?(?P<cue>b)[^M;AUGL]{0,6}$")
# Only after another sum: "Skolverket får 300 miljoner för lovskolor och Arbetsförmedlingen 200 miljoner".
# "följt av Alfa, N", "Därefter kommer Alfa med N", and "Alfa är störst med N", "Alfa kommer tvåa med N"
NEXT_RANKED: Final = _frame("recipient.ranked", r"(?P<cue>~)(?P<who>NAMES)x?[m,:]?x?$")
RANKED: Final = _frame("recipient.ranked", _SUBJECT + r"(?P<cue>~)x{0,2}[m,:]$")
LABEL_ITEM: Final = _frame("recipient.label", r"^(?P<who>[ALU])A?,$")
LABEL_NEXT: Final = _frame("recipient.label", r"(?<=[^ACGLUYacgluytihkmnzv/])[o,](?P<who>[ALU](?:oA)*)(?:(?<!U)m|,)?$")
LABEL_TO: Final = _frame("recipient.to", r"^[,ov]*(?P<cue>t)(?P<who>NAMES)[xR>OSd]{0,3}$")
# "att till Unicef betala ut N som stöd till barn", "att till Unicef lämna ett bidrag om N"
PAYS_TO: Final = _frame("recipient.to", r"(?P<cue>t)(?P<who>NAMES)x{0,2}[OV](?:x{0,2}Ti?)?x{0,2}$")
# "Alfa (5 miljoner kronor) och Beta (3 miljoner kronor)"
LABEL_ASIDE: Final = _frame("recipient.label", r"(?P<who>[ACLU])\($")
# "Alfas anslag ökas med N och Betas med N"
LABEL_OWNER: Final = _frame("recipient.label", r"(?:,|,?o)(?P<who>[aglu](?:o[aglu])*)m$")
# "Alfa tilldelas medel för detta: N 2026, N 2027"
LABEL_LED: Final = _frame(
    "recipient.receives", _SUBJECT + r"[^M;RtB]{0,8}(?P<cue>[RB])[^M;ACGLUt]{0,3}T?[^M;ACGLUt]{0,8}[;:-]i?$"
)
OBJECT: Final = _frame(
    "recipient.gives",
    r"(?<!fe)(?P<cue>V)S?(?:(?:[ik]d?x{1,2}|mx{1,2}nd)?(?P<who>NAMES)(?!W)[^MWO;tVR]{0,8}|(?P<other>[au]))$",
)
# "Samtidigt ger Alfa ett stöd på N till Beta": whoever comes after the verb gives, as the sum goes to another.
GIVEN_TO_ANOTHER: Final = re.compile(r"x{0,3}(?P<cue>V)(?P<who>[AU](?:oA)*)[xTi]{0,6}Mt[ACGLU]")
# "beviljar forskaren Anna Alfa N", "gav föreningen Alfa N"
OBJECT_CALLED: Final = _frame("recipient.gives", r"(?<!fe)(?P<cue>V)S?x(?P<who>[AU](?:oA)*)$")
PAID: Final = _frame(
    "recipient.gives", r"(?P<cue>Z)(?:(?<=[ALSUY]Z)|(?<=[ALSUY]xZ)|(?<=[ALSUY]xeZ)|S)(?P<who>[AU](?:oA)*)m?$"
)
INVERTED: Final = _frame(
    "recipient.receives", r"(?P<cue>R)(?:[ik]d?x{1,2}|mx{1,2}nd)?(?P<who>NAMES)(?!W)(?!.*[agul]x?K)[^MWOVw;]*$"
)
SUBJECT: Final = _frame(
    "recipient.receives", _SUBJECT + r"[^M;RtB]{0,14}?(?P<cue>R)(?!W)(?!.*[agul]x?K)[^MWOVw;]{0,25}$"
)
WORK_BOOSTED: Final = _frame(
    "recipient.boosted", r"(?P<cue>B)[Sx]{0,2}d*(?P<who>[au](?:o[au])*)(?!K)[^M;]{0,25}m[^M;]{0,4}$"
)
OWN_BOOSTED: Final = _frame(
    "recipient.boosted", r"(?:^|[e,o:])d*(?P<who>[au](?:o[au])*)[xT](?!K)[^MtKT;ACGLU]{0,22}?(?P<cue>B)[^MAGLU;]{0,10}$"
)
BOOSTED: Final = _frame("recipient.boosted", _SUBJECT + r"[^M;RStACGLU]{0,6}?(?P<cue>B)[^MAGLU;]{0,6}$")
SPENDS: Final = _frame("recipient.spends", _SUBJECT + r"(?P<cue>!)[^M;]{0,4}$")
BOOST: Final = _frame("recipient.boosted", r"(?P<cue>B)S?(?P<who>NAMES)x{0,2}m[^M;]{0,4}$")
# "Alfas verksamhet omfattar N"
OWN_WORK: Final = _frame("recipient.work", r"^(?P<who>a)x(?:i[xUC]x{0,3})?[x=]{1,3}$")
OWN_ANSLAG: Final = _frame("recipient.appropriation", r"(?P<who>OWNERS)[^M;KAU]{0,4}(?P<cue>K)[^M;]*$")
ANSLAG_TO: Final = _frame("recipient.appropriation", r"(?P<cue>K)[^M;KTtf]{0,3}(?:t|f(?=A))(?P<who>EITHER)[^M;]*$")
SUPPORT_TO: Final = _frame(
    "recipient.support", r"(?P<cue>T)[^M;KTtf]{0,2}(?:t|m(?=C)|i(?=A)|q?x{0,3}f(?=[aAlL]))(?P<who>EITHER)[^M;]*$"
)
SUPPORT_OF_WORK: Final = _frame(
    "recipient.support", r"(?P<cue>T)id*(?P<who>[aul](?:o[aul])*)(?!K)[^M;]{1,25}m[^M;]{0,4}$"
)
HELP: Final = _frame("recipient.helps", r"(?P<cue>H)S?(?P<who>NAMES)[^M;]*m[^M;]{0,10}$")
HELP_WORK: Final = _frame("recipient.helps", r"(?P<cue>H)S?d*(?P<who>[aglu])(?!K)[^M;]{0,25}m[^M;]{0,4}$")
GRANTED: Final = _frame("recipient.gives", r"(?P<cue>[VR])S?d*(?P<who>[auly])[x|]{1,2}(?:[iT][^M;]{0,2})?$")
# "Bris hjälper barn i Boverkets lokaler och får N": what is joined on has the sentence's first subject.
JOINED_SUBJECT: Final = _frame(
    "recipient.receives", r"^x{0,3}(?P<who>[AL](?:,?o[AL])*)x[^M;]{0,60}o(?P<cue>R)(?!W)[^MWOVw;AGLU]{0,12}$"
)
# "en satsning på Boverket, som får N"
RELATIVE: Final = _frame("recipient.receives", r"(?P<who>[AL](?:o[AL])*),?qx{0,2}(?P<cue>R)(?!W)[^MWOVw;AGLU]{0,12}$")
# "Boverket stärks genom att N tillförs"
BOOSTED_BY: Final = _frame(
    "recipient.boosted", r"(?P<cue>B)S?d*(?P<who>[aul](?:o[aul])*|NAMES)(?!K)[^M;AGLU]{0,12}hd?e[^M;AGLU]{0,6}$"
)
FAR_SUBJECT: Final = _frame(
    "recipient.receives", r"^x{0,3}(?P<who>A(?:oA)*)[^MACGLU;]{0,40}(?P<cue>R)(?!W)[^MWOVw;]{0,12}$"
)
BOOSTED_AT: Final = _frame("recipient.at", r"B[^M;]{0,4}(?P<cue>%)(?P<who>[AU])x{0,2}m[^M;]{0,4}$")
ASKED_FOR: Final = _frame("recipient.requests", r"(?P<cue>\?)(?P<who>NAMES)[^M;]{0,8}$")
OPENING: Final = _frame("recipient.to", r"^[x,o]{0,2}(?P<cue>t)(?P<who>NAMES)[^M;]*$")
FOR_ONE: Final = _frame("recipient.support", r"(?:^|[,o])f(?P<who>[AU])[^M;f]{0,6}(?P<cue>[TK])[^M;]{0,6}$")
# "För Alfas del tillkommer N", "För Alfa innebär det N"
FOR_OWN: Final = _frame(
    "recipient.work", r"^(?P<cue>f)d*(?:(?P<who>[aul](?:o[aul])*)x{1,2}|(?P<other>A(?:oA)*))[^M;ACGLUf]{1,12}$"
)
# "Genom Alfa bidrar Sverige med N"
GIVEN_THROUGH: Final = _frame("recipient.through", r"(?P<cue>h)(?P<who>[AU](?:,?o[AU])*)[ZSx]{0,3}mx?$")
FOR_EACH: Final = _frame("recipient.label", r"[xo,](?P<cue>f)(?P<who>[AU])x?$")  # "omfattar för Sida N och för Almi N"
TO_BEFORE: Final = _frame("recipient.to", r"(?P<cue>t)(?P<who>NAMES)[^M;t]{0,8}$")
COMPENSATED: Final = _frame("recipient.gives", r"(?P<cue>[VZ])S?(?P<who>NAMES)m$")
# "får skänka materiel till Ukraina till ett värde av N": whoever gives it away receives nothing.
GIVEN_AWAY: Final = _frame("recipient.gives_away", r"(?P<cue>w)[^M;]{0,25}?t(?P<who>NAMES)[^M;]{0,10}$")
PAID_OUT: Final = _frame("recipient.to", r"(?P<cue>[OR])x{0,2}t?(?P<who>NAMES)[^M;]{0,6}$")

DONOR_TO: Final = _frame("recipient.donor", r"(?P<cue>D)t(?P<who>NAMES)[AU]?[^MtAGLU;]{0,16}$")
DONOR_OF: Final = _frame("recipient.donor", r"(?P<who>[aglucy])x{0,4}(?P<cue>D)[^M;]{0,12}$")
CAN_APPLY: Final = _frame("recipient.applies", _SUBJECT + r"[xm]{0,6}(?P<cue>\|)[^MAGLU;]{0,4}$")
APPLIED_FOR: Final = _frame("recipient.applies", r"[^Mv;:]{0,8}?q(?P<who>NAMES)x{0,2}(?P<cue>\|)")
ASSIGNED: Final = _frame("recipient.assigned", r"(?P<who>[AU](?:(?:,|o|,o)[AU])*)[xR]{0,2}(?P<cue>W)[^;w]*$")
ASSIGNED_TO: Final = _frame("recipient.assigned", r"(?P<cue>W)(?P<who>[AU](?:(?:,|o|,o)[AU])*)[^;w]*$")
PAYS_OUT: Final = _frame("recipient.passes_on", _SUBJECT.replace("NAMES", "A") + r"x?Rx?(?P<cue>O)[^M;]{0,6}$")
# Only before a sentence's first sum: "För att ge Boverket bättre verktyg avsätts 5 miljoner".
FOR_GIVING: Final = _frame(
    "recipient.enables", r"^[^M]{0,3}fe(?P<cue>V)S?(?P<who>[ACL](?:(?:,|o|,o)[ACL])*)(?!W)[^MAGLUtW;]*$"
)
GAVE: Final = _frame("recipient.gives", r"(?P<cue>V)S?(?P<who>A(?:oA)*)(?!W)[^MACGLU;]{0,40}$")
# Without a sum: what a sentence before says of money, and who may apply for it.
TOLD: Final = (
    _frame("recipient.before", r"(?P<cue>T)x{0,3}R(?P<who>NAMES)"),
    _frame("recipient.before", r"(?P<cue>R)(?P<who>NAMES)T"),
    _frame("recipient.before", _SUBJECT + r"x{0,3}(?P<cue>R)[^M;tfA]{0,5}[TK]"),
    _frame("recipient.before", r"(?P<cue>V)S?(?P<who>NAMES)x{0,2}T"),
    _frame("recipient.before", r"^(?P<who>[AL](?:,?oA)*)x{1,3}(?P<cue>K)"),
    _frame("recipient.before", r"^(?P<who>[AL](?:,?oA)*)x{0,2}(?P<cue>B)x{0,3}[.]?$"),
    _frame("recipient.before", r"(?P<cue>[BV])S?(?P<who>[AL](?:,?oA)*)x{0,3}[.]?$"),
    _frame("recipient.before", r"T[^M;tfA]{0,4}(?P<cue>h)(?P<who>NAMES)"),
    _frame("recipient.before", r"(?P<cue>T)[x>O]{0,2}[tf](?P<who>EITHER)"),
    _frame("recipient.before", r"(?P<cue>H)S?(?P<who>NAMES)"),
    _frame("recipient.before", r"(?P<cue>T)[ni]d?(?P<who>A(?:oA)*)"),
    _frame("recipient.before", r"^[^MeT;]{0,6}(?P<cue>B)[Sx]?d*(?P<who>[aul](?:o[aul])*)x"),
    _frame("recipient.before", r"(?P<who>[aglu])x{0,3}(?P<cue>D)"),
    _frame("recipient.before", r"(?P<cue>D)t(?P<who>NAMES)"),
)
APPLY: Final = (
    _frame("recipient.applies", _SUBJECT + r"[^M;AGLU]{0,12}?(?P<cue>\|)"),
    _frame("recipient.applies", r"(?P<cue>\|)n?T?[xe]{0,2}(?:xo)?(?P<who>NAMES)"),
)

NAMED: Final = re.compile("[ACGLUYacgluy]")
