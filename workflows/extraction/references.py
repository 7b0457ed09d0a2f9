"""Who "he", "the minister" or a bare surname is, where that is certain."""

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from workflows.extraction.sayings import Saying
from workflows.extraction.sources import mention
from workflows.extraction.stretches import Stretch

SINGULAR = frozenset({"he", "she"})
RELATIVE = frozenset({"who", "which", "that"})
TITLES = frozenset({"mr.", "mrs.", "ms.", "dr.", "mr", "mrs", "ms", "dr"})


@dataclass(slots=True)
class Cast:
    """The named speakers a text has brought on so far, and the one who spoke last."""

    full: dict[str, str] = field(default_factory=dict)
    last: str | None = None
    paragraphs_ago: int = 0

    def next_paragraph(self) -> None:
        self.paragraphs_ago += 1

    def heard(self, doc: Doc, saying: Saying) -> str | None:
        """The name a mention certainly refers to, if it is another; remembers who is named."""
        if saying.source is None or saying.head is None:
            return None
        head = saying.head
        if head.lower_ in SINGULAR:
            return self.last if self.paragraphs_ago <= 1 else None
        if head.lower_ in RELATIVE and head.dep_ in {"nsubj", "nsubjpass"}:
            return _antecedent(head)
        return self._named(
            saying.source.text(doc), doc[saying.source.start : saying.source.end].root
        )

    def _named(self, name: str, head: Token) -> str | None:
        """A proper name: the person is now on stage; a surname alone stands for its full form."""
        if not head.tag_.startswith("NNP") or head.ent_type_ not in {"PERSON", ""}:
            self.last = None
            return None
        bare = [word for word in name.split() if word.lower() not in TITLES]
        surname = bare[-1] if bare else name
        if len(bare) > 1:
            self.full[surname] = name
        fuller = self.full.get(surname)
        self.last, self.paragraphs_ago = fuller or name, 0
        return fuller if fuller is not None and fuller != name else None


def _antecedent(relative: Token) -> str | None:
    clause = relative.head
    if clause.dep_ != "relcl":
        return None
    found: Stretch = mention(clause.head)
    return found.text(relative.doc) if not found.has(relative.i) else None
