"""Pronouns: whom "he", "its" or "they" mean, by gender, number and what stands out in the sentences before.

Sentence subjects stand out most, then what was mentioned last. Inside a quotation a third-person pronoun is never the
speaker; after one, "he said" is. Where two fit equally, or something that is no actor fits better, the pronoun stays open.
"""

from __future__ import annotations

from collections.abc import Callable

from dragoman.read.mention import Candidate
from dragoman.read.resolving.clauses import (
    answerer,
    is_affair,
    is_expletive,
    is_said_by,
    subjects_of,
    verb_of,
    within_sentence,
)
from dragoman.read.resolving.draft import SUBJECTS, Draft, Ledger, Link, Reference
from dragoman.record import Token

_REACH = 4
"""Sentences back in which an antecedent is sought."""

_DISTANCE, _SUBJECT, _OBJECT, _MATRIX, _SAME_ROLE, _SPEAKER, _GENDER, _OFTEN = 18, 22, 6, 12, 6, 30, 8, 0.8
_OPENING = 6
"""Tokens from the start of a sentence within which a pronoun may point ahead."""

_CLOSE_CALL = 3.0
"""Points by which the best antecedent must lead the second."""

_VIEWS = frozenset({"opinion", "view", "words", "estimate", "assessment", "judgment", "judgement", "mind", "account"})
_PLURAL_ORGANS = frozenset({"police", "forces", "security forces"})


def resolve_pronoun(ledger: Ledger, candidate: Candidate) -> Link | None:
    """Return the draft that the pronoun means, and why, or None."""
    token = ledger.parse.tokens[candidate.head]
    if candidate.pronoun == "relative":
        return _because(_relative(ledger, token), "its clause hangs on the name")
    if token.text.lower().endswith(("self", "selves")):
        return _because(_own_subject(ledger, token), "the subject of its own clause")
    if candidate.pronoun in ("male", "female"):
        return _person(ledger, candidate, token) or _because(
            _ahead(ledger, token, lambda draft: _may_be(draft, candidate.pronoun)), "the subject that follows"
        )
    if candidate.pronoun == "thing":
        if is_expletive(ledger, token) or is_affair(ledger, token):
            return None
        return _by_clause(ledger, token, _is_thing) or _because(
            _ahead(ledger, token, _is_thing), "the subject that follows"
        )
    return _by_clause(ledger, token, _is_many, plural=True)


def _because(draft: Draft | None, why: str) -> Link | None:
    return Link(draft, why) if draft is not None else None


def _nearness(ledger: Ledger, token: Token, draft: Draft) -> str:
    """Why a draft stands out for a pronoun, in words."""
    mention = next((r for r in ledger.recent(_REACH, token.i) if r.draft is draft), None)
    if mention is None:
        return "of those whom it can mean the one that stands out"
    head = ledger.parse.tokens[mention.candidate.head]
    back = token.sentence - head.sentence
    where = "in its sentence" if back == 0 else "in the sentence before" if back == 1 else f"{back} sentences before"
    part = "the subject" if _role(ledger, head) in SUBJECTS else "named"
    return f"of those whom it can mean the one that stands out: {part} {where}"


def _is_thing(draft: Draft) -> bool:
    return draft.kind != "person" and not (draft.plural and draft.kind != "state")


def _is_many(draft: Draft) -> bool:
    return draft.kind != "person" and (draft.plural or draft.kind == "group" or draft.organ in _PLURAL_ORGANS)


def _may_be(draft: Draft, gender: str) -> bool:
    return draft.kind == "person" and not draft.plural and draft.gender in (None, gender)


def _own_subject(ledger: Ledger, token: Token) -> Draft | None:
    """The subject of a reflexive pronoun's own clause, or what it stands in apposition to."""
    if token.dep == "appos":
        return ledger.at_token.get(token.head)
    verb = verb_of(ledger, token)
    while verb is not None:
        for i in ledger.parse.children[verb.i]:
            if ledger.parse.tokens[i].dep in SUBJECTS and i < token.i:
                return ledger.at_token.get(i)
        verb = (
            verb_of(ledger, verb) if verb.head != verb.i and verb.dep in ("xcomp", "conj", "advcl", "pcomp") else None
        )
    return None


def _belongs_to_pronoun(ledger: Ledger, reference: Reference, gender: str) -> bool:
    """Whether a nameless person was introduced by a pronoun of that gender ("her lawyer")."""
    owner = reference.candidate.possessor
    if owner is None or not reference.draft.anonymous or reference.candidate.kind != "office":
        return False
    word = ledger.parse.tokens[owner].text.lower()
    return word == ("her" if gender == "female" else "his") and owner in ledger.at_token


def _behind_someone_else(ledger: Ledger, token: Token) -> bool:
    """Whether the nearest subject before the pronoun in its sentence is a person without a name ("the man said he ...")."""
    tokens = ledger.parse.tokens
    for i in range(token.i - 1, ledger.parse.sentence_of(token.i).first - 1, -1):
        if tokens[i].dep in SUBJECTS and tokens[i].pos in ("NOUN", "PROPN"):
            human = tokens[i].lemma.lower() in ledger.codebook.mentions.human
            return human and i not in ledger.at_token and ledger.quote_of[i] == ledger.quote_of[token.i]
    return False


def _relative(ledger: Ledger, token: Token) -> Draft | None:
    """The actor on which the relative clause hangs ("Doe, who said"; "the EU, which has long imposed")."""
    tokens = ledger.parse.tokens
    for i in [token.i, *ledger.parse.ancestors(token.i)]:
        if tokens[i].dep == "relcl":
            noun = tokens[i].head
            draft = ledger.at_token.get(noun)
            if noun < token.i and draft is not None and (token.text.lower() == "which") == (draft.kind != "person"):
                return draft
            return draft if draft is not None and token.text.lower() == "whose" else None
    return None


def _ahead(ledger: Ledger, token: Token, fits: Callable[[Draft], bool]) -> Draft | None:
    """The subject that follows in the sentence, for a pronoun before it ("In his view, Doe ..."), where nothing precedes."""
    if token.tag != "PRP$" and token.dep not in SUBJECTS:
        return None
    sentence = ledger.parse.sentence_of(token.i)
    if token.i - sentence.first > _OPENING or any(fits(r.draft) for r in ledger.recent(_REACH, token.i)):
        return None
    root = ledger.parse.tokens[sentence.root]
    for i in ledger.parse.children[root.i]:
        if i > token.i and ledger.parse.tokens[i].dep in SUBJECTS:
            draft = ledger.ahead.get(i)
            return draft if draft is not None and fits(draft) else None
    return None


def _person(ledger: Ledger, candidate: Candidate, token: Token) -> Link | None:
    quote = ledger.quote_of[token.i]
    barred = _barred(ledger, token)
    speakers = _speakers(ledger, token) if quote >= 0 else set()
    speaker = ledger.last_speaker
    if quote < 0 and (_of_view(ledger, token) or _of_speech(ledger, token) or _is_attributed(ledger, token)):
        newer = _introduced(ledger, token, candidate.pronoun)
        if newer is not None:
            return Link(newer, "who was introduced last, to speak")
    if quote < 0 and speaker is not None and _may_be(speaker, candidate.pronoun) and _of_view(ledger, token):
        return Link(speaker, "who spoke last")

    here = list(ledger.recent(0, token.i))

    def fits(draft: Draft) -> bool:
        introduced = any(r.draft is draft and _belongs_to_pronoun(ledger, r, candidate.pronoun) for r in here)
        return _may_be(draft, candidate.pronoun) and draft.number not in barred | speakers and not introduced

    owner, ended = within_sentence(ledger, token, fits)
    if ended:
        return _because(owner, "the subject of its clause")
    asked = answerer(ledger, token, fits)
    if asked is not None:
        return Link(asked, "who was asked or accused in the sentence before")
    if _behind_someone_else(ledger, token):
        return None
    scores: dict[int, float] = {}
    drafts: dict[int, Draft] = {}
    for reference in ledger.recent(_REACH, token.i):
        draft = reference.draft
        if (
            reference.candidate.kind == "several"
            or draft.kind != "person"
            or draft.plural
            or draft.number in barred
            or draft.number in speakers
        ):
            continue
        if draft.gender is not None and draft.gender != candidate.pronoun:
            continue
        score = _salience(ledger, reference, token) + _OFTEN * min(ledger.counts.get(draft.number, 0), 6)
        score += _GENDER * (draft.gender == candidate.pronoun)
        if _belongs_to_pronoun(ledger, reference, candidate.pronoun):
            # "her lawyer said she ...": she is more often the one whose lawyer it is
            score -= _SPEAKER
        if draft is ledger.last_speaker and quote < 0 and _of_speech(ledger, token):
            score += _SPEAKER
        if quote >= 0 and ledger.quote_of[reference.candidate.head] < 0 and draft is ledger.last_speaker:
            score -= _SPEAKER
        if quote < 0 <= ledger.quote_of[reference.candidate.head]:
            # who is spoken of inside a quotation stands back for the story outside it
            score -= _DISTANCE
        scores[draft.number] = max(scores.get(draft.number, -1e9), score)
        drafts[draft.number] = draft
    if not scores:
        return None
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _CLOSE_CALL:
        return None
    draft = drafts[ranked[0][0]]
    if len(ranked) > 1 and not _is_near(ledger, draft, token):
        return None
    if draft.gender is None and token.tag != "PRP$" and candidate.pronoun in ("male", "female"):
        draft.gender = "male" if candidate.pronoun == "male" else "female"
    return Link(draft, _nearness(ledger, token, draft))


def _is_near(ledger: Ledger, draft: Draft, token: Token) -> bool:
    """Whether a person is named in the sentence or the one before, or is who spoke last and speaks again."""
    if draft is ledger.last_speaker and _of_speech(ledger, token):
        return True
    return any(reference.draft is draft for reference in ledger.recent(1, token.i))


def _introduced(ledger: Ledger, token: Token, gender: str) -> Draft | None:
    """Who was brought in to speak since somebody last spoke ("The historian Doe does not think so. In his opinion ...").

    That is a person whose first mention is the subject of a main clause, or whom "For Doe," sets at its head, and who comes
    with a description; what such a one did is not told otherwise.
    """
    tokens = ledger.parse.tokens
    for reference in ledger.recent(_REACH, token.i):
        draft, head = reference.draft, tokens[reference.candidate.head]
        if draft is ledger.last_speaker or not _may_be(draft, gender):
            if draft is ledger.last_speaker and draft.kind == "person":
                return None
            continue
        if reference.how != "name" or ledger.quote_of[head.i] >= 0 or not _is_described(ledger, head):
            continue
        if any(other.draft is draft and other.candidate.head < head.i for other in ledger.references):
            continue
        root = ledger.parse.sentence_of(head.i).root
        top = head
        while top.dep in ("appos", "compound", "nmod", "flat") and top.head != top.i:
            top = tokens[top.head]
        above = tokens[top.head]
        fronted = top.dep == "pobj" and above.text == "For" and above.head == root
        if fronted or (top.dep in SUBJECTS and top.head == root):
            return draft
    return None


def _is_described(ledger: Ledger, head: Token) -> bool:
    """Whether a name stands in apposition to a description, or one to it ("Doe, a historian at ...", "the historian Doe")."""
    tokens = ledger.parse.tokens
    if head.dep == "appos" and tokens[head.head].pos == "NOUN":
        return True
    return any(tokens[i].dep == "appos" and tokens[i].pos == "NOUN" for i in ledger.parse.children[head.i])


def _by_clause(ledger: Ledger, token: Token, fits: Callable[[Draft], bool], *, plural: bool = False) -> Link | None:
    """The subject of the clause that the pronoun hangs in, of the clauses above it, then of the sentences before."""
    tokens = ledger.parse.tokens
    barred = _barred(ledger, token)
    verb = verb_of(ledger, token)
    seen_other = False
    controller = _controller(ledger, token)
    if controller is not None and controller.number not in barred and fits(controller):
        return Link(controller, "the object of the verb that it comes back to")
    while verb is not None:
        for i in subjects_of(ledger, verb, token.i):
            subject = tokens[i]
            if ledger.quote_of[i] == ledger.quote_of[token.i]:
                draft = ledger.at_token.get(subject.i)
                if draft is not None and draft.number not in barred:
                    if verb.lemma in _OUSTING and _is_sent(ledger, token):
                        # "X expelled its ambassador": the other's
                        continue
                    if draft.sector == "REB" and _of_a_state(ledger, token):
                        # "the group killed 40 of its police": a state's, not the group's
                        continue
                    if fits(draft) or (plural and draft.kind == "state" and subject.tag in ("NNS", "NNPS")):
                        return Link(draft, "the subject of its clause")
                elif draft is None and subject.pos in ("NOUN", "PROPN") and not barred:
                    # a nameless man is no rival of "its", a nameless thing is
                    alike = (subject.tag in ("NNS", "NNPS")) == plural
                    human = subject.lemma.lower() in ledger.codebook.mentions.human
                    seen_other = seen_other or (alike and (plural or not human))
        if seen_other:
            return None
        verb = verb_of(ledger, verb) if verb.head != verb.i else None
    asked = answerer(ledger, token, fits)
    if asked is not None:
        return Link(asked, "who was asked or accused in the sentence before")
    scores: dict[int, float] = {}
    drafts: dict[int, Draft] = {}
    quote = ledger.quote_of[token.i]
    above = verb_of(ledger, token)
    ousted = above is not None and above.lemma in _OUSTING and _is_sent(ledger, token)
    for reference in ledger.recent(2, token.i):
        draft = reference.draft
        mention = tokens[reference.candidate.head]
        if reference.candidate.kind == "several" or reference.candidate.head in ledger.sets:
            continue
        if ousted and above is not None and mention.head == above.i and mention.dep in SUBJECTS:
            continue
        nation = plural and draft.kind == "state" and mention.tag in ("NNS", "NNPS")
        if not (fits(draft) or nation) or draft.number in barred or ledger.quote_of[mention.i] != quote:
            continue
        if is_said_by(ledger, token, mention):
            continue
        owner = mention.dep == "poss" and tokens[mention.head].dep in SUBJECTS
        if mention.sentence != token.sentence and not owner and _role(ledger, mention) not in SUBJECTS:
            continue
        score = _salience(ledger, reference, token)
        if score > scores.get(draft.number, -1e9):
            scores[draft.number], drafts[draft.number] = score, draft
    if not scores:
        return None
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _CLOSE_CALL:
        return None
    draft = drafts[ranked[0][0]]
    return Link(draft, _nearness(ledger, token, draft))


def _of_a_state(ledger: Ledger, token: Token) -> bool:
    """Whether a possessive pronoun owns what only a state has ("its police", "its ambassador")."""
    if token.tag != "PRP$":
        return False
    return ledger.parse.tokens[token.head].lemma.lower() in _STATE_OWNS


def _is_sent(ledger: Ledger, token: Token) -> bool:
    """Whether a possessive pronoun owns somebody who is sent abroad ("its ambassador")."""
    return token.tag == "PRP$" and ledger.parse.tokens[token.head].lemma.lower() in _SENT


_SENT = frozenset({"ambassador", "envoy", "diplomat", "attaché", "attache", "consul", "representative"})
_OUSTING = frozenset({"expel", "summon", "oust", "deport"})
"""Verbs of what a state does with another's envoys, never its own."""

_STATE_OWNS = frozenset(
    {"police", "policeman", "soldier", "troop", "army", "navy", "ambassador", "embassy", "diplomat", "citizen"}
    | {"minister", "president", "parliament", "border", "airspace", "consulate", "envoy"}
)


def _controller(ledger: Ledger, token: Token) -> Draft | None:
    """The object of "thank", "tell" or "urge" that a possessive behind it comes back to.

    "Thanked Ottawa for its patience", "told Jakarta to mind its own business": who is thanked or told, not who does it.
    """
    if token.tag != "PRP$":
        return None
    tokens = ledger.parse.tokens
    for i in ledger.parse.ancestors(token.i):
        above = tokens[i]
        told = above.dep in ("xcomp", "ccomp", "advcl") and above.tag == "VB"
        verb = (
            tokens[above.head]
            if told or (above.dep == "prep" and above.text.lower() in ("for", "of", "over"))
            else None
        )
        if verb is not None and verb.lemma in ledger.codebook.mentions.toward_someone:
            for j in ledger.parse.children[verb.i]:
                if tokens[j].dep in ("dobj", "dative") and j < token.i and j in ledger.at_token:
                    return ledger.at_token[j]
            if told:
                subjects = [j for j in ledger.parse.children[above.i] if tokens[j].dep == "nsubj" and j < token.i]
                if subjects and subjects[0] in ledger.at_token:
                    return ledger.at_token[subjects[0]]
        if above.pos in ("VERB", "AUX"):
            return None
    return None


def _salience(ledger: Ledger, reference: Reference, token: Token) -> float:
    """How much a mention stands out for a pronoun: near, subject, of the clause above, in the same part of its clause."""
    tokens = ledger.parse.tokens
    mention = tokens[reference.candidate.head]
    distance = token.sentence - mention.sentence
    score = -float(_DISTANCE * distance)
    dep = _role(ledger, mention)
    if dep in SUBJECTS:
        score += _SUBJECT
        if token.dep in SUBJECTS:
            score += _SAME_ROLE
        if distance == 0 and mention.head in _above(ledger, token):
            score += _MATRIX
    elif dep in ("dobj", "dative", "pobj"):
        score += _OBJECT if dep != "pobj" else 0.0
        if token.dep == dep:
            score += _SAME_ROLE
    elif dep == "poss":
        score += _OBJECT / 2
    # of two in one sentence the later is a little nearer
    return score - 0.05 * max(0, token.i - mention.i) / (1 + distance)


def _role(ledger: Ledger, mention: Token) -> str:
    """The mention's part in its clause; a name in apposition or conjunction has that of its head."""
    tokens = ledger.parse.tokens
    for _ in range(4):
        if mention.dep not in ("appos", "compound", "conj", "nmod", "flat"):
            break
        if mention.head == mention.i:
            break
        mention = tokens[mention.head]
    return mention.dep


def _above(ledger: Ledger, token: Token) -> set[int]:
    return {i for i in ledger.parse.ancestors(token.i) if ledger.parse.tokens[i].pos in ("VERB", "AUX")}


def _barred(ledger: Ledger, token: Token) -> set[int]:
    """Drafts that the pronoun can't mean: the subject of its own verb, unless it is possessive or reflexive."""
    if token.tag == "PRP$" or token.text.lower().endswith(("self", "selves")) or token.dep in SUBJECTS:
        return set()
    verb = verb_of(ledger, token)
    barred: set[int] = set()
    if verb is not None:
        inner = [*ledger.parse.children[verb.i]]
        if verb.dep == "xcomp":
            inner.extend(ledger.parse.children[verb.head])
        if verb.dep == "advcl" and verb.tag == "VBG" and not any(ledger.parse.tokens[i].dep in SUBJECTS for i in inner):
            # "A sued B, accusing it of theft": A accuses
            above = ledger.parse.children[verb.head]
            inner.extend(i for i in above if ledger.parse.tokens[i].dep in SUBJECTS)
        for i in inner:
            if ledger.parse.tokens[i].dep in SUBJECTS | {"dobj", "dative"} and i < token.i:
                draft = ledger.at_token.get(i)
                if draft is not None:
                    barred.add(draft.number)
    return barred


def _speakers(ledger: Ledger, token: Token) -> set[int]:
    """Who speaks the quotation that the token stands in: a subject of a verb of saying outside it, in its sentences."""
    quotation = ledger.parse.quotations[ledger.quote_of[token.i]]
    found = set()
    tokens = ledger.parse.tokens
    first = ledger.parse.tokens_within(quotation.start, quotation.end)
    sentences = {tokens[i].sentence for i in (first[0], first[-1])} if len(first) else {token.sentence}
    for number in sentences:
        sentence = ledger.parse.sentences[number]
        for i in range(sentence.first, sentence.last):
            if ledger.quote_of[i] < 0 and ledger.speaks(i):
                draft = ledger.at_token.get(i) or ledger.ahead.get(i)
                if draft is not None:
                    found.add(draft.number)
    if not found and ledger.last_speaker is not None:
        found.add(ledger.last_speaker.number)
    return found


def _of_speech(ledger: Ledger, token: Token) -> bool:
    """Whether the pronoun is who says ("he added") or whose view is given ("in his opinion")."""
    above = ledger.parse.tokens[token.head]
    if token.dep in SUBJECTS:
        return above.lemma in ledger.codebook.mentions.say
    return _of_view(ledger, token) or ledger.speaks(token.i)


def _is_attributed(ledger: Ledger, token: Token) -> bool:
    """Whether the pronoun is the subject of a verb that attributes words or views ("he doubts", "she points out")."""
    return token.dep in SUBJECTS and ledger.parse.tokens[token.head].lemma in ledger.codebook.cues.verbs


def _of_view(ledger: Ledger, token: Token) -> bool:
    """Whether the pronoun is whose view is given ("in his opinion")."""
    return token.tag == "PRP$" and ledger.parse.tokens[token.head].lemma.lower() in _VIEWS
