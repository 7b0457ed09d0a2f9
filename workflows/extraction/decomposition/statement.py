"""A clause that can stand alone, and in what order its words, and those lent to it, are told."""

from dataclasses import dataclass

from workflows.extraction.parse import Token
from workflows.extraction.text.spans import TokenSpan


@dataclass(frozen=True, slots=True)
class Statement:
    """A clause that can stand alone: `subject` and `lead` are lent to it where it lacks them.

    `without` are clauses inside of it that are statements of their own. `parts`, where given, are
    what it is worded from, in order, in place of subject, lead and words; `scope` is then the
    clause whose verb it shares. `opening` and `closing` are the time and place that it shares with
    the other clauses of its sentence. `whole` says that it has its subject, though the parser may
    not have seen it.
    """

    root: Token
    words: TokenSpan
    subject: TokenSpan | None = None
    lead: str = ""
    without: tuple[TokenSpan, ...] = ()
    parts: tuple[TokenSpan | str, ...] = ()
    scope: TokenSpan | None = None
    opening: tuple[TokenSpan, ...] = ()
    closing: tuple[TokenSpan, ...] = ()
    whole: bool = False

    @property
    def clause(self) -> TokenSpan:
        """The clause whose verb, helpers and negation are its own."""
        return self.scope or self.words

    @property
    def stretches(self) -> tuple[TokenSpan, ...]:
        """All of the text that it is worded from."""
        told = [part for part in self.parts if isinstance(part, TokenSpan)]
        return (*self.opening, *(told or [self.words]), *self.closing)
