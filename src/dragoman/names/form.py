"""The normal form of a name: its tokens, what each is in the name, and how it sounds."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from enum import Enum
from functools import cache, lru_cache
from importlib.resources import files

from dragoman.names.eastern import DENSE, family_length, reread, syllables
from dragoman.names.given import Roots, roots_of
from dragoman.names.script import ABJADS, main_script, romanised, sounds_of
from dragoman.names.sound import Codes, Costs, codes_of, gap_costs, skeleton, weight_of

CACHED_NAMES = 1 << 18


class Part(Enum):
    """What a token is in its name."""

    GIVEN = "given"
    MIDDLE = "middle"
    PATRONYMIC = "patronymic"
    FAMILY = "family"
    INITIAL = "initial"
    PARTICLE = "particle"
    NICK = "nick"
    FORM = "form"
    NUMBER = "number"


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """One word's sounds, ready to compare: made once a spelling."""

    sounds: str
    abjad: bool
    codes: Codes
    gaps: Costs
    abjad_gaps: Costs
    weight: float
    bones: str
    roots: Roots
    ending: str
    ending_weight: float


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """One word of a name: `text` as written in lower case, its script, its part and its sounds."""

    text: str
    script: str
    part: Part
    word: Word


@dataclass(frozen=True, slots=True, eq=False)
class NameForm:
    """A name taken apart. `core` are the tokens that carry it: no particles, legal forms, initials or nicknames.

    `certain` tells whether the family name is marked by the spelling (comma, capitals, patronymic) rather than guessed,
    `initial_first` whether an initial leads, `joined` is the sounds of all words in a row.
    """

    written: str
    core: tuple[Token, ...]
    initials: tuple[Token, ...]
    nicks: tuple[Token, ...]
    small: tuple[Token, ...]
    numbers: tuple[str, ...]
    certain: bool
    initial_first: bool
    joined: str = field(repr=False)


@cache
def _words() -> dict[str, frozenset[str]]:
    return {key: frozenset(value.split()) for key, value in _read_words().items() if isinstance(value, str)}


def _read_words() -> dict[str, str | dict[str, str]]:
    return tomllib.loads(files("dragoman.names").joinpath("data").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def _endings() -> tuple[tuple[str, str], ...]:
    """(sounds, class) of the endings of family names, the longest first."""
    table = _read_words()["endings"]
    assert isinstance(table, dict)
    found = {sounds_of(spelling, "Latin"): name for name, value in table.items() for spelling in value.split()}
    return tuple(sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def _ending_of(sounds: str) -> tuple[str, float]:
    """The class of a family name's ending and its weight; `("", 0.0)` where it has none or little else."""
    for ending, name in _endings():
        if sounds.endswith(ending) and len(sounds) - len(ending) >= 2:
            return name, weight_of(ending)
    return "", 0.0


@lru_cache(maxsize=CACHED_NAMES)
def word_of(sounds: str, abjad: bool, dense: bool = False) -> Word:
    """The `Word` for some sounds; `dense` where a syllable is a name (`eastern.DENSE`)."""
    ending, ending_weight = _ending_of(sounds)
    roots = (_families().get(sounds) if dense else None) or roots_of(sounds, abjad=abjad)
    return Word(
        sounds=sounds,
        abjad=abjad,
        codes=codes_of(sounds),
        gaps=gap_costs(sounds),
        abjad_gaps=gap_costs(sounds, abjad=True),
        weight=weight_of(sounds) * (DENSE if dense else 1.0),
        bones=skeleton(sounds),
        roots=roots,
        ending=ending,
        ending_weight=ending_weight,
    )


_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]+)["“”„«»]')
_BRACKETED = re.compile(r"\s*[(\[（]([^()\[\]（）]*)[)\]）]")
_LOOSE = re.compile(r"[()\[\]]")
_ODD = re.compile(r"[^\w\s'’‘ʼʹʺʻʾʿ`´׳&-]|_")
_DOTTED = re.compile(r"(?<=\w)\.(?=\w)")
_CAMEL = re.compile(r"(?<=[a-zà-ÿ]{3})(?=[A-ZÀ-Þ][a-zà-ÿ]{2})")
_PATRONYMIC = re.compile(r"(?:[oeaiu][vw]iC|[ai]iC|[oeaiu][vwu]n[ae]|iCna|n?iSna)$|(?:uli|kizi|kisi|zade|ogli|oglu)$")
_ABD = frozenset({"abd", "abdul", "abdel", "abdal", "abdol", "abdu", "عبد"})
_ARTICLES = frozenset({"al", "el", "ul", "ur", "ar", "as", "ash", "ad", "an", "at", "az", "ol"})
_GIVEN_PARTICLES = frozenset({"ben", "al", "dan", "san", "бен", "аль"})
"""Particles that are also given names: such where they stand first with a capital and no hyphen."""
_ROMAN = re.compile(r"^(?:i{1,3}|iv|vi{0,3}|ix|xi{0,3})$")


def _han_words(word: str) -> list[str]:
    """A Chinese name in pinyin: family name, then the given syllables in one word."""
    cut = family_length(word)
    return [romanised(part).replace(" ", "") for part in (word[:cut], word[cut:]) if part]


def _spaced(part: str, forms: frozenset[str]) -> list[str]:
    """The words of a part; initials written together ("J.F.") come apart, legal forms ("L.L.C.") don't."""
    out: list[str] = []
    for chunk in part.replace("/", " ").split():
        if chunk.replace(".", "").lower() in forms:
            out.append(chunk)
        else:
            out.extend(_DOTTED.sub(". ", chunk).split())
    return out


def _pieces(raw: str) -> tuple[list[tuple[str, bool, bool]], list[str], bool]:
    """(word, in capitals, before the comma) in given-family order where a comma tells, nicknames, comma seen."""
    text = unicodedata.normalize("NFKC", raw)
    nicks: list[str] = []

    def take_nick(match: re.Match[str]) -> str:
        nicks.extend(match[1].split())
        return " "

    text = _QUOTED.sub(take_nick, text)
    for match in _BRACKETED.finditer(text):
        inside = match[1].strip()
        # In brackets at the end stands what tells namesakes apart ("politician"), inside the name a nickname.
        if text[match.end() :].strip() and inside.isalpha() and not inside.isupper():
            nicks.append(inside)
    words = _words()
    organisation = any(w.strip(".,()").lower().replace(".", "") in words["organisations"] for w in text.split())
    # What stands in brackets tells branches of a firm apart, but only describes a person.
    text = re.sub(r"[()\[\]（）]", " ", text) if organisation else _BRACKETED.sub(" ", text)
    text = _CAMEL.sub(" ", _LOOSE.sub(" ", text))
    parts = [p.strip() for p in re.split(r"[,،;，]", text) if p.strip()]
    trailing = words["suffixes"] | words["titles"] | words["forms"]
    while len(parts) > 1 and all(w.strip(".").lower().replace(".", "") in trailing for w in parts[-1].split()):
        parts.pop()
    # "Michael Lord, Baron Framlingham": a peerage after the comma is no given name.
    while len(parts) > 1 and parts[-1].split()[0].strip(".").lower() in words["titles"]:
        parts.pop()
    comma = len(parts) > 1
    pieces: list[tuple[str, bool, bool]] = []
    for index in [*range(1, len(parts)), 0]:
        if index >= len(parts):
            continue
        for chunk in _spaced(parts[index], words["forms"]):
            if chunk.count(".") > 1:
                pieces.append((chunk.replace(".", ""), False, False))
                continue
            dotted = chunk.endswith(".")
            hyphened = re.split(r"[-‐‑–—]", chunk)
            for place, piece in enumerate(hyphened):
                bare = _ODD.sub("", piece).strip("'’‘`´&")
                if place < len(hyphened) - 1 and bare.lower() in _ARTICLES:
                    bare = bare.lower()  # Al-Assad: no Al
                if bare:
                    mark = "." if dotted and len(bare) <= 2 else ""
                    pieces.append((bare + mark, bare.isupper() and len(bare) > 1, comma and index == 0))
    return pieces, nicks, comma


def _token(text: str, script: str, part: Part) -> Token:
    return Token(text=text, script=script, part=part, word=word_of(sounds_of(text, script), script in ABJADS))


@lru_cache(maxsize=CACHED_NAMES)
def form_of(name: str) -> NameForm:
    """Take a name apart.

    Knows commas ("Family, Given Patronymic"), family names in capitals, patronymics, initials, nicknames in quotation
    marks, titles, particles, legal forms, and the order of Chinese and Korean names. Names of organisations come out
    with their words as core tokens.
    """
    words = _words()
    pieces, nicks, comma = _pieces(name)
    mixed = any(not caps for word, caps, _ in pieces if len(word.strip(".")) > 1)
    raw: list[tuple[str, str, Part | None, bool]] = []  # text, script, part if settled, marked as family
    numbers: list[str] = []
    eastern = _eastern_pieces([word for word, _, _ in pieces])
    skip = 0
    for at, (word, caps, first) in enumerate(pieces):
        if skip:
            skip -= 1
            continue
        low = word.lower()
        bare = low.rstrip(".")
        script = main_script(bare)
        marked = first or (caps and mixed and len(bare) > 1)
        if script == "Han" and len(bare) <= 4:
            han = _han_words(bare)
            for k, text in enumerate(han):
                raw.append((text, "Latin", None, k == 0 and len(han) > 1))
            continue
        if script == "Hangul" and 2 <= len(bare) <= 4 and len(pieces) == 1:
            raw.extend([(bare[0], script, None, True), (bare[1:], script, None, False)])
            continue
        if not script:
            numbers.append(bare)
            continue
        if script == "Arabic" and bare.startswith("ال") and len(bare) > 4:
            bare = bare[2:]
        if bare in _ABD:
            # Abd al-Rahman, Abdul Rahman and Abdulrahman are one word.
            follow = [p[0].lower().rstrip(".") for p in pieces[at + 1 : at + 3]]
            if follow and follow[0] in _ARTICLES and len(follow) > 1:
                follow, skip = follow[1:], 1
            if follow and len(follow[0]) > 2:
                skip += 1
                tail = follow[0]
                tail = tail[2:] if script == "Arabic" and tail.startswith("ال") and tail != "الله" else tail
                raw.append((("عبد" if script == "Arabic" else "abdul") + tail, script, None, marked))
                continue
            skip = 0
        if bare in words["suffixes"] and len(pieces) > 1:
            continue
        if bare in words["postnominals"] and caps and mixed and at == len(pieces) - 1 > 1:
            continue
        if _ROMAN.match(bare) and at > 0 and bare not in ("i", "vi", "v"):
            numbers.append(bare)
            continue
        if eastern and not word.endswith("."):
            raw.append((bare, script, None, marked))
            continue
        if len(bare) == 1 or word.endswith("."):
            if bare not in words["titles"] or len(bare) == 1:
                raw.append((bare, script, Part.INITIAL, marked))
            continue
        if bare in words["titles"] and at < len(pieces) - 1 and (len(pieces) > 2 or not caps):
            raw.append((bare, script, Part.NICK, marked))
            continue
        given_first = at == 0 and word[0].isupper() and (mixed or len(pieces) == 2) and bare in _GIVEN_PARTICLES
        if bare in words["particles"] and len(pieces) > 1 and not given_first:
            raw.append((bare, script, Part.PARTICLE, marked))
            continue
        if bare in words["forms"] and len(pieces) > 1:
            raw.append((bare, script, Part.FORM, marked))
            continue
        raw.append((bare, script, None, marked))

    if raw and all(part in (Part.INITIAL, Part.FORM, Part.PARTICLE) for _, _, part, _ in raw):
        # "A.B.C. Company": letters alone are the name.
        letters = "".join(text for text, _, part, _ in raw if part is Part.INITIAL)
        if letters:
            kept_back = [r for r in raw if r[2] is not Part.INITIAL]
            raw = [(letters, main_script(letters), None, False), *kept_back]
    cores = [_token(text, script, Part.MIDDLE) for text, script, part, _ in raw if part is None]
    marks = [marked for _, _, part, marked in raw if part is None]
    if 2 <= len(cores) <= 3 and not comma and not any(marks[1:]) and _family_first(cores):
        # Kim Jong Un, Kim Jong-un, Kim Jongun: two syllables are one given name.
        given = "".join(token.text for token in cores[1:])
        cores = [_eastern(cores[0].text, cores[0].script), _eastern(given, cores[0].script)]
        marks = marks[:2]
    parts, certain = _settle(cores, marks, all_caps=not mixed)
    core = tuple(
        Token(text=t.text, script=t.script, part=p, word=t.word)
        for t, p in zip(cores, parts, strict=True)
        if t.word.sounds
    )

    def kept(part: Part) -> tuple[Token, ...]:
        return tuple(_token(text, script, p) for text, script, p, _ in raw if p is part)

    titles = tuple(_token(t, s, p) for t, s, p, _ in raw if p is Part.NICK)
    spoken = tuple(_token(n.lower(), main_script(n), Part.NICK) for n in nicks if n[0].isalpha())
    return NameForm(
        written=name,
        core=core or titles,
        initials=kept(Part.INITIAL),
        nicks=spoken,
        small=kept(Part.PARTICLE) + kept(Part.FORM),
        numbers=tuple(numbers),
        certain=certain,
        initial_first=bool(raw) and raw[0][2] is Part.INITIAL,
        joined="".join(
            sounds_of(text, script) for text, script, part, _ in raw if part is None or part is Part.PARTICLE
        ),
    )


@cache
def _families() -> dict[str, Roots]:
    """The common family names that stand first, by sounds: which names a spelling may be."""
    table = _read_words()["families"]
    assert isinstance(table, dict)
    found: dict[str, Roots] = {}
    for name, spellings in table.items():
        for spelling in spellings.split():
            script = main_script(spelling)
            for read in (spelling, reread(spelling) if script == "Latin" else spelling):
                found.setdefault(sounds_of(read, script), {})[f"family {name}"] = True
    return found


@cache
def _family_spellings() -> frozenset[str]:
    table = _read_words()["families"]
    assert isinstance(table, dict)
    return frozenset(spelling for spellings in table.values() for spelling in spellings.split())


def _stands_first(word: str) -> bool:
    """Whether a word is a common family name of the kind that stands first, as written; in Hangul, as it sounds."""
    script = main_script(word)
    if script == "Latin":
        word = unicodedata.normalize("NFD", word).encode("ascii", "ignore").decode()
    return word in _family_spellings() or (script == "Hangul" and sounds_of(word, script) in _families())


def _eastern_pieces(pieces: list[str]) -> bool:
    """Whether three or two short words begin with a family name that stands first, none of them a particle before it."""
    first = pieces[0].lower() if pieces else ""
    return (
        2 <= len(pieces) <= 3
        and (main_script(first) == "Cyrillic" or (main_script(first) == "Latin" and first not in _words()["particles"]))
        and _stands_first(first)
        and syllables([sounds_of(piece.lower(), main_script(piece.lower())) for piece in pieces[1:]])
    )


def _family_first(tokens: list[Token]) -> bool:
    """Whether a name looks Chinese, Korean or Vietnamese, with a common family name first and short syllables after."""
    return (
        _stands_first(tokens[0].text)
        and tokens[0].script in ("Latin", "Cyrillic", "Hangul")
        and syllables([t.word.sounds for t in tokens[1:]])
        and not (len(tokens) == 2 and len(tokens[1].text) > 3 and tokens[1].word.roots)
    )


def _eastern(text: str, script: str) -> Token:
    """A word of a Chinese or Korean name, `text` as written."""
    read = reread(text) if script == "Latin" else text
    return Token(text=text, script=script, part=Part.MIDDLE, word=word_of(sounds_of(read, script), False, True))


def _settle(tokens: list[Token], marks: list[bool], *, all_caps: bool) -> tuple[list[Part], bool]:
    """Which token is the family name, which the given name, which a patronymic; and whether the spelling says so."""
    count = len(tokens)
    if count == 0:
        return [], False
    parts = [Part.MIDDLE] * count
    if count == 1:
        return [Part.FAMILY], False
    given = [bool(t.word.roots) for t in tokens]
    fathers = [bool(_PATRONYMIC.search(t.word.sounds)) for t in tokens]
    if any(marks) and not all(marks):
        family = {i for i, m in enumerate(marks) if m}
        rest = [i for i in range(count) if i not in family]
        for i in family:
            parts[i] = Part.FAMILY
        parts[rest[0]] = Part.GIVEN
        for i in rest[1:]:
            if fathers[i]:
                parts[i] = Part.PATRONYMIC
        return parts, True
    if count == 3 and fathers[2] and not fathers[1] and (given[1] or not given[0]):
        return [Part.FAMILY, Part.GIVEN, Part.PATRONYMIC], True
    if count == 3 and fathers[1] and (given[0] or not given[2]):
        return [Part.GIVEN, Part.PATRONYMIC, Part.FAMILY], True
    if count in (2, 3) and _family_first(tokens):
        parts[0], parts[1] = Part.FAMILY, Part.GIVEN
        return parts, False
    # Lists in capitals and Cyrillic registers put the family name first, the press in Latin letters the given name.
    listed = tokens[0].script != "Latin" or all_caps or (tokens[0].word.ending and not tokens[-1].word.ending)
    if given[-1] and not given[0] and listed:
        parts[0] = Part.FAMILY
        parts[-1 if count == 2 else 1] = Part.GIVEN
        return parts, False
    parts[0], parts[-1] = Part.GIVEN, Part.FAMILY
    for i in range(1, count - 1):
        if fathers[i] and given[0]:
            parts[i] = Part.PATRONYMIC
    return parts, False


def surname_of(name: str) -> str:
    """The family name in a name as its spelling shows it, in lower case; the last word where nothing tells."""
    return " ".join(token.text for token in form_of(name).core if token.part is Part.FAMILY)


def is_bare(name: str) -> bool:
    """Whether a name has one word only: a surname without given name or initial."""
    form = form_of(name)
    return len(form.core) + len(form.initials) < 2


def fullness(name: str) -> int:
    """How much of a name is written out: words count double, initials single."""
    form = form_of(name)
    return 2 * len(form.core) + len(form.initials)
