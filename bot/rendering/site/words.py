"""The sentences of a team's public pages that are always the same."""

from collections.abc import Mapping

from bot.i18n.labels import gettext_noop
from bot.rendering.standing import ENDED_EARLY
from workflows.claims import Hedge
from workflows.voting import SettledBy

LABELS: Mapping[str, str] = {
    "skip": gettext_noop("Skip to the content"),
    "menu": gettext_noop("Pages"),
    "newest": gettext_noop("Newest"),
    "supported": gettext_noop("Supported"),
    "refuted": gettext_noop("Refuted"),
    "documents": gettext_noop("Documents"),
    "sources": gettext_noop("Sources"),
    "about": gettext_noop("How we decide"),
    "more_about": gettext_noop("More on how we decide"),
    "newest_claims": gettext_noop("Newest claims"),
    "same_document": gettext_noop("All its claims"),
    "search": gettext_noop("Search the claims"),
    "none_found": gettext_noop("No claim contains these words."),
    "empty": gettext_noop("No claims have been published yet."),
    "older": gettext_noop("Older claims"),
    "newer": gettext_noop("Newer claims"),
    "said_by": gettext_noop("Who says so"),
    "own_voice": gettext_noop("in its own voice"),
    "unnamed": gettext_noop("unnamed"),
    "did_say": gettext_noop("a link shows that they said it"),
    "did_not_say": gettext_noop("a link shows that they didn't say it"),
    "evidence": gettext_noop("Evidence"),
    "archived": gettext_noop("archived"),
    "for": gettext_noop("Evidence for"),
    "against": gettext_noop("Evidence against"),
    "context": gettext_noop("Context"),
    "saying": gettext_noop("Did they say it?"),
    "no_evidence": gettext_noop("No link was added."),
    "own_source": gettext_noop("The claim's own source; doesn't count."),
    "reasons": gettext_noop("Reasons the team gave"),
    "ruling": gettext_noop("The moderator's reason"),
    "moderator": gettext_noop("Moderator's verdict"),
    "history": gettext_noop("History"),
    "gone": gettext_noop("This page is no longer published"),
    "gone_why": gettext_noop(
        "This claim was withdrawn or is being checked again. If it is published again, it"
        " will be back at this address."
    ),
    "contact": gettext_noop("Contact"),
    "feeds": gettext_noop("Feeds and data"),
    "rules": gettext_noop("Our rules"),
    "unless": gettext_noop(
        "All this holds unless a moderator settles the claim; its page then says so."
    ),
    "weighted": gettext_noop("Votes by some roles count more."),
    "terms": gettext_noop("What the words mean"),
    "grades": gettext_noop("Grades"),
    "grades_why": gettext_noop(
        "Each link can have two grades: how reliable its source is, and how credible its"
        " information is. They are never combined into one number."
    ),
}
"""The words of the pages that are always the same."""

EXPLANATION = (
    gettext_noop(
        "A team checks individual statements, called claims, that it finds in documents. Each page"
        " shows one claim, who said it and how firmly, and the exact words."
    ),
    gettext_noop(
        "Members vote on whether a claim is true, not on whether somebody said it, and add links"
        " for or against it. Only settled verdicts are published; who voted, and how, is not."
    ),
    gettext_noop(
        "A verdict can change. When a claim is checked again, its page is taken down until there"
        " is a verdict; then it shows both verdicts."
    ),
)
AS_OF = (
    gettext_noop("as of"),
    gettext_noop(
        "The claim is checked as of this day: the one on which its source spoke or, if that isn't"
        " known, on which the document appeared."
    ),
)
GLOSSARY: Mapping[Hedge, str] = {
    Hedge.ASSERTED: gettext_noop("The source says it as a fact."),
    Hedge.CONFIRMED: gettext_noop("The source says that it has been confirmed."),
    Hedge.REPORTED: gettext_noop("The source says it, or passes on what others say."),
    Hedge.ALLEGED: gettext_noop("It is an accusation, or put as not proven."),
    Hedge.SPECULATED: gettext_noop("The source thinks it possible or likely."),
    Hedge.PREDICTED: gettext_noop("The source says that it will happen."),
    Hedge.DENIED: gettext_noop("The source says that it isn't true."),
    Hedge.UNCONFIRMED: gettext_noop("The source says that it couldn't be confirmed."),
}
"""What a page says about how firmly a claim is put."""
SETTLED_BY: Mapping[SettledBy | None, str] = {
    SettledBy.TEAM_EARLY: ENDED_EARLY,
    SettledBy.MODERATOR: gettext_noop(
        "A moderator of the team set this verdict by hand; it isn't the result of a vote."
    ),
}
"""What is said of a verdict that the end of its hold did not settle."""
SETTLED_OTHERWISE: Mapping[SettledBy | None, str] = {
    SettledBy.TEAM_EARLY: gettext_noop("Settled early as {verdict} by a moderator."),
    SettledBy.MODERATOR: gettext_noop("Settled by a moderator as {verdict}."),
}
SUMMARIES: Mapping[bool, str] = {
    True: gettext_noop("{verdict}: “{claim}.” Source: {source}."),
    False: gettext_noop("{verdict}: “{claim}.”"),
}
"""A claim in a feed, with its source where it has one."""
SETTLED = gettext_noop("Settled as {verdict}.")
PUBLIC_RULES = ("quorum", "share", "keep_share", "evidence", "independent", "hold", "tally")
"""The voting rules that readers are told; the others are about the team's own members."""
