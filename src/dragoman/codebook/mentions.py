"""How names are read in a sentence: the word lists of `mentions.toml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.codebook.load import part_files, read_toml
from dragoman.codebook.offices import Gender
from dragoman.errors import CodebookError

_TABLES: Mapping[str, tuple[str, ...]] = {
    "names": ("address_male", "address_female", "address_other", "particles", "no_names"),
    "verbs": ("say", "city", "toward_someone"),
    "places": ("to", "from", "of", "on", "for", "by", "about", "city_owns"),
    "titles": ("ranks", "former"),
    "organs": ("vague", "state", "own"),
    "persons": ("human",),
    "descriptions": ("igo", "ngo", "group", "outlet", "business", "think_tank", "state", "ministry"),
    "sets": ("state", "side", "person"),
    "states": ("kingdom", "emirate", "sultanate", "island", "archipelago"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionRules:
    """Word lists, all in lower case but `no_names` and the codes.

    `address` are forms of address with the gender that they tell; `links` the words on which a preposition must hang for a
    capital behind it to mean the government; `descriptions` the nouns that come back to a body, a group or any state;
    `states_called` those that only some states are called by, with their codes; `sets` the nouns, in the singular, that count
    states, persons or sides of either kind ("the two countries").
    """

    address: Mapping[str, Gender | None]
    particles: frozenset[str]
    no_names: frozenset[str]
    say: frozenset[str]
    city_verbs: frozenset[str]
    toward_someone: frozenset[str]
    links: Mapping[str, frozenset[str]]
    city_owns: frozenset[str]
    ranks: frozenset[str]
    former: frozenset[str]
    vague_organs: frozenset[str]
    state_organs: frozenset[str]
    own_organs: frozenset[str]
    human: frozenset[str]
    descriptions: Mapping[str, frozenset[str]]
    states_called: Mapping[str, frozenset[str]]
    sets: Mapping[str, frozenset[str]]


def load_mention_rules(layers: Sequence[Path]) -> MentionRules:
    """Return the lists of all layers joined; `CodebookError` names the file and the entry that is wrong."""
    lists: dict[tuple[str, str], dict[str, None]] = {(table, name): {} for table in _TABLES for name in _TABLES[table]}
    for path in part_files(layers, "mentions.toml"):
        for table, entries in read_toml(path).items():
            for name, words in entries.items():
                if (table, name) not in lists:
                    known = ", ".join(_TABLES.get(table, _TABLES))
                    raise CodebookError(f"{path}: [{table}] {name!r} is no list that is used: use one of {known}.")
                if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
                    raise CodebookError(f"{path}: [{table}] {name} must be a list of words in quotes.")
                lists[table, name].update(dict.fromkeys(words))
    found = {key: frozenset(words) for key, words in lists.items()}
    genders: tuple[tuple[str, Gender | None], ...] = (("male", "male"), ("female", "female"), ("other", None))
    return MentionRules(
        address={word: gender for name, gender in genders for word in lists["names", f"address_{name}"]},
        particles=found["names", "particles"],
        no_names=found["names", "no_names"],
        say=found["verbs", "say"],
        city_verbs=found["verbs", "city"],
        toward_someone=found["verbs", "toward_someone"],
        links={name: found["places", name] for name in _TABLES["places"] if name != "city_owns"},
        city_owns=found["places", "city_owns"],
        ranks=found["titles", "ranks"],
        former=found["titles", "former"],
        vague_organs=found["organs", "vague"],
        state_organs=found["organs", "state"],
        own_organs=found["organs", "own"],
        human=found["persons", "human"],
        descriptions={name: found["descriptions", name] for name in _TABLES["descriptions"]},
        states_called={name: found["states", name] for name in _TABLES["states"]},
        sets={name: found["sets", name] for name in _TABLES["sets"]},
    )
