"""What the names and nouns of a paragraph mean, and what is remembered of them."""

from workflows.extraction.parse import Doc, Token, read_text
from workflows.extraction.references.counted import (
    find_counted,
    find_pair,
    find_several,
    remember_count,
)
from workflows.extraction.references.definites import link_mention
from workflows.extraction.references.entities import Antecedent, Entity, Seen
from workflows.extraction.references.kinds import EntityKind, Nature
from workflows.extraction.references.mention import Mention, MentionType
from workflows.extraction.references.named_speakers import SPEAKING_FOR, mention_body
from workflows.extraction.references.numerals import ORDINALS
from workflows.extraction.references.reading import Reading
from workflows.extraction.references.resolved import (
    TO_COME,
    ResolvedReference,
    is_alias,
    is_pointing,
    quote_words,
)
from workflows.extraction.references.voices import find_described
from workflows.extraction.text.spans import TokenSpan

SCHOLARS = frozenset(
    {"academic", "analyst", "author", "economist", "expert", "fellow", "historian", "lecturer"}
    | {"professor", "researcher", "scholar", "scientist", "student"}
)
"""Those at a body who do not mean it by "we"."""
FEWEST = 2
LONGEST_OFFICE = 16
"""Tokens behind a name within which its bearer's body is named."""
STOPS = frozenset({".", ";", ":", "“", "”", '"'})
VAGUE = frozenset({"another", "any", "enough", "less", "little", "more", "much", "no", "some"})
"""Words with which a mention tells less than "the" does."""
SPOKESMEN = frozenset({"spokesman", "spokesperson", "spokeswoman"})
"""Those who mean by "we" even somebody for whom they speak: "a spokesman for Speaker Ann Lee"."""
CALLED = frozenset({EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.GROUP})
"""Those whom newspapers describe after they have named them."""
HEADS_OF_PARTS = frozenset({"director", "head", "manager", "officer", "president"})
"""Those who may head a department: “the director of Sales”."""
OF = frozenset({"of", "for", "at", "with"})


OF_OFFICES = frozenset({"NNP", "NNPS", "NN", "NNS", "CC", "IN", "DT", "POS", "JJ", "HYPH"})
"""What an office behind a name is told with."""


def resolve_noun(reading: Reading, mention: Mention) -> None:
    entity = find_described(reading, mention) or reading.link(mention)
    seen = reading.place(mention, entity)
    reading.table.recent.append(seen)
    reading.remember_person(seen)
    if mention.head in reading.sources:
        reading.remember_speaker(mention, entity)
    _find_affiliation(reading, mention, entity)
    _remember_owner(reading, mention)
    counted = find_counted(reading, mention, seen.sentence)
    pair = find_pair(reading, mention)
    if pair is not None:
        reading.found[mention.head] = ResolvedReference(mention, *pair)
        return
    several = find_several(reading, mention)
    if several is not None:
        reading.found[mention.head] = ResolvedReference(mention, *several, beside=True)
        return
    reading.found[mention.head] = ResolvedReference(
        mention,
        entity,
        _find_antecedent(reading, entity, mention) if counted is None else counted,
        beside=counted is not None,
        points_back=seen.sentence > 1 and is_pointing(mention),
    )
    if _is_driving(reading.doc[mention.head]):
        reading.table.call(entity, "driver")
    _join_coordinated(reading, mention, seen)
    remember_count(reading, seen)


def _is_driving(noun: Token) -> bool:
    """Return True for whoever "was driving a van", or whose van was "driven by" him."""
    by = noun.dep_ == "pobj" and noun.head.lower_ == "by" and noun.head.head.lower_ == "driven"
    return by or (noun.dep_ == "nsubj" and noun.head.lower_ in {"driving", "drove"})


def _remember_owner(reading: Reading, mention: Mention) -> None:
    """Remember whose "his plan" is, in case "the plan" is told of later."""
    if not mention.owned_by_pronoun:
        return
    owner = reading.found.get(mention.words.start)
    told = owner.antecedent if owner is not None else None
    _, _, rest = TO_COME.split(mention.text)[0].partition(" ")
    if told is not None and rest and not told.counted:
        mark = "'" if told.plural and told.text.endswith("s") else "'s"
        reading.memory.owned[mention.start] = f"{told.text}{mark} {rest}"


def _find_antecedent(reading: Reading, entity: Entity, mention: Mention) -> Antecedent | None:
    """Return the earlier words that tell more than a mention does, if there are any."""
    if entity.ambiguous:
        return None
    told = entity.find_words(before=mention.start)
    if told is None or told is mention or told.start >= mention.start:
        return None
    if mention.form is MentionType.NAME and (
        len(told.name) <= len(mention.name) or _goes_on(reading.doc, mention)
    ):
        return None
    if mention.form is not MentionType.NAME and (not mention.bare or told.bare):
        return _find_fuller(reading, entity, mention, told)
    if (
        is_alias(told)
        or told.text.lower() == mention.text.lower()
        or told.text.partition(" ")[0].lower() in VAGUE
    ):
        return None
    words = quote_words(entity, told)
    return words._replace(text=reading.memory.owned.get(told.start, words.text))


def _find_fuller(
    reading: Reading, entity: Entity, mention: Mention, told: Mention
) -> Antecedent | None:
    """Return “Renn's yearly news conference” for “the news conference”.

    Or who “the Olden governor” or “the Dutch brewer” is: who was told to be that.
    """
    role = reading.doc[mention.head].dep_
    if entity.kind in CALLED and told.form is MentionType.NAME:
        behind = reading.doc[mention.words.end : mention.words.end + 1]
        cut = any(t.lower_ == "of" for t in behind)  # “the largest maker of salt”
        certain = not mention.owned and not cut and role not in {"appos", "attr", "oprd"}
        return quote_words(entity, told) if certain and not mention.predicate else None
    if not mention.qualifier or mention.qualifier in ORDINALS or told.bare or told.qualifier:
        return None
    words = quote_words(entity, told)
    words = words._replace(text=reading.memory.owned.get(told.start, words.text))
    named = any(word[:1].isupper() for word in words.text.split()[1:]) or words.text[:1].isupper()
    return words if named else None


def _goes_on(doc: Doc, name: Mention) -> bool:
    """Return True if capitals or a number stand right behind a name: “Roe Cos.”, “HB 40”."""
    end = name.words.end
    if end >= len(doc):
        return False
    return doc[end].text.isdigit() or (
        doc[end].tag_.startswith("NNP") and doc[end].text[:1].isupper()
    )


def _find_affiliation(reading: Reading, mention: Mention, entity: Entity) -> None:
    """Remember for whom somebody speaks: "a spokeswoman for Nordbank", "head of the clinic"."""
    if entity.affiliation is not None or entity.kind is not EntityKind.PERSON:
        return
    if mention.noun in SCHOLARS and "chief" not in mention.text.lower():
        return
    head = reading.doc[mention.head]
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ in OF:
            for grandchild in child.rights:
                _affiliate(reading, mention, entity, grandchild)
    for child in head.lefts:
        if child.dep_ == "poss":
            _affiliate(reading, mention, entity, child)
    if mention.form is MentionType.NAME:
        _read_office_behind(reading, mention, entity)
        _affiliate_by_title(reading, entity, mention)
        _affiliate_behind(reading, mention, entity)


def _read_office_behind(reading: Reading, mention: Mention, entity: Entity) -> None:
    """Remember the office in capitals behind a name: “Ann Lee, President and CEO, said”."""
    doc, start = reading.doc, mention.words.end
    behind = doc[start : start + LONGEST_OFFICE]
    if entity.office or len(behind) == 0 or behind[0].text != ",":
        return
    end = next((t.i for t in behind[1:] if t.text in {",", "."} or t.tag_.startswith("V")), None)
    if end is None or doc[end].text != ",":
        return
    told = doc[start + 1 : end]
    leads = any(t.lower_ in SPEAKING_FOR for t in told)
    if leads and told[0].tag_.startswith("NNP") and all(t.tag_ in OF_OFFICES for t in told):
        entity.office = " ".join(read_text(told).split())


def _affiliate_behind(reading: Reading, mention: Mention, entity: Entity) -> None:
    """Remember the body behind an office: “Ann Lee, chairwoman, Norlink Group”."""
    behind = reading.doc[mention.words.end : mention.words.end + LONGEST_OFFICE]
    if entity.affiliation is not None or len(behind) == 0 or behind[0].text != ",":
        return
    led = False
    for token in behind[1:]:
        led = led or token.lower_ in SPEAKING_FOR
        body = reading.by_head.get(token.i)
        named = body is not None and body.form is MentionType.NAME
        if token.tag_.startswith(("VB", "MD")) or token.text in STOPS:
            return
        if named and body is not None and reading.doc[body.words.start - 1].lower_ in {",", "the"}:
            if led and body.nature.kind is EntityKind.ORGANISATION:
                entity.affiliation = reading.link(body)
            return


def _affiliate_by_title(reading: Reading, entity: Entity, mention: Mention) -> None:
    if entity.affiliation is None:
        entity.affiliation = _find_known_body(reading, mention)
    if entity.affiliation is None:
        body = mention_body(reading.paragraph, mention)
        if body is not None and (len(body.name) > 1 or reading.table.find_named(body.name)):
            entity.affiliation = link_mention(
                reading.table, body, reading.find_sentence(mention.head)
            )


def _find_known_body(reading: Reading, mention: Mention) -> Entity | None:
    """Return the body named before that stands in a title: “Norlink Chairman Ann Lee”."""
    first = min(reading.doc[mention.head].left_edge.i, mention.words.start)
    words = [t.text for t in reading.doc[first : mention.words.end]]
    title = next((at for at, word in enumerate(words) if word.lower() in SPEAKING_FOR), 0)
    body = reading.table.find_named(tuple(words[:title])) if title else None
    return body if body is not None and body.kind is EntityKind.ORGANISATION else None


def _affiliate(reading: Reading, mention: Mention, entity: Entity, token: Token) -> None:
    body = reading.by_head.get(token.i)
    if body is None or body.form is MentionType.PRONOUN:
        return
    within = mention.noun in HEADS_OF_PARTS and body.form is MentionType.NAME
    if within and body.guessed and reading.table.find_name(body) is None:
        return
    certain = body.form is not MentionType.INDEFINITE and not body.plural
    acts = (
        body.nature.kind in {EntityKind.ORGANISATION, EntityKind.GROUP} or body.noun == "campaign"
    )
    spoken_for = body.nature.kind is EntityKind.PERSON and body.form is MentionType.NAME
    acts = acts or (spoken_for and mention.noun in SPOKESMEN)
    if not certain or not acts:
        return
    linked = reading.link(body)
    if linked.kind is not EntityKind.PERSON or mention.noun in SPOKESMEN:
        entity.affiliation = linked


def _join_coordinated(reading: Reading, mention: Mention, seen: Seen) -> None:
    """Remember two who are named together as what "they" may mean."""
    head = reading.doc[mention.head]
    last = next((c for c in head.rights if c.dep_ == "conj"), None)
    several = FEWEST
    while last is not None and last.tag_.startswith("NN"):
        following = next((c for c in last.rights if c.dep_ == "conj"), None)
        if following is None:
            break
        last = following
        several += 1
    if last is None or head.dep_ == "conj":
        return
    beside = _find_beside(reading, mention) if several == FEWEST else None
    end = beside or reading.by_head.get(last.i)
    if end is None or end.form is not mention.form or not _are_alike(reading, mention, end, seen):
        return
    words = TokenSpan(mention.words.start, end.words.end)
    named = mention.form is MentionType.NAME
    kind = seen.entity.kind if named else mention.nature.kind
    both = Mention(
        words=words,
        head=mention.head,
        start=mention.start,
        end=end.end,
        text=" ".join(words.text(reading.doc).split()),
        noun=mention.noun,
        form=MentionType.INDEFINITE,
        nature=Nature(kind),
        plural=True,
        role=mention.role,
        verb=mention.verb,
        number=several,
    )
    entity = _find_joined(reading, seen.entity, end) if several == FEWEST else None
    entity = entity or Entity(kind, None, plural=True)
    entity.see(both, seen.sentence)
    reading.table.recent.append(seen._replace(mention=both, entity=entity))


def _are_alike(reading: Reading, first: Mention, end: Mention, seen: Seen) -> bool:
    """Return True for two of a kind, by what is known of those who have names."""
    if first.form is not MentionType.NAME:
        return first.nature.kind is end.nature.kind
    return seen.entity.kind is reading.link(end).kind


def _find_beside(reading: Reading, name: Mention) -> Mention | None:
    """Return the second of “Ann Roe and Mayor Tim Lee”, whatever they are parsed as."""
    begin = name.words.end + 1
    behind = (m for m in reading.mentions if m.words.start == begin and m.form is name.form)
    named = name.form is MentionType.NAME
    return max(behind, key=lambda m: m.words.end, default=None) if named else None


def _find_joined(reading: Reading, first: Entity, end: Mention) -> Entity | None:
    """Return the two named side by side as those that were so before, and remember them."""
    if end.form is not MentionType.NAME:
        return None
    members = frozenset({first, reading.link(end)})
    known = next((both for named, both in reading.memory.pairs if named == members), None)
    if known is None:
        known = Entity(first.kind, None, plural=True)
        reading.memory.pairs.append((members, known))
    return known
