"""Factuality: what the words around an event say of its truth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dragoman.codebook import Codebook
from dragoman.codebook.factuality import load_factuality
from dragoman.errors import CodebookError
from dragoman.read.clean import CLEAN
from dragoman.read.factuality import Verdict, factuality
from dragoman.read.parse import DEFAULT_MODEL, parse_stage
from dragoman.read.pipeline import Pipeline
from dragoman.record import Article, Document, Parse, When

HAPPENED = [
    ("A report that Peru had recalled its ambassador was confirmed by the ministry.", "recalled"),
    ("A report that Peru had recalled its ambassador was not denied.", "recalled"),
    ("Peru recalled its ambassador on Monday.", "recalled"),
    ("The ambassador has been recalled.", "recalled"),
    ("The minister said that the army had shelled the town.", "shelled"),
    ("The army, which shelled the town, has left.", "shelled"),
    ("Rebels managed to seize the airport.", "seize"),
    ("Rebels began to shell the airport.", "shell"),
    ("Rebels continued shelling the airport.", "shelling"),
    ("The guards were forced to leave the airport.", "leave"),
    ("Norway regretted expelling the envoy.", "expelling"),
    ("Norway did not regret expelling the envoy.", "expelling"),
    ("Norway condemned the attack on the convoy.", "attack"),
    ("Norway did not condemn the attack on the convoy.", "attack"),
    ("Norway will not forget the attack on the convoy.", "attack"),
    ("The general stopped shelling the town.", "shelling"),
    ("Why did Chile recall its ambassador?", "recall"),
    ("Chile was the first state to recognise the republic.", "recognise"),
    ("Chile did not fail to recognise the republic.", "recognise"),
    ("After signing the treaty they parted.", "signing"),
    ("They parted by signing the treaty.", "signing"),
    ("The two ministers signed and sealed the treaty.", "sealed"),
    ("The minister did not speak, but he signed the treaty.", "signed"),
    ("He not only signed the treaty but praised it.", "signed"),
    ("Kenya is reported to have closed its border.", "closed"),
    ("Sanctions imposed by Canada have hurt the bank.", "Sanctions"),
    ("Canada imposed sanctions on the bank.", "sanctions"),
    ("Talks between the two capitals took place in Oslo.", "Talks"),
    ("The two discussed the attack.", "attack"),
    ("Ghana rejected Togo's offer of mediation.", "offer"),
    ("They had to withdraw from the valley.", "withdraw"),
    ("They went on to shell the valley.", "shell"),
    ("Quito called the attack a crime.", "attack"),
    ("The army claimed to have freed the hostages.", "freed"),
    ("It was a very well-planned attack.", "attack"),
    ("The mines went off almost at once.", "went"),
    ("Not yet: Chile is buying gas again.", "buying"),
]

FUTURE = [
    ("Peru will recall its ambassador.", "recall"),
    ("Peru is to recall its ambassador.", "recall"),
    ("Peru is going to recall its ambassador.", "recall"),
    ("Peru is due to recall its ambassador.", "recall"),
    ("Peru is expected to recall its ambassador.", "recall"),
    ("Peru plans to recall its ambassador.", "recall"),
    ("Peru agreed to recall its ambassador.", "recall"),
    ("Peru has decided to recall its ambassador.", "recall"),
    ("Peru promised to recall its ambassador.", "recall"),
    ("Peru said that it would recall its ambassador.", "recall"),
    ("Peru said it was preparing to recall its ambassador.", "recall"),
    ("The leaders will meet and sign the accord.", "sign"),
    ("Peru's plan to recall its ambassador angered Quito.", "recall"),
    ("The planned visit angered Quito.", "visit"),
    ("The upcoming talks worry Quito.", "talks"),
    ("The talks will take place in Lima.", "talks"),
    ("Quito is preparing for talks.", "talks"),
    ("Lima to recall envoy", "recall"),
    ("Quito warned that the recall would follow.", "follow"),
    ("The focus will be on attacking the port.", "attacking"),
]

HYPOTHETICAL = [
    ("The claim that Peru had expelled the ambassador could not be confirmed.", "expelled"),
    ("Reports that Peru had expelled the ambassador are unconfirmed.", "expelled"),
    ("Peru may recall its ambassador.", "recall"),
    ("Peru could recall its ambassador.", "recall"),
    ("Peru may not recall its ambassador.", "recall"),
    ("Peru should recall its ambassador.", "recall"),
    ("If Peru recalls its ambassador, Quito will protest.", "recalls"),
    ("Unless Peru recalls its ambassador, Quito will protest.", "recalls"),
    ("Had Peru recalled its ambassador, Quito would have protested.", "recalled"),
    ("Had Peru recalled its ambassador, Quito would have protested.", "protested"),
    ("Peru would recall its ambassador if Quito asked.", "recall"),
    ("Quito said Peru would recall its ambassador if it had one.", "recall"),
    ("Peru threatened to recall its ambassador.", "recall"),
    ("Peru considered recalling its ambassador.", "recalling"),
    ("Peru wants to recall its ambassador.", "recall"),
    ("Peru offered to recall its ambassador.", "recall"),
    ("Quito urged Peru to recall its ambassador.", "recall"),
    ("Quito demanded that Peru recall its ambassador.", "recall"),
    ("Quito called for sanctions.", "sanctions"),
    ("Quito warned of an attack.", "attack"),
    ("Quito fears an attack.", "attack"),
    ("The threat of sanctions worries Quito.", "sanctions"),
    ("The possibility of a strike worries Quito.", "strike"),
    ("A possible strike worries Quito.", "strike"),
    ("The proposed ban worries Quito.", "ban"),
    ("They held talks on sanctions.", "sanctions"),
    ("They discussed sanctions.", "sanctions"),
    ("It is possible to recall the ambassador.", "recall"),
    ("It would be unwise to recall the ambassador.", "recall"),
    ("Peru is ready to recall its ambassador.", "recall"),
    ("Will Peru recall its ambassador?", "recall"),
    ("Peru has not said whether it recalled its ambassador.", "recalled"),
    ("Perhaps Peru recalled its ambassador.", "recalled"),
    ("He came to sign the treaty.", "sign"),
    ("A strike on the port could cut off the city.", "strike"),
    ("A ban is likely.", "ban"),
    ("Close the border.", "Close"),
    ("Had there been a strike, Quito would know.", "strike"),
    ("The talks ended without agreement on a merger.", "merger"),
    ("They argued against imposing sanctions.", "imposing"),
]

NEGATED = [
    ("A report that Peru had recalled its ambassador was denied by the ministry.", "recalled"),
    ("A newspaper's report that Peru had expelled the ambassador proved false.", "expelled"),
    ("The rumour that Peru had closed its border was called nonsense by a minister.", "closed"),
    ("Claims that Peru had severed relations with Chile were unfounded.", "severed"),
    ("An online report that Peru recalled its ambassador was wrong.", "recalled"),
    ("Peru did not recall its ambassador.", "recall"),
    ("Peru never recalled its ambassador.", "recalled"),
    ("Peru will not recall its ambassador.", "recall"),
    ("Peru cannot recall its ambassador.", "recall"),
    ("Nobody recalled the ambassador.", "recalled"),
    ("No state recalled its ambassador.", "recalled"),
    ("Not one state recalled its ambassador.", "recalled"),
    ("Neither Peru nor Chile recalled its ambassador.", "recalled"),
    ("Peru refused to recall its ambassador.", "recall"),
    ("Peru failed to recall its ambassador.", "recall"),
    ("Peru denied recalling its ambassador.", "recalling"),
    ("Peru denied that it had recalled its ambassador.", "recalled"),
    ("Peru stopped short of recalling its ambassador.", "recalling"),
    ("Peru has yet to recall its ambassador.", "recall"),
    ("Peru protested without recalling its ambassador.", "recalling"),
    ("Instead of recalling its ambassador, Peru protested.", "recalling"),
    ("Peru does not want to recall its ambassador.", "recall"),
    ("Peru does not plan to recall its ambassador.", "recall"),
    ("Peru's refusal to recall its ambassador angered Quito.", "recall"),
    ("The lack of recognition angered Quito.", "recognition"),
    ("Guards prevented an attack.", "attack"),
    ("Guards foiled the attack.", "attack"),
    ("The foiled attack worried Quito.", "attack"),
    ("They signed no agreement.", "signed"),
    ("There was no agreement.", "agreement"),
    ("The two did not meet or talk.", "talk"),
    ("Peru ruled out recalling its ambassador.", "recalling"),
    ("Under no circumstances did Peru recall its ambassador.", "recall"),
    ("Peru was unable to recall its ambassador.", "recall"),
    ("Peru cancelled the visit.", "visit"),
    ("Norway would no longer become the victim of an invasion.", "invasion"),
    ("Rebels never again attacked the town.", "attacked"),
    ("Plans for a march had to be scrapped.", "march"),
    ("The embassy denied reports of a strike.", "strike"),
    ("Chile is neither able nor willing to send troops.", "send"),
    ("Peru no longer recognises the republic.", "recognises"),
    ("Peru dropped its plan to recall the ambassador.", "recall"),
]

TABLE = [
    (text, word, expected)
    for expected, rows in (
        ("happened", HAPPENED),
        ("future", FUTURE),
        ("hypothetical", HYPOTHETICAL),
        ("negated", NEGATED),
    )
    for text, word in rows
]


@pytest.fixture(scope="module")
def parse_of(codebook: Codebook) -> Callable[[str], Parse]:
    """A function that parses one text."""
    reader = Pipeline((CLEAN, parse_stage(DEFAULT_MODEL)), codebook)

    def parse(text: str) -> Parse:
        article = Article(id="article-1", source="test", text=text, language="en")
        found = reader.read([Document(article=article)])[0].parse
        assert found is not None
        return found

    return parse


def verdict_on(parse: Parse, word: str, codebook: Codebook, when: When | None = None) -> Verdict:
    """The verdict on the first token with these words."""
    i = next(token.i for token in parse.tokens if token.text == word)
    return factuality(parse, i, codebook.factuality, when, date(2023, 4, 21))


@pytest.mark.parametrize(("text", "word", "expected"), TABLE)
def test_the_words_around_an_event_decide(
    parse_of: Callable[[str], Parse], codebook: Codebook, text: str, word: str, expected: str
) -> None:
    """Each event is taken as its sentence takes it, and whatever is not plainly done has a reason in the text."""
    verdict = verdict_on(parse_of(text), word, codebook)
    assert verdict.factuality == expected
    if expected != "happened":
        assert all(part.lower() in text.lower() for part in verdict.reason.split())


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(1956, 1, 1), date(1956, 12, 31), True),
        (date(2022, 1, 1), date(2022, 3, 31), True),
        (date(2023, 4, 18), date(2023, 4, 18), False),
        (None, date(2019, 12, 31), True),
        (date(2019, 1, 1), None, False),
    ],
)
def test_what_ended_long_before_the_article_is_history(
    parse_of: Callable[[str], Parse], codebook: Codebook, start: date | None, end: date | None, expected: bool
) -> None:
    """An event is historical by its own date, counted from the article's; what still goes on is not."""
    when = When(start=start, end=end, precision="day", phrase=None)
    verdict = verdict_on(parse_of("The two states signed a treaty."), "signed", codebook, when)
    assert verdict.historical is expected
    assert verdict.factuality == "happened"


def test_a_date_that_lies_ahead_makes_the_present_tense_future(
    parse_of: Callable[[str], Parse], codebook: Codebook
) -> None:
    """ "Meets on Monday" is to come when that Monday lies behind the article's day."""
    when = When(start=date(2023, 4, 24), end=date(2023, 4, 24), precision="day", phrase=None)
    parse = parse_of("The envoy meets the king on Monday.")
    assert verdict_on(parse, "meets", codebook, when).factuality == "future"
    assert verdict_on(parse, "meets", codebook, replace(when, start=date(2023, 4, 17))).factuality == "happened"


def test_an_old_word_makes_history(parse_of: Callable[[str], Parse], codebook: Codebook) -> None:
    """Without a date, words that put a clause long before the story do."""
    assert verdict_on(parse_of("Peru once recognised the republic."), "recognised", codebook).historical
    assert not verdict_on(parse_of("Peru recognised the republic."), "recognised", codebook).historical


def test_every_word_can_be_asked(parse_of: Callable[[str], Parse], codebook: Codebook) -> None:
    """The climb ends wherever it begins, and gives the same answer twice."""
    parse = parse_of(
        "Nobody said that, if asked, the talks on a ban might not have failed to begin; were they to, who knows?"
    )
    first = [factuality(parse, token.i, codebook.factuality) for token in parse.tokens]
    assert first == [factuality(parse, token.i, codebook.factuality) for token in parse.tokens]


def test_a_users_cues_are_laid_over_the_projects(tmp_path: Path, parse_of: Callable[[str], Parse]) -> None:
    """A researcher's file moves a verb into another group without touching the rest."""
    text = '[groups.failure]\nmakes = "negated"\nwords = ["dodge"]\n'
    (tmp_path / "factuality.toml").write_text(text, encoding="utf-8")
    parse = parse_of("Peru dodged recalling its ambassador.")
    assert verdict_on(parse, "recalling", Codebook([tmp_path])).factuality == "negated"


def test_an_unknown_effect_is_refused(tmp_path: Path) -> None:
    """A group whose effect is none is named with what may stand there."""
    (tmp_path / "factuality.toml").write_text('[groups.odd]\nmakes = "true"\nwords = ["be"]\n', encoding="utf-8")
    with pytest.raises(CodebookError, match="odd"):
        load_factuality([tmp_path])
