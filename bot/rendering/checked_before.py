"""What was checked before of the like of a claim, a line each."""

from collections.abc import Iterator

from bot.i18n.escaping import escape
from bot.i18n.labels import label_status
from bot.i18n.translator import Translator
from bot.rendering.embeds import card_address, make_masked_link
from workflows.desk.checked_before import CheckedBefore
from workflows.fact_checks import FactCheck
from workflows.search import ClaimSummary
from workflows.urls import find_origin


def list_checked(checked: CheckedBefore, guild: int, tr: Translator) -> list[str]:
    """Return what is known, the team's own first: who found it and when, the claim, the verdict."""
    return [*_iter_lines(checked, guild, tr)]


def _iter_lines(checked: CheckedBefore, guild: int, tr: Translator) -> Iterator[str]:
    for claim in checked.claims:
        who = tr.text("this team, {day}", day=tr.day(claim.state.since.date()))
        verdict = label_status(claim.state, tr)
        yield f"{link_claim(claim, guild)} · {who}: “{escape(claim.words, 120)}” — **{verdict}**"
    for check in checked.fact_checks:
        yield _describe_check(check, tr)
    for check in checked.found:
        yield "🌐 " + _describe_check(check, tr)


def _describe_check(check: FactCheck, tr: Translator) -> str:
    source = escape(check.publisher or find_origin(check.url), 80)
    who = make_masked_link(source, check.url)
    if check.reviewed_on:
        who += f", {tr.day(check.reviewed_on)}"
    said = tr.text("{source}: “{claim}”", source=who, claim=escape(check.claim, 120))
    return f"{said} — **{escape(check.rating, 60)}**" if check.rating else said


def link_claim(claim: ClaimSummary, guild: int) -> str:
    """Return a claim's number, leading to its card where there is one."""
    number = f"#{claim.number}"
    return f"[{number}]({card_address(guild, claim.link)})" if claim.link else number


def list_perhaps_same(checked: CheckedBefore, guild: int, tr: Translator) -> list[str]:
    """Return the claims in other languages that are perhaps the same: a line each."""
    lines: list[str] = []
    for claim in checked.perhaps_same:
        said = f"{link_claim(claim, guild)} “{escape(claim.words, 200)}”"
        lines.append(f"{said} — **{label_status(claim.state, tr)}**")
    return lines


def name_best(checked: CheckedBefore, guild: int, tr: Translator) -> str:
    """Return the likest of what is known in a few words: whose it is, and the verdict."""
    if checked.claims:
        claim = checked.claims[0]
        who, verdict = link_claim(claim, guild), label_status(claim.state, tr)
    elif checked.fact_checks:
        check = (*checked.fact_checks, *checked.found)[0]
        source = escape(check.publisher or find_origin(check.url), 40)
        who, verdict = make_masked_link(source, check.url), escape(check.rating or "?", 40)
    else:
        numbers = tr.join([link_claim(claim, guild) for claim in checked.perhaps_same])
        return "🌐 " + tr.text("perhaps the same in another language: {claims}", claims=numbers)
    return "🔁 " + tr.text("checked before: {who}, {verdict}", who=who, verdict=verdict)
