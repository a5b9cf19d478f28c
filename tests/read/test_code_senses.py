"""Senses: a frame's verb in another sense makes no event, the neighbouring sense that is political still does, and the words
around an act say whether it was done."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.record import Document

Read = Callable[..., Document]


def _factualities(document: Document, kind: str) -> set[str]:
    return {event.factuality for event in document.events or () if event.type == kind}


def _types(document: Document) -> set[str]:
    return {event.type for event in document.events or ()}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The president of Ghana suffered life threatening injuries when his car left the road.", "THREATEN"),
        ("Kenya's minister said villagers should not feel threatened by the Ugandan traders.", "THREATEN"),
        ("The quarrel threatens to undermine Chad's peace talks with Libya.", "THREATEN"),
        ("The president of Peru pushed on with the reform after the Chilean elections.", "REQUEST"),
        ("Norway has pushed back the launch of the Danish satellite to June.", "REQUEST"),
        ("The Togolese general directs the campaign against Benin from a tent.", "REQUEST"),
        ("The senator gave the Polish nurses credit for their patience.", "AID"),
        ("The Malian officers demonstrated great skill in Algiers.", "PROTEST"),
        ("The Danish officers in charge of the camp left for Oslo.", "ACCUSE"),
        ("Nepal's president tried to reach India by telephone.", "ACCUSE"),
        ("Chad's minister inspected the new school for Sudanese children.", "ACCUSE"),
        ("The Spanish ambassador picked up the signal of the Moroccan radio.", "COERCE"),
        ("The Cuban crowd was met with insults in Panama.", "CONSULT"),
        ("Storms forced Lithuania's airport to suspend flights on Monday.", "SANCTION"),
        ("Diplomats and citizens of Belgium returning home may cross the border with Mali.", "SANCTION"),
        ("Bolivian troops will shoot the smugglers' balloons from Paraguay down.", "ASSAULT"),
        ("The split in the Kenyan party threatens to destroy the party of Uganda's exiles.", "ASSAULT"),
        ("Fiji handed the Tongan envoy a note of protest.", "PROTEST"),
        ("The Gambia's president could not rescue the Gambia.", "AID"),
        ("Peru accused Chile of harming its own farmers.", "ASSAULT"),
        ("Serbia, under foreign pressure to arrest the Bosnian general, has banned the party.", "COERCE/arrest"),
    ],
)
def test_other_senses_of_a_frames_words_make_no_event(read_text: Read, text: str, kind: str) -> None:
    """The words of a frame in a sense that is no political act, or only asked for, make no event of its type."""
    document = read_text(text)
    found = {f"{event.type}/{event.mode}" for event in document.events or ()} | _types(document)
    assert kind not in found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Uganda warned Rwanda that it would retaliate.", "THREATEN"),
        ("Ghana pushed Togo to open the border.", "REQUEST"),
        ("Norway wants Denmark to give up the island.", "REQUEST"),
        ("United Nations inspectors inspected two Iraqi plants.", "ACCUSE"),
        ("Cuba tried the American contractor for espionage.", "ACCUSE"),
        ("Sudanese police picked up two Egyptian students.", "COERCE"),
        ("Thousands of Greeks demonstrated against Turkey.", "PROTEST"),
        ("Lithuania suspended flights to Minsk.", "SANCTION"),
        ("Spain and Morocco clashed over the fishing grounds at the conference.", "ACCUSE"),
        ("Kenya regrets the death of the Ugandan sailors.", "CONCEDE"),
        ("Syrian tanks surrounded a Lebanese village.", "COERCE"),
        ("Jordan launched raids on Iraqi smugglers and detained ten of them.", "COERCE"),
    ],
)
def test_the_political_sense_beside_them_still_does(read_text: Read, text: str, kind: str) -> None:
    """The same words said of states and what they do to one another are the event that they name."""
    assert kind in _types(read_text(text))


@pytest.mark.parametrize(
    ("text", "kind", "factuality"),
    [
        ("Kenya tried to end the clashes between Somalia and Ethiopia.", "ASSAULT", "happened"),
        ("There were no new reports of Israeli violence in Lebanon.", "ASSAULT", "negated"),
        ("Britain did not believe that Iran would attack Iraq.", "ASSAULT", "negated"),
        ("The attack on Israel would not have happened without a warning.", "ASSAULT", "happened"),
        ("France's objections to the Iranian plan are likely to delay the deal.", "REJECT", "happened"),
        ("The Canadian minister intends to move a motion condemning China.", "ACCUSE", "future"),
        ("Israel announced the decision to cut ties with Iran.", "SANCTION", "future"),
        ("The truce paved the way for peace talks between Iran and Iraq.", "CONSULT", "hypothetical"),
        ("Nobody knows what motivated the Iraqi soldiers to attack the Turkish village.", "ASSAULT", "happened"),
        ("The president of Mali will resign if the army of Mali asks for it.", "RETREAT", "hypothetical"),
        ("It was the start of a raid on Chad by Libyan soldiers.", "ASSAULT", "happened"),
        ("It could be the start of a raid on Chad by Libyan soldiers.", "ASSAULT", "hypothetical"),
    ],
)
def test_the_words_around_an_act_say_whether_it_was_done(
    read_text: Read, text: str, kind: str, factuality: str
) -> None:
    """Attempts, decisions, denied beliefs, motions and counterfactuals are read for what they say of the act inside them."""
    assert _factualities(read_text(text), kind) == {factuality}


@pytest.mark.parametrize(
    "text",
    [
        "Residents of Kampala fear an attack by Rwandan soldiers.",
        "The law gives the Polish police the power to detain refugees.",
        "Hungary sent soldiers to the border to arrest smugglers.",
        "A Turkish writer could be charged with treason.",
        "Nobody in Ghana was injured in the attack.",
        "Serbia cannot arrest the general.",
        "The general had the feeling that he was begging Mali for help.",
        "Why did Egypt close its border with Libya?",
        '"Has Jordan recalled its ambassador to Iran?"',
        "When Syria kills women, its people flee.",
        "Those who attack Chad are responsible for their own end.",
        "Jordan often condemns Syria.",
        "The Iraqi chief of staff said that the men accused of the crime had been seen.",
    ],
)
def test_talk_of_an_act_is_none(read_text: Read, text: str) -> None:
    """Fear, power, purpose, a question, a general statement and what nobody named may do put nothing on the record but arms."""
    assert {event.type for event in read_text(text).events or ()} <= {"MOBILIZE"}


@pytest.mark.parametrize(
    ("text", "kind", "factuality"),
    [
        ("Poland may close its embassy in Minsk.", "SANCTION", "hypothetical"),
        ("If Chad attacked Libya, oil would be dear.", "ASSAULT", "hypothetical"),
        ("Hamas tried to kidnap two Israeli soldiers.", "ASSAULT", "hypothetical"),
        ("Ghana has not recalled its ambassador to Togo.", "SANCTION", "negated"),
        ("Finland is expected to expel two Russian diplomats.", "SANCTION", "future"),
        ("Portugal sent police to help Mozambique after the flood.", "AID", "happened"),
    ],
)
def test_what_somebody_named_may_try_or_leave_undone_stays(
    read_text: Read, text: str, kind: str, factuality: str
) -> None:
    """Between two states what one may, tries, means or fails to do is on the record; those sent to help have helped."""
    assert _factualities(read_text(text), kind) == {factuality}


@pytest.mark.parametrize(
    "text",
    [
        "A bombing by Basque rebels that killed nine Spanish soldiers shook Bilbao.",
        "Nine Spanish soldiers were killed in a bombing by Basque rebels.",
        "A series of bombings by Basque rebels killed nine Spanish soldiers.",
        "Basque rebels opened fire on a patrol, killing nine Spanish soldiers.",
        "A Basque suicide bomber blew himself up in Bilbao, killing nine Spanish soldiers.",
        "Chad shelled the Libyan town of Kufra. The shelling went on until dawn.",
    ],
)
def test_a_deed_and_its_harm_are_one(read_text: Read, text: str) -> None:
    """A deed, the harm that it did and a word that takes it up again are one event."""
    assert [event.type for event in read_text(text).events or ()].count("ASSAULT") == 1
