"""The record's page in the docs tells of every field."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from dragoman.record.jsonl import RECORD_TYPES

_PAGE = Path(__file__).parents[2] / "docs" / "record.md"


@pytest.mark.parametrize("kind", RECORD_TYPES)
def test_every_field_is_documented(kind: str) -> None:
    """A field that the page of the record does not name fails the build."""
    page = _PAGE.read_text(encoding="utf-8")
    section = page.split(f"## `{kind}`", 1)[1].split("\n## ", 1)[0]
    missing = [field.name for field in fields(RECORD_TYPES[kind]) if f"`{field.name}`" not in section]
    assert not missing
