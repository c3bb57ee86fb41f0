"""An export for double-entry bookkeeping: the same transactions as text for beancount and for hledger."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from belopp.ledger.export_accounts import account_part
from belopp.ledger.export_cells import amount_text
from belopp.ledger.export_tables import full_date
from belopp.ledger.money import EXPONENTS, to_major
from belopp.ledger.planning import UNALLOCATED
from belopp.ledger.problems import LedgerError
from belopp.ledger.years import years
from belopp.visible import visible

if TYPE_CHECKING:
    from belopp.ledger.export_books import Books, Entry

ALLOCATED_TO: Final = "Expenses:Allocated"
LEFT_OVER: Final = "Expenses:Unallocated"
PAID_BY: Final = "Income"
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_NO_DATE: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Transaction:
    """One posting: ``amount`` minor units from ``payer`` to ``taker``, both accounts, and what is known of it.

    ``reverses`` is true for the one that takes a superseded posting back, on that posting's own day.
    """

    date: date
    entry: int
    payee: str
    words: str
    payer: str
    taker: str
    amount: int
    currency: str
    about: tuple[tuple[str, str], ...]
    superseded: bool
    reverses: bool


@dataclass(frozen=True)
class Journal:
    """The transactions by day, the accounts with the names they stand for, and what is held against what."""

    books: Books
    transactions: tuple[Transaction, ...]
    accounts: dict[str, str]
    balances: dict[tuple[str, str], int]

    @property
    def first(self) -> date:
        """The day from which the accounts are there."""
        return self.transactions[0].date if self.transactions else _NO_DATE

    @property
    def after(self) -> date:
        """The day after the last transaction."""
        return (self.transactions[-1].date if self.transactions else _NO_DATE) + timedelta(days=1)


def journal(books: Books) -> Journal:
    """The ledger as transactions.  With its history each superseded posting is followed by its reversal."""
    done: list[Transaction] = []
    accounts = {ALLOCATED_TO: "", LEFT_OVER: ""}
    balances: dict[tuple[str, str], int] = defaultdict(int)
    for posting in books.postings:
        made = _transaction(books, posting)
        accounts[made.payer] = posting.payer
        accounts[made.taker] = f"{posting.area or '∅'} → {posting.recipient or '∅'}"
        done.append(made)
        if made.superseded:
            done.append(replace(made, amount=-made.amount, reverses=True))
        else:
            balances[made.payer, made.currency] -= made.amount
            whole = LEFT_OVER if posting.kind == UNALLOCATED else ALLOCATED_TO
            balances[whole, made.currency] += made.amount
    done.sort(key=lambda made: (made.date, made.entry, made.reverses))
    return Journal(books, tuple(done), dict(sorted(accounts.items())), dict(sorted(balances.items())))


def _transaction(books: Books, posting: Entry) -> Transaction:
    if not _CURRENCY.fullmatch(posting.currency):
        raise LedgerError(
            f"posting {posting.seq} of {posting.commitment_id} is in {posting.currency!r}, which is no currency code "
            "of three capitals; export it as csv, parquet or duckdb"
        )
    version = books.versions[posting.version]
    seen = full_date(version.first_seen)
    whole = LEFT_OVER if posting.kind == UNALLOCATED else ALLOCATED_TO
    return Transaction(
        date=seen or _undated(books, posting, version),
        entry=posting.seq,
        payee=posting.recipient,
        words=posting.area,
        payer=f"{PAID_BY}:{account_part(posting.payer)}",
        taker=f"{whole}:{account_part(posting.area)}:{account_part(posting.recipient)}",
        amount=posting.amount,
        currency=posting.currency,
        about=tuple(_about(books, posting, version, dated=seen is not None)),
        superseded=version.superseded_by is not None,
        reverses=False,
    )


def _undated(books: Books, posting: Entry, version: Entry) -> date:
    """The day of what undated publications state: the first of its first year, or without one that of its batch."""
    named = years(posting.period)
    day = full_date(f"{named[0]:04}") if named else None
    return day or date.fromisoformat(books.batches[version.batch].posted_at[:10])


def _about(books: Books, posting: Entry, version: Entry, *, dated: bool) -> Iterator[tuple[str, str]]:
    """What is known of a posting, by key: what it is, then each of its sources."""
    yield "commitment", posting.commitment_id
    yield "version", str(version.version)
    yield "kind", posting.kind
    for key in ("period", "status", "change", "modifier"):
        if value := getattr(posting, key):
            yield key, value
    if posting.high != posting.amount:
        yield "high", _amount(posting.high, posting.currency)
    if not dated:
        yield "undated", "no publication of it has a date: it bears that of its period, or of its batch"
    if version.superseded_by is not None:
        yield "superseded", f"by entry {version.superseded_by}: {version.superseded_because}"
    for number, source in enumerate(books.sources_of(version), 1):
        nth = "" if number == 1 else f"-{number}"
        yield f"document{nth}", source.doc
        yield f"amount-id{nth}", source.amount_id
        yield f"published{nth}", source.published
        yield f"sentence{nth}", source.sentence or source.text
        if source.url:
            yield f"url{nth}", source.url


def _amount(minor: int, currency: str) -> str:
    """An amount with all of its currency's decimals.

    >>> _amount(-455, "SEK"), _amount(10, "JPY")
    ('-4.55 SEK', '10 JPY')
    """
    places = EXPONENTS.get(currency, 2)
    value = to_major(minor, currency)
    return f"{amount_text(value.quantize(to_major(1, currency)) if places else value)} {currency}"


def _totals(made: Journal) -> Iterator[str]:
    """The stated totals, each with what its parts come to: they are added to nothing."""
    for held in made.books.assertions:
        sums = [f"{name} {_amount(getattr(held, name), held.currency)}" for name in ("stated", "summed")]
        sums += [
            f"{name} {_amount(getattr(held, name), held.currency)}"
            for name in ("unallocated", "difference")
            if getattr(held, name)
        ]
        how = f"by {held.breakdown}, {held.verdict}{', posted' if held.posted else ''}"
        old = "" if made.books.is_current(held) else " (superseded)"
        yield f"; total {held.commitment_id}: {', '.join(sums)}; {how}; {visible(held.doc)}{old}"


def _head(made: Journal) -> Iterator[str]:
    """What the text is of, as comments."""
    at = made.books.ledger
    what = "every version, superseded ones taken back" if made.books.history else "what counts now"
    yield f"; belopp ledger {at.ledger or '(empty)'}: {what}, {len(made.transactions):,} transactions"
    yield f"; head {at.hash}"
    for total in made.books.totals:
        yield f"; posted in all: {_amount(total.amount, total.currency)} in {total.postings:,} postings"


# ------------------------------------------------------------------------------------------- beancount


def write_beancount(books: Books, path: Path) -> tuple[str, ...]:
    """Write the ledger for beancount; ``bean-check`` holds its accounts against the sums the ledger has of them."""
    made = journal(books)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in _beancount(made))
    return ()


def _beancount(made: Journal) -> Iterator[str]:
    yield from _head(made)
    yield 'option "title" "belopp ledger"'
    for total in made.books.totals:
        yield f'option "operating_currency" "{total.currency}"'
    yield ""
    for account, name in made.accounts.items():
        yield f"{made.first} open {account}"
        if name:
            yield f"  name: {_string(name)}"
    for done in made.transactions:
        yield ""
        tags = "".join(
            f" #{tag}" for tag, is_so in (("superseded", done.superseded), ("reversal", done.reverses)) if is_so
        )
        yield f"{done.date} * {_string(done.payee)} {_string(done.words)}{tags}"
        yield f'  entry: "{done.entry}"'
        for key, value in done.about:
            yield f"  {key}: {_string(value)}"
        yield f"  {done.taker}  {_amount(done.amount, done.currency)}"
        yield f"  {done.payer}  {_amount(-done.amount, done.currency)}"
    yield ""
    for (account, currency), minor in made.balances.items():
        amount, _, unit = _amount(minor, currency).partition(" ")
        yield f"{made.after} balance {account}  {amount} ~ 0 {unit}"
    yield ""
    yield from _totals(made)


def _string(text: str) -> str:
    """A text on one line between quotes."""
    return '"' + visible(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


# ------------------------------------------------------------------------------------------- hledger


def write_hledger(books: Books, path: Path) -> tuple[str, ...]:
    """Write the ledger for hledger; ``hledger check --strict`` holds it against the ledger's own totals."""
    made = journal(books)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in _hledger(made))
    return ()


def _hledger(made: Journal) -> Iterator[str]:
    yield from _head(made)
    yield ""
    for currency in sorted({done.currency for done in made.transactions}):
        yield f"commodity 1000.{'0' * EXPONENTS.get(currency, 2)} {currency}"
    for root in ("Expenses", PAID_BY):
        yield f"account {root}"
    for account, name in made.accounts.items():
        # A name with "type:" in it would be hledger's own word for the kind of the account.
        yield f"account {account}" + (f"  ; name: {visible(name).replace(':', ' :')}" if name else "")
    for done in made.transactions:
        yield ""
        mark = "!" if done.superseded else "*"
        words = " | ".join(_phrase(part) for part in (done.payee, done.words) if part)
        yield f"{done.date} {mark} ({done.entry}) {words}".rstrip()
        if done.reverses:
            yield "    ; reversal:"
        for key, value in done.about:
            yield f"    ; {key}: {visible(value)}"
        yield f"    {done.taker}  {_amount(done.amount, done.currency)}"
        yield f"    {done.payer}  {_amount(-done.amount, done.currency)}"
    yield from _closing(made)
    yield ""
    yield from _totals(made)


def _closing(made: Journal) -> Iterator[str]:
    """A transaction of nothing at the end that holds the accounts against the ledger's totals."""
    if not made.transactions:
        return
    yield ""
    yield f"{made.after} * the ledger's own totals"
    for total in made.books.totals:
        nothing = _amount(0, total.currency)
        yield f"    Expenses  {nothing} =* {_amount(total.amount, total.currency)}"
        yield f"    {PAID_BY}  {nothing} =* {_amount(-total.amount, total.currency)}"
    for (account, currency), minor in made.balances.items():
        yield f"    {account}  {_amount(0, currency)} =* {_amount(minor, currency)}"


def _phrase(text: str) -> str:
    """A text where ; would begin a comment and | the next part."""
    return visible(text).replace("|", ", ").replace(";", ",")
