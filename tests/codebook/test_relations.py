"""Tests of the relation rules as data."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.codebook import Codebook
from dragoman.errors import CodebookError

DIMENSIONS = {
    "diplomatic_relations": {"none", "established", "severed"},
    "ambassador": {"accredited", "recalled", "withdrawn", "expelled"},
    "embassy": {"open", "downgraded", "closed"},
    "recognition": {"recognised", "not_recognised"},
    "sanctions": {"in_force", "eased", "lifted"},
    "trade": {"open", "restricted", "suspended"},
    "border": {"open", "restricted", "closed"},
    "agreement": {"signed", "in_force", "suspended", "terminated"},
    "hostilities": {"none", "ceasefire", "active"},
}


def test_dimensions_and_values_are_the_contracts(codebook: Codebook) -> None:
    """The dimensions, their values and which of them have no direction are those of the record's public form."""
    rules = codebook.relations
    assert {name: set(dimension.values) for name, dimension in rules.dimensions.items()} == DIMENSIONS
    assert rules.undirected == {"diplomatic_relations", "border", "agreement", "hostilities"}


def test_a_user_adds_a_dimension_and_overrides_a_rule(tmp_path: Path) -> None:
    """A user's folder adds a dimension with a rule, and a rule of the same name replaces ours."""
    (tmp_path / "relations.toml").write_text(
        """
[dimension.visa]
directed = true
title = "{of's} visas for {toward}"
values = { required = "required", free = "free" }

[[rule]]
name = "visa freed"
dimension = "visa"
value = "free"
types = ["CONCEDE"]
words = "visa"
of = "actor"
toward = "recipient"

[[rule]]
name = "hostilities"
dimension = "hostilities"
value = "active"
types = ["MOBILIZE"]
of = "actor"
toward = "recipient"
""",
        encoding="utf-8",
    )
    rules = Codebook([tmp_path]).relations
    assert rules.dimensions["visa"].values["free"] == "free"
    assert rules.rules[0].name == "visa freed"
    assert [rule.types for rule in rules.rules if rule.name == "hostilities"] == [frozenset({"MOBILIZE"})]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[rule]]\nname = "x"\ndimension = "trade"\nvalue = "gone"\nof = "actor"\ntoward = "recipient"\n', "gone"),
        ('[[rule]]\nname = "x"\ndimension = "moon"\nvalue = "open"\nof = "actor"\ntoward = "recipient"\n', "moon"),
        ('[[rule]]\nname = "x"\ndimension = "trade"\nvalue = "open"\nof = "source"\ntoward = "recipient"\n', "of"),
        ('[[rule]]\nname = "x"\ncolour = "red"\n', "colour"),
        ('[[told]]\nname = "x"\ndimension = "trade"\nvalue = "open"\nwords = ["("]\n', "pattern"),
    ],
)
def test_a_wrong_rule_is_named(tmp_path: Path, text: str, message: str) -> None:
    """A rule that can't be meant is refused with what is wrong in it."""
    (tmp_path / "relations.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError, match=message.replace("(", r"\(")):
        _ = Codebook([tmp_path]).relations
