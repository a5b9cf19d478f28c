"""Persons: which names in one article are one person, and what state the codebook's table of holders gives them.

Full names come first; then a surname or a given name alone means the person who bears it, of several the one mentioned last.
A surname in another spelling (one letter in six) means the same person where no one else bears it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from unicodedata import combining, normalize

from rapidfuzz import fuzz

from dragoman.codebook.offices import Gender, Holder, Offices
from dragoman.read.mention import Candidate
from dragoman.read.resolving.draft import SUBJECTS, Draft, Ledger

_SAME_SURNAME = 84
"""The least rapidfuzz ratio (0 to 100) at which two surnames of one article are one: "Zelensky" and "Zelenskyy" have 94."""

_AS_SUBJECT = 2.5
"""Sentences that being a subject outweighs, of two persons who share a surname."""

_NEVER = -1_000_000
_LONG_ENOUGH = 6
_YEARS = 12
"""Years outside an office in which its holder is still taken for the person of that name."""

_LEADING = frozenset(
    {"head_of_state", "head_of_government", "leader", "deputy_head", "foreign_minister", "defence_minister", "pope"}
)


class _Directory:
    """The persons named so far in one article, found by the words of their names."""

    def __init__(self) -> None:
        self.by_word: dict[str, list[Draft]] = {}
        self.surnames: dict[str, list[Draft]] = {}
        self.last_seen: dict[int, tuple[int, int]] = {}

    def add(self, draft: Draft) -> None:
        """File a person under each word of the name, and under the first letter of the surname."""
        for word in dict.fromkeys(draft.words):
            self.by_word.setdefault(word, []).append(draft)
        self.surnames.setdefault(draft.words[-1][:1], []).append(draft)

    def same_full(self, name: tuple[str, ...]) -> list[Draft]:
        """Return the persons of whom a full name is another form."""
        near = dict.fromkeys([*self.by_word.get(name[0], ()), *self.by_word.get(name[-1], ())])
        return [draft for draft in near if len(draft.words) > 1 and _within(name, draft.words)]

    def spelled_alike(self, word: str) -> list[Draft]:
        """Return the persons whose surname is the word in another spelling."""
        return [draft for draft in self.surnames.get(word[:1], ()) if _alike(word, draft.words[-1])]

    def see(self, draft: Draft, sentence: int, subject: bool) -> None:
        """Note that the person was named in a sentence, and whether as its subject."""
        _, as_subject = self.last_seen.get(draft.number, (-1, _NEVER))
        self.last_seen[draft.number] = (sentence, sentence if subject else as_subject)

    def nearest(self, drafts: Sequence[Draft]) -> Draft:
        """Return the one who was named last, having been a subject counting for some sentences."""

        def nearness(draft: Draft) -> tuple[float, int]:
            seen, as_subject = self.last_seen.get(draft.number, (_NEVER, _NEVER))
            return max(float(seen), as_subject + _AS_SUBJECT), -draft.number

        return max(drafts, key=nearness)


def person_drafts(ledger: Ledger, candidates: Sequence[Candidate]) -> dict[int, Draft]:
    """Return the draft of each person candidate, by the candidate's first token; the drafts stand in the ledger."""
    persons = [c for c in candidates if c.kind == "person"]
    words = {c.first: _words(ledger, c) for c in persons}
    found: dict[int, Draft] = {}
    directory = _Directory()
    for candidate in sorted(persons, key=lambda c: (-len(words[c.first]), c.first)):
        name = words[candidate.first]
        if len(name) < 2:
            break
        same = directory.same_full(name)
        if len(same) == 1:
            draft = same[0]
        else:
            draft = ledger.new("person", ledger.text(candidate.first, candidate.last), words=name)
            directory.add(draft)
        found[candidate.first] = draft
    for candidate in persons:
        if candidate.first not in found:
            found[candidate.first] = _single(ledger, candidate, words[candidate.first], directory)
        token = ledger.parse.tokens[candidate.head]
        directory.see(found[candidate.first], token.sentence, token.dep in SUBJECTS)
    for candidate in persons:
        _describe(ledger, candidate, found[candidate.first])
    for draft in dict.fromkeys(found.values()):
        _identify(ledger, draft)
    return found


def _words(ledger: Ledger, candidate: Candidate) -> tuple[str, ...]:
    return tuple(
        fold(token.text)
        for token in ledger.parse.tokens[candidate.first : candidate.last]
        if any(map(str.isalpha, token.text)) and token.text.lower() not in ("jr", "jr.", "sr", "sr.")
    )


def fold(name: str) -> str:
    """The name in lower case without marks on its letters."""
    decomposed = normalize("NFKD", name.casefold().replace("ł", "l").replace("đ", "d").replace("ø", "o"))
    return "".join(c for c in decomposed if not combining(c)).strip(".'’")


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether the words of the shorter name stand in the longer one, in order; an initial stands for its word."""
    if short == long:
        return True
    if len(short) > len(long):
        short, long = long, short
    if short[-1] != long[-1] and not (len(short) >= 2 and short[0] == long[0] and short[-1] in long):
        return len(short) >= 2 and short[0] == long[0] and _alike(short[-1], long[-1])
    at = 0
    for word in short:
        while at < len(long) and not (long[at] == word or (len(word) == 1 and long[at].startswith(word))):
            at += 1
        if at == len(long):
            return short[-1] == long[-1] and _alike(short[0], long[0])
        at += 1
    return True


def _alike(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _LONG_ENOUGH - 1 and fuzz.ratio(one, other) >= _SAME_SURNAME


def _single(ledger: Ledger, candidate: Candidate, words: tuple[str, ...], directory: _Directory) -> Draft:
    """The person whom a surname or a given name alone means, a new one where nobody bears it."""
    word = words[-1] if words else fold(ledger.text(candidate.first, candidate.last))
    gender = _address(ledger, candidate)
    known = () if word in ledger.codebook.mentions.particles else directory.by_word.get(word, ())
    fits = [draft for draft in known if not _clashes(ledger, draft, gender)]
    surname = [draft for draft in fits if word in (draft.words[-1], "".join(draft.words[-2:]))]
    fits = [d for d in surname or fits or directory.spelled_alike(word) if not _is_another(ledger, candidate, word, d)]
    if fits:
        return directory.nearest([draft for draft in fits if len(draft.words) > 1] or fits)
    draft = ledger.new("person", ledger.text(candidate.first, candidate.last), words=(word,))
    directory.add(draft)
    return draft


def _is_another(ledger: Ledger, candidate: Candidate, word: str, draft: Draft) -> bool:
    """Whether the words beside a surname tell another bearer of it: a crowned head, or somebody of another state.

    In a text about Saddam Hussein, "King Hussein" and "Hussein of Jordan" are somebody else.
    """
    offices = ledger.codebook.offices
    for title in candidate.titles:
        crowned = offices.by_full_name.get(f"{title.title.title} {word}", ())
        if crowned and not any(fold(name) == " ".join(draft.words) for holder in crowned for name in holder.names):
            return True
    if candidate.country is None:
        return False
    known = [holder for name in draft.names for holder in offices.by_full_name.get(name.casefold(), ())]
    states = {holder.country for holder in known if holder.country}
    return bool(states) and candidate.country not in states


def _address(ledger: Ledger, candidate: Candidate) -> Gender | None:
    """The gender that a form of address before the name tells ("Mrs Doe")."""
    before = candidate.first - 1
    return ledger.codebook.mentions.address.get(ledger.parse.tokens[before].text.lower()) if before >= 0 else None


def _clashes(ledger: Ledger, draft: Draft, gender: Gender | None) -> bool:
    known = ledger.codebook.offices.gender_of(draft.words[0])
    return gender is not None and known is not None and known != gender


def _describe(ledger: Ledger, candidate: Candidate, draft: Draft) -> None:
    """Take over what stands by the name: its spelling, titles, state and gender."""
    draft.names.setdefault(ledger.text(candidate.first, candidate.last), None)
    draft.titles.extend(title for title in candidate.titles if not title.counterpart)
    draft.place(candidate.country, "named beside the person's name", max(0, candidate.first - 4), candidate.last + 3)
    honorific = _address(ledger, candidate)
    gender = honorific or ledger.codebook.offices.gender_of(ledger.parse.tokens[candidate.first].text)
    if len(draft.words) == 1 and not honorific and candidate.last - candidate.first == 1:
        gender = None
    for title in candidate.titles:
        gender = gender or (None if title.counterpart else title.gender)
    draft.gender = draft.gender or gender


def _identify(ledger: Ledger, draft: Draft) -> None:
    """Ask the table of holders who a person is: a full name, a title with a surname, or a surname that few bear."""
    offices = ledger.codebook.offices
    day = ledger.article.published
    named = [offices.by_full_name.get(name.casefold().replace("’", "'"), ()) for name in draft.names]
    held: Sequence[Holder] = [holder for found in named for holder in found]
    if not held and len(draft.words) == 1:
        # "King Salman": a monarch is filed under title and name together
        crowned = [offices.by_full_name.get(f"{title.title.title} {draft.words[0]}", ()) for title in draft.titles]
        held = [holder for found in crowned for holder in found]
    if not held and len(draft.words) == 1:
        held = offices.by_surname.get(draft.words[0], ())
        if draft.words[0] in offices.common_surnames:
            # a common surname tells only with the title: "President Bush"
            roles = {title.title.role for title in draft.titles} & _LEADING
            held = [holder for holder in held if offices.role_of(holder.title) in roles]
    elif not held and len(draft.words) >= 2:
        held = _by_other_spelling(offices, draft.words)
    held = _likeliest(
        [holder for holder in held if near(holder, day)], {t.title.role for t in draft.titles}, offices, day
    )
    draft_people = {holder.names[0] for holder in held}
    if not held or (len(draft_people) > 1 and len({holder.country for holder in held}) > 1):
        return
    draft.held.extend(offices.role_of(holder.title) for holder in held)
    draft.posts.extend(holder.title for holder in held)
    draft.since = max((holder.since for holder in held if holder.since), default=None)
    if len(draft_people) == 1:
        draft.key = draft.key or f"person:{held[0].names[0]}"
    if draft.sector is None and all(holder.body for holder in held):
        draft.sector = "IGO"
        draft.of = draft.of or held[0].body
    if draft.sector is None and all(_in_office(holder, day) for holder in held):
        draft.sector = offices.sector_of(held[0].title)
    countries = {holder.country for holder in held if holder.country}
    if len(countries) == 1 and not any(holder.body for holder in held if day and holder.held_on(day)):
        holder = next(holder for holder in held if holder.country)
        years = f"{holder.since or ''}-{holder.until or ''}" if holder.since or holder.until else "years unknown"
        country = ledger.codebook.territories.by_code[countries.pop()].country
        draft.place(country, f"the codebook has {holder.names[0]} as {holder.title} ({holder.country}, {years})")


def _likeliest(held: list[Holder], roles: set[str], offices: Offices, day: date | None) -> list[Holder]:
    """Of several, those whose office the text names, else those in office on the day."""
    by_role = [holder for holder in held if offices.role_of(holder.title) in roles]
    held = by_role or held
    now = [holder for holder in held if day is not None and holder.held_on(day)]
    return now or held


def _by_other_spelling(offices: Offices, words: tuple[str, ...]) -> Sequence[Holder]:
    """Holders of that surname and nearly that given name, or of that given name and nearly that surname."""
    by_surname = [
        holder
        for holder in offices.by_surname.get(words[-1], ())
        if any(_alike(words[0], fold(name.split()[0])) for name in holder.names)
    ]
    return by_surname or [
        holder
        for holder in offices.by_given_name.get(words[0], ())
        if any(_alike(words[-1], fold(name.split()[-1])) for name in holder.names)
    ]


def _in_office(holder: Holder, day: date | None) -> bool:
    """Whether the office is held on the day, or without a day still."""
    return holder.held_on(day) if day is not None else holder.until is None


def near(holder: Holder, day: date | None) -> bool:
    """Whether the holder may be meant on that day: in office within a dozen years; always where there is no day."""
    if day is None:
        return True
    return (holder.since is None or holder.since - _YEARS <= day.year) and (
        holder.until is None or day.year <= holder.until + _YEARS
    )
