"""Cues: the words by which a text attributes a content to a speaker, how the content stands to them, and the act.

The table is `cues.toml` in each codebook layer; its head describes the frames.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from dragoman.codebook.load import part_files, read_toml
from dragoman.errors import CodebookError
from dragoman.record.statement import Act

_PLAIN_PREPOSITIONS = ("for", "about", "of", "on", "against", "at", "with", "in", "over", "from", "as", "into", "by")
FRAMES = frozenset({
    "quote", "clause", "to", "other_to", "gerund", "object", "naming", "for", "about", "of", "on", "against",
    "at", "to_noun", "with", "in", "over", "from", "as", "into", "by",
})  # fmt: skip
PREPOSITIONS = {
    **{word: word for word in _PLAIN_PREPOSITIONS},
    "to_noun": "to",
}
"""The frames that are a preposition, and the preposition."""

_PLAIN = ("light", "speech", "addressed", "judging", "official", "topic")
"""The groups that are plain lists of words."""

_GROUPS = frozenset({"verb", "noun", "adjective", "passive", "phrase", *_PLAIN})

_ENDINGS = (("s", ""), ("ing", "e"), ("ed", "e"))
"""Endings of a verb in -e, and what the dictionary form has instead."""

_ACTS = frozenset(get_args(Act))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A cue word: its dictionary form, the words that must follow it ("out" of "point out"), and the act of each frame."""

    word: str
    rest: tuple[str, ...]
    frames: Mapping[str, Act]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """All cues by the dictionary form of their first word, shorter ones first.

    `passive` gives the act of a verb whose passive reports without a speaker ("is believed to"); `phrases` the fixed
    phrases before a source ("according to") as words; `views` the nouns of "in his view"; `light` the verbs that carry a noun
    of saying ("made the claim that"); `speeches` the nouns for what is said in quotes ("... was his answer");
    `addressed` the verbs whose object is the one told ("told reporters that");
    `judging` the words that judge their subject; `official` the nouns for who can commit a state or body; `topics` the verbs
    whose bare object is only spoken of.
    """

    verbs: Mapping[str, tuple[Cue, ...]]
    nouns: Mapping[str, Cue]
    adjectives: Mapping[str, Cue]
    passive: Mapping[str, Act]
    phrases: tuple[tuple[str, ...], ...]
    views: frozenset[str]
    light: frozenset[str]
    speeches: frozenset[str]
    addressed: frozenset[str]
    judging: frozenset[str]
    official: frozenset[str]
    topics: frozenset[str]

    def verb(self, lemma: str, word: str) -> str | None:
        """Return the dictionary form of a verb that is a cue, or None; a lemmatiser's "hop" for "hopes" is set right."""
        if lemma in self.verbs:
            return lemma
        for ending, rest in _ENDINGS:
            if word.endswith(ending) and word[: -len(ending)] + rest in self.verbs:
                return word[: -len(ending)] + rest
        return None


def load_cues(layers: Sequence[Path]) -> Cues:
    """Return the cues of all layers; `CodebookError` names the file and the group that is wrong."""
    tables: dict[str, dict[tuple[str, ...], dict[str, Act]]] = {"verb": {}, "noun": {}, "adjective": {}}
    passive: dict[str, Act] = {}
    phrases: dict[tuple[str, ...], None] = {}
    views: set[str] = set()
    plain: dict[str, set[str]] = {name: set() for name in _PLAIN}
    for path in part_files(layers, "cues.toml"):
        content = read_toml(path)
        unknown = sorted(set(content) - _GROUPS)
        if unknown:
            raise CodebookError(f"{path}: unknown group {unknown[0]!r}; use one of {', '.join(sorted(_GROUPS))}.")
        for kind, table in tables.items():
            for group in content.get(kind, []):
                act, frames = _act(path, group), _frames(path, group)
                for word in _words(path, group):
                    table.setdefault(tuple(word.split("_")), {}).update(dict.fromkeys(frames, act))
        for group in content.get("passive", []):
            passive.update(dict.fromkeys(_words(path, group), _act(path, group)))
        for group in content.get("phrase", []):
            phrases.update(dict.fromkeys(tuple(phrase.split()) for phrase in group.get("words", [])))
            views.update(group.get("nouns", []))
        for name, listed in plain.items():
            for group in content.get(name, []):
                listed.update(_words(path, group))
    verbs: dict[str, list[Cue]] = {}
    for words in sorted(tables["verb"], key=lambda w: (len(w), w)):
        verbs.setdefault(words[0], []).append(Cue(word=words[0], rest=words[1:], frames=tables["verb"][words]))
    return Cues(
        verbs={word: tuple(cues) for word, cues in verbs.items()},
        nouns={words[0]: Cue(word=words[0], rest=(), frames=frames) for words, frames in tables["noun"].items()},
        adjectives={
            words[0]: Cue(word=words[0], rest=(), frames=frames) for words, frames in tables["adjective"].items()
        },
        passive=passive,
        phrases=tuple(phrases),
        views=frozenset(views),
        light=frozenset(plain["light"]),
        speeches=frozenset(plain["speech"]),
        addressed=frozenset(plain["addressed"]),
        judging=frozenset(plain["judging"]),
        official=frozenset(plain["official"]),
        topics=frozenset(plain["topic"]),
    )


def _act(path: Path, group: Mapping[str, Any]) -> Act:
    act: Any = group.get("act")
    if act not in _ACTS:
        raise CodebookError(f"{path}: a group has the act {act!r}; use one of {', '.join(sorted(_ACTS))}.")
    found: Act = act
    return found


def _frames(path: Path, group: Mapping[str, Any]) -> list[str]:
    frames = list(group.get("frames", []))
    wrong = [frame for frame in frames if frame not in FRAMES]
    if wrong or not frames:
        named = repr(wrong[0]) if wrong else "no frame"
        raise CodebookError(f"{path}: a group of cues has {named}; use one of {', '.join(sorted(FRAMES))}.")
    return frames


def _words(path: Path, group: Mapping[str, Any]) -> list[str]:
    words = group.get("words")
    if not isinstance(words, str):
        raise CodebookError(f'{path}: a group of cues has no words; write words = "say tell".')
    return words.split()
