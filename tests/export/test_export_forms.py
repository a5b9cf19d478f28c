"""The forms of other programs: exact columns, codes that keep their zeros, and words that stand where the form says."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import networkx
import pandas
import polars
import pytest

from dragoman.codebook import Codebook
from dragoman.export.forms import acled, annotation, followthemoney, gdelt, graphml, icews, marks, polecat, timesketch
from dragoman.export.forms.coded import Coding
from dragoman.export.table import TABLE_KINDS, table_columns
from dragoman.record import History
from dragoman.record.units import Utf16
from dragoman.relate import build_history
from dragoman.run.exporting import FORMS, export_lines, export_to

TEXT = """😀 Norland bombs Sudmark

Norland's air force bombed a depot in Sudmark on 3 May, "a 😀 gift",	the ministry said.

Norland and Sudmark met in June. Norland did not recall its ambassador.
"""


@pytest.fixture(scope="module")
def history(sheet: Any, codebook: Codebook) -> History:
    """A raid, a meeting of equals, and an event that did not happen, in an article with characters beyond the first plane."""
    one = sheet(TEXT, published="2021-05-05", publisher="Morning Post", url="https://example.org/raid")
    nor, swe = one.state("NOR", "Norland"), one.state("SWE", "Sudmark")
    lines = TEXT.split("\n")
    one.event(lines[2], "bombed", "ASSAULT/aerial", [nor], [swe], day="2021-05-03", score=-9.5)
    one.event(lines[4], "met", "CONSULT", [nor, swe], score=2.5)
    one.event(lines[4], "recall", "SANCTION/withdraw", [nor], [swe], score=-6, factuality="negated")
    one.statement(nor, "a 😀 gift", "claim")
    return build_history([one.document()], codebook)


@pytest.fixture
def coding(history: History, codebook: Codebook) -> Coding:
    """The history on its way into a form."""
    return Coding(history, codebook)


def _table(text: str, divider: str = "\t") -> pandas.DataFrame:
    return pandas.read_csv(io.StringIO(text), sep=divider, dtype=str, keep_default_na=False, quoting=csv.QUOTE_MINIMAL)


def test_polecat_has_its_forty_columns_and_reads_back(coding: Coding) -> None:
    """pandas reads the POLECAT file back: 40 columns, one row an event, "None" for what is not known."""
    table = _table("\n".join(polecat.lines(coding)))
    assert len(table.columns) == 40
    assert list(table["Event Type"]) == sorted(table["Event Type"], key=["ASSAULT", "CONSULT"].index) or len(table) == 2
    raid = table[table["Event Type"] == "ASSAULT"].iloc[0]
    assert (raid["Event Mode"], raid["Actor Country"], raid["Recipient Country"]) == ("aerial", "Norway", "Sweden")
    assert (raid["Actor COW"], raid["Quad Code"], raid["Latitude"]) == ("385", "MATERIAL CONFLICT", "None")
    assert set(table["Event ID"]) <= {event.id for event in coding.history.events}


def test_compound_actors_are_one_polecat_row_and_two_gdelt_rows(
    coding: Coding, history: History, codebook: Codebook
) -> None:
    """A meeting of two equals is one POLECAT row with both as actors, and a GDELT row in each direction."""
    table = _table("\n".join(polecat.lines(coding)))
    assert table[table["Event Type"] == "CONSULT"].iloc[0]["Actor Name"] == "Norland; Sudmark"
    rows = [line.split("\t") for line in gdelt.event_lines(Coding(history, codebook))]
    met = [(row[7], row[17]) for row in rows if row[26] == "040"]
    assert sorted(met) == [("NOR", "SWE"), ("SWE", "NOR")]


def test_gdelt_rows_have_61_cells_and_codes_keep_their_zeros(coding: Coding) -> None:
    """A GDELT row has 61 cells without a header; polars reads CAMEO codes as text with their zeros, and ids are numbers."""
    text = "\n".join(gdelt.event_lines(coding))
    assert all(len(line.split("\t")) == gdelt.EVENT_COLUMNS for line in text.split("\n"))
    table = polars.read_csv(io.StringIO(text), separator="\t", has_header=False, infer_schema=False, quote_char=None)
    assert sorted(table[:, 26]) == ["040", "040", "195"]
    raid = next(row for row in table.rows() if row[26] == "195")
    assert raid[1:4] == ("20210503", "202105", "2021")
    assert (raid[28], raid[29], raid[30]) == ("19", "4", "-10.0")
    assert raid[60] == "https://example.org/raid"
    assert len({int(number) for number in table[:, 0]}) == 3


def test_gdelt_mentions_point_at_the_words(coding: Coding, history: History) -> None:
    """The offsets of a mentions row are those of the actor's, the recipient's and the event's words in the article."""
    text = history.articles[0].text
    rows = [line.split("\t") for line in gdelt.mention_lines(coding)]
    assert all(len(row) == gdelt.MENTION_COLUMNS for row in rows)
    raid = next(row for row in rows if text[int(row[9]) :].startswith("bombed"))
    assert text[int(raid[7]) :].startswith("Norland")
    assert text[int(raid[8]) :].startswith("Sudmark")
    assert raid[6] == "2"


def test_icews_has_twenty_columns(coding: Coding) -> None:
    """The ICEWS file has its 20 columns and CAMEO codes as text."""
    table = _table("\n".join(icews.lines(coding)))
    assert len(table.columns) == 20
    assert set(table["CAMEO Code"]) == {"040", "195"}
    assert "Norway" in set(table["Source Country"])


def test_acled_takes_only_what_acled_records(coding: Coding) -> None:
    """ACLED's file holds the raid with its sub-event, and the meeting is counted as left out; fatalities are never guessed."""
    table = _table("\n".join(acled.lines(coding)), ",")
    assert len(table.columns) == 31
    raid = table.iloc[0]
    assert (raid["sub_event_type"], raid["iso"], raid["region"]) == ("Air/drone strike", "752", "Europe")
    assert (raid["time_precision"], raid["fatalities"], raid["inter1"]) == ("1", "", "1")
    assert coding.left_out["events of kinds that ACLED does not record"] == 1


def test_what_did_not_happen_is_in_no_coded_form_and_counted(coding: Coding) -> None:
    """A denied event is left out of the coded forms, and the count says so."""
    assert "SANCTION" not in "\n".join(polecat.lines(coding))
    assert coding.left_out["negated events"] == 1


def test_ftm_entities_refer_to_entities_of_the_file(coding: Coding) -> None:
    """Every id that a FollowTheMoney entity points at is an entity of the same file, and countries are alpha-2."""
    entities = [json.loads(line) for line in followthemoney.lines(coding)]
    ids = {entity["id"] for entity in entities}
    pointing = ("involved", "holder", "post", "entity", "proof")
    targets = {one for entity in entities for name in pointing for one in entity["properties"].get(name, [])}
    assert targets
    assert targets <= ids
    assert {"Article", "Event", "PublicBody"} <= {entity["schema"] for entity in entities}
    assert ["no"] in [entity["properties"].get("country") for entity in entities]
    assert all(isinstance(v, str) for e in entities for values in e["properties"].values() for v in values)


def test_annotations_carry_both_selectors_that_agree(coding: Coding, history: History) -> None:
    """Every annotation's position and quote select the same words of the article, in code points."""
    text = history.articles[0].text
    for line in annotation.lines(coding):
        for target in json.loads(line)["target"]:
            position, quote = target["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]
            assert text[: position["start"]].endswith(quote["prefix"])
            assert text[position["end"] :].startswith(quote["suffix"])


def test_timesketch_lines_have_the_three_fields(coding: Coding) -> None:
    """Each Timesketch line has message, datetime with its zone, and timestamp_desc; undated events are counted."""
    rows = [json.loads(line) for line in timesketch.lines(coding)]
    assert rows
    assert all({"message", "datetime", "timestamp_desc"} <= set(row) for row in rows)
    assert all(row["datetime"].endswith("+00:00") for row in rows)


def test_networkx_reads_the_graph(coding: Coding) -> None:
    """networkx reads the GraphML back with the raid as an edge from the actor to the recipient."""
    graph = networkx.parse_graphml("\n".join(graphml.lines(coding)))
    edges = [
        (graph.nodes[a]["name"], graph.nodes[b]["name"], data["type"], data["score"])
        for a, b, data in graph.edges(data=True)
    ]
    assert ("Norland", "Sudmark", "ASSAULT", -9.5) in edges


def test_utf16_offsets_select_the_same_words(coding: Coding, history: History) -> None:
    """Label Studio's and doccano's offsets count UTF-16 units: cut from the UTF-16 text they give the words of the mark."""
    text = history.articles[0].text
    units = text.encode("utf-16-le")
    (task,) = json.loads("\n".join(marks.label_studio_lines(coding)))
    for result in task["predictions"][0]["result"]:
        value = result["value"]
        assert units[2 * value["start"] : 2 * value["end"]].decode("utf-16-le") == value["text"]
    for line in marks.doccano_lines(coding):
        labels = json.loads(line)["label"]
        assert "bombed" in [units[2 * a : 2 * b].decode("utf-16-le") for a, b, _ in labels]


def test_brat_annotations_stay_on_one_line(coding: Coding, history: History) -> None:
    """Each brat annotation's offsets give its words in the text file beside it."""
    files = dict(marks.brat_files(coding))
    article = history.articles[0]
    rows = [line.split("\t") for line in files[f"{article.id}.ann"].splitlines()]
    assert rows
    for _number, place, words in rows:
        label, _, spans = place.partition(" ")
        assert "/" not in label
        pieces = [tuple(map(int, span.split())) for span in spans.split(";")]
        assert " ".join(files[f"{article.id}.txt"][a:b] for a, b in pieces) == words


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_form_is_written_with_a_manifest_and_is_the_same_twice(
    form: str, history: History, codebook: Codebook, tmp_path: Path
) -> None:
    """Each form is written twice with the same bytes, and its manifest names every file with its digest."""

    def read(folder: Path) -> dict[str, bytes]:
        return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}

    for folder in ("one", "two"):
        export_to(tmp_path / folder / "out", history, codebook, form, refusals=[("x.txt", "x.txt is empty.")])
    assert read(tmp_path / "one") == read(tmp_path / "two")
    manifest = json.loads((tmp_path / "one" / "out.manifest.json").read_text(encoding="utf-8"))
    assert manifest["counts"]["event"] == len(history.events)
    assert manifest["refused"][0]["source"] == "x.txt"
    assert len(manifest["files"]) == len(read(tmp_path / "one")) - 1


def test_parquet_has_the_tables_columns_with_types(history: History, codebook: Codebook, tmp_path: Path) -> None:
    """polars and pandas read each Parquet table with the CSV's columns; days are dates and scores are numbers."""
    export_to(tmp_path / "out", history, codebook, "parquet", refusals=[])
    for kind in TABLE_KINDS:
        assert polars.read_parquet(tmp_path / "out" / f"{kind}.parquet").columns == list(table_columns(kind))
    events = pandas.read_parquet(tmp_path / "out" / "event.parquet")
    assert events["score"].sum() == pytest.approx(-13)
    assert polars.read_parquet(tmp_path / "out" / "event.parquet").schema["start"] == polars.Date


def test_lines_to_standard_output_are_the_files_lines(history: History, codebook: Codebook, tmp_path: Path) -> None:
    """A form printed is the form written."""
    lines, _ = export_lines(history, codebook, "gdelt", "event")
    export_to(tmp_path / "out", history, codebook, "gdelt", refusals=[])
    assert "".join(f"{line}\n" for line in lines) == (tmp_path / "out").read_text(encoding="utf-8")


def test_every_plover_type_has_a_cameo_code(codebook: Codebook) -> None:
    """Every type and mode of the ontology has a CAMEO code whose quad class is PLOVER's own, or one beside it on the scale."""
    for name, entry in codebook.ontology.types.items():
        for mode in (None, *entry.modes):
            code = codebook.crosswalk.cameo(name, mode, None)
            assert code is not None, (name, mode)
            assert 1 <= int(code.root) <= 20


def test_country_codes_are_those_of_iso(codebook: Codebook) -> None:
    """The numeric codes are ISO 3166-1's, and no two states share a FIPS code."""
    import pycountry

    codes = codebook.crosswalk.countries
    for code, row in codes.items():
        country = pycountry.countries.get(alpha_3=code)
        assert row.numeric == (country.numeric if country else ""), code
    fips = [row.fips for row in codes.values() if row.fips]
    assert len(fips) == len(set(fips))
    assert (codes["UKR"].fips, codes["SDN"].fips, codes["UKR"].cow) == ("UP", "SU", "369")


@pytest.mark.parametrize("text", ["", "plain", "a😀b😀", "😀", "é😀\n𝄞x"])
def test_utf16_offsets_go_and_come_back(text: str) -> None:
    """Every code point offset of a text comes back from its UTF-16 offset, the end too."""
    units = Utf16(text)
    for point in range(len(text) + 1):
        assert units.of(point) == len(text[:point].encode("utf-16-le")) // 2
        assert units.point(units.of(point)) == point
