"""The codebook: every table of rules, loaded once and lazily, the user's folders laid over the project's own.

A part is a file of the same name in each folder. A later folder's entries replace those of the same key and add the others,
so that a researcher's folder holds only what differs.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.errors import CodebookError

if TYPE_CHECKING:
    from dragoman.codebook.bodies import Bodies
    from dragoman.codebook.confidence import Calibration
    from dragoman.codebook.crosswalk import Crosswalk
    from dragoman.codebook.cues import Cues
    from dragoman.codebook.dates import DateRules
    from dragoman.codebook.factuality import FactualityCues
    from dragoman.codebook.frames import FrameTable
    from dragoman.codebook.furniture import FurnitureTable
    from dragoman.codebook.gazetteer import Gazetteer
    from dragoman.codebook.guesses import Guesses
    from dragoman.codebook.loaded import LoadedWords
    from dragoman.codebook.masthead import MastheadTable
    from dragoman.codebook.mentions import MentionRules
    from dragoman.codebook.offices import Offices
    from dragoman.codebook.outcomes import OutcomeWords
    from dragoman.codebook.plover import Ontology
    from dragoman.codebook.register import Register
    from dragoman.codebook.relations import RelationRules
    from dragoman.codebook.spheres import Spheres
    from dragoman.codebook.territories import Territories

OWN_FOLDER = Path(__file__).parent / "data"


class Codebook:
    """The rules that the reader and the relation stages interpret.

    `layers` are the folders, the project's own first, the user's in their order. Each part is a cached property: it is read
    from disk when it is first used and never again. Two codebooks of the same folders hold the same rules.
    """

    def __init__(self, folders: Sequence[Path] = (), registers: Sequence[Path] = ()) -> None:
        """Lay the user's folders over the project's own; `CodebookError` where one, or a register, does not exist."""
        for folder in folders:
            if not folder.is_dir():
                raise CodebookError(f"No codebook folder {str(folder)!r}: name a folder that holds codebook files.")
        for file in registers:
            if not file.is_file():
                raise CodebookError(f"No register {str(file)!r}: name a file of known actors.")
        self.layers: tuple[Path, ...] = (OWN_FOLDER, *folders)
        self.registers: tuple[Path, ...] = tuple(registers)

    @cached_property
    def territories(self) -> Territories:
        """States and territories, by code and by name in any language."""
        from dragoman.codebook.territories import load_territories

        return load_territories(self.layers)

    @cached_property
    def bodies(self) -> Bodies:
        """Bodies, groups and outlets, places that stand for a state, and words for organs."""
        from dragoman.codebook.bodies import load_bodies

        return load_bodies(self.layers)

    @cached_property
    def offices(self) -> Offices:
        """Titles, who held which office when, and given names."""
        from dragoman.codebook.offices import load_offices

        return load_offices(self.layers)

    @cached_property
    def register(self) -> Register:
        """The known actors of the user's files; an empty register where none is named."""
        from dragoman.codebook.register import load_register

        return load_register(self.registers, self.territories)

    @cached_property
    def mentions(self) -> MentionRules:
        """How names are read in a sentence."""
        from dragoman.codebook.mentions import load_mention_rules

        return load_mention_rules(self.layers)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """All names of territories, bodies and organs, found in a text in one pass."""
        from dragoman.codebook.gazetteer import load_gazetteer

        return load_gazetteer(self.layers, self.territories, self.bodies)

    @cached_property
    def masthead(self) -> MastheadTable:
        """The words by which a line that names outlet and date is known."""
        from dragoman.codebook.masthead import load_masthead

        return load_masthead(self.layers)

    @cached_property
    def furniture(self) -> FurnitureTable:
        """The phrases by which a page's furniture is known."""
        from dragoman.codebook.furniture import load_furniture

        return load_furniture(self.layers)

    @cached_property
    def factuality(self) -> FactualityCues:
        """What the words around an event say of its truth."""
        from dragoman.codebook.factuality import load_factuality

        return load_factuality(self.layers)

    @cached_property
    def dates(self) -> DateRules:
        """The words and forms of time expressions."""
        from dragoman.codebook.dates import load_dates

        return load_dates(self.layers)

    @cached_property
    def ontology(self) -> Ontology:
        """PLOVER's types, modes, scores and quad classes."""
        from dragoman.codebook.plover import load_ontology

        return load_ontology(self.layers)

    @cached_property
    def frames(self) -> FrameTable:
        """Which words mean which event."""
        from dragoman.codebook.frames import load_frames

        return load_frames(self.layers)

    @cached_property
    def guesses(self) -> Guesses:
        """How often a party is right that the frame's own slots don't name, by the way in which it was found."""
        from dragoman.codebook.guesses import load_guesses

        return load_guesses(self.layers)

    @cached_property
    def confidence(self) -> Calibration:
        """How often what the coder finds is right, by what is known of it."""
        from dragoman.codebook.confidence import load_confidence

        return load_confidence(self.layers)

    @cached_property
    def outcomes(self) -> OutcomeWords:
        """The words by which a foretold act is known again when it was done."""
        from dragoman.codebook.outcomes import load_outcomes

        return load_outcomes(self.layers)

    @cached_property
    def relations(self) -> RelationRules:
        """The dimensions of a relation and the rules that lead from events to states."""
        from dragoman.codebook.relations import load_relations

        return load_relations(self.layers)

    @cached_property
    def cues(self) -> Cues:
        """The words by which a text attributes a content to a speaker."""
        from dragoman.codebook.cues import load_cues

        return load_cues(self.layers)

    @cached_property
    def crosswalk(self) -> Crosswalk:
        """The codes that other event data use for states and types."""
        from dragoman.codebook.crosswalk import load_crosswalk

        return load_crosswalk(self.layers)

    @cached_property
    def loaded_words(self) -> LoadedWords:
        """The labels that take a side."""
        from dragoman.codebook.loaded import load_loaded

        return load_loaded(self.layers)

    @cached_property
    def spheres(self) -> Spheres:
        """The words of politics, and those of what is none."""
        from dragoman.codebook.spheres import load_spheres

        return load_spheres(self.layers)


def part_files(layers: Sequence[Path], name: str) -> Iterator[Path]:
    """Yield the files called `name` in the layers, the project's own first; a layer without it is passed over."""
    for folder in layers:
        path = folder / name
        if path.is_file():
            yield path


def read_toml(path: Path) -> dict[str, Any]:
    """Return a TOML file's tables; `CodebookError` names the file and the line or key when it can't be read or used.

    The shape of the project's own files is not looked at again: the tests do that.
    """
    table = parse_toml(path)
    if path.parent != OWN_FOLDER:
        from dragoman.codebook.check_shapes import SHAPES, entry_name, shape_faults

        if path.name in SHAPES and path.parent.name != "frames":
            for at, what, remedy in shape_faults(path.name, table):
                raise CodebookError(f"{path}: {entry_name(table, at)}: {what}; {remedy}.")
    return table


def parse_toml(path: Path) -> dict[str, Any]:
    """Return a TOML file's tables, whatever they are; `CodebookError` names the file and the line when it can't be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise CodebookError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"{path}: {error}; mend the TOML there.") from error
