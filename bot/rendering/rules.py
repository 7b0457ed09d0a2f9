"""A team's voting rules in plain words: what each says, and why there is such a rule."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

import discord

from bot.i18n.labels import gettext_noop
from bot.i18n.translator import Translator
from workflows.errors import BadInput
from workflows.policy import PRESETS, Policy, ReasonRule, TallyRule, find_preset, read_typed
from workflows.teams import Team

RULES: Mapping[str, str] = MappingProxyType(
    {
        "quorum": gettext_noop("quorum · how many votes a verdict needs"),
        "share": gettext_noop("share · how much of the vote one verdict needs"),
        "keep_share": gettext_noop("keep_share · how much agreement keeps a verdict"),
        "evidence": gettext_noop("evidence · how many links Supported and Refuted need"),
        "independent": gettext_noop("independent · whether several links to one site count once"),
        "hold": gettext_noop("hold · how long a verdict is provisional"),
        "review_by": gettext_noop("review_by · when an open claim becomes overdue"),
        "tally": gettext_noop("tally · when it shows how the votes are going"),
        "weights": gettext_noop("weights · how much votes by a role count"),
        "reason": gettext_noop("reason · whether a vote needs a reason"),
        "own_claims": gettext_noop("own_claims · whether people can vote on claims they added"),
        "member_days": gettext_noop("member_days · how many days in the server before voting"),
    }
)
"""What each rule is about, in the order in which they are shown."""

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "quorum": gettext_noop("so that nobody decides alone for the whole team"),
        "share": gettext_noop("so that one half of the team can't overrule the other"),
        "keep_share": gettext_noop("so that a verdict doesn't flip with every vote"),
        "evidence": gettext_noop("because a verdict without a source is just an opinion"),
        "independent": gettext_noop("because ten links to one report are one source"),
        "hold": gettext_noop("so that latecomers can still respond"),
        "review_by": gettext_noop("so that nothing is forgotten; time alone decides nothing"),
        "tally": gettext_noop("so that nobody just follows the first voter"),
        "weights": gettext_noop("for roles with more experience"),
        "reason": gettext_noop("so that others can respond to it"),
        "own_claims": gettext_noop("because a small team needs everyone"),
        "member_days": gettext_noop("so that nobody joins just for one vote"),
    }
)

_OFF: Mapping[str, Callable[[Policy], bool]] = MappingProxyType(
    {
        "quorum": lambda policy: policy.quorum <= 1,
        "keep_share": lambda policy: policy.keep_share >= policy.share,
        "evidence": lambda policy: not policy.evidence_needed,
        "independent": lambda policy: not policy.independent,
        "hold": lambda policy: not policy.hold,
        "tally": lambda policy: policy.tally is TallyRule.VISIBLE,
        "weights": lambda policy: not policy.weights,
        "reason": lambda policy: policy.reason is not ReasonRule.REQUIRED,
        "own_claims": lambda policy: not policy.own_claims,
        "member_days": lambda policy: not policy.member_days,
    }
)
"""Whether a rule is set so that its reason does not hold."""
REASONS_OFF: Mapping[str, str] = MappingProxyType(
    {
        "independent": gettext_noop("because independent sources can be hard to find"),
        "hold": gettext_noop("because some decisions can't wait"),
        "tally": gettext_noop("so that the team can discuss it from the first vote"),
        "weights": gettext_noop("so that nobody outranks anyone"),
        "reason": gettext_noop("so that voting takes one click"),
        "own_claims": gettext_noop("so that nobody judges their own find"),
        "member_days": gettext_noop("so that newcomers can help right away"),
    }
)
"""Why a rule may be off, where there is more to say than that it is."""

_SPOKEN_PARTS = 5
"""Denominators below this are what people say: halves, thirds, quarters."""
PRESET_MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        "newsroom": gettext_noop("newsroom: a few people who know each other; quick verdicts"),
        "team": gettext_noop(
            "team: three votes, two thirds of which agree, one source, a day to object"
        ),
        "open community": gettext_noop(
            "open community: five votes with reasons, a week of membership"
        ),
    }
)


def _write_share(share: Fraction, tr: Translator) -> str:
    """As "2/3", or as "11/20 (55%)" where nobody counts in such parts."""
    if share.denominator < _SPOKEN_PARTS:
        return str(share)
    return f"{share} ({tr.percent(float(share))})"


def _write_weights(policy: Policy, tr: Translator) -> str:
    if not policy.weights:
        return tr.text("All votes count the same.")
    each = [
        tr.text("{role} counts as {weight}", role=f"<@&{role}>", weight=tr.number(weight))
        for role, weight in sorted(policy.weights.items())
    ]
    return tr.text("Votes by role: {roles}; everyone else's count as 1.", roles=tr.join(each))


def _write_links(policy: Policy, tr: Translator) -> str:
    if not policy.evidence_needed:
        return tr.text("Supported and Refuted don't need a link.")
    return tr.plural(
        "Supported and Refuted need {n} link that backs them.",
        "Supported and Refuted need {n} links that back them.",
        policy.evidence_needed,
    )


def _write_days(policy: Policy, tr: Translator) -> str:
    if not policy.member_days:
        return tr.text("New members can vote from their first day.")
    return tr.plural(
        "Members can vote after {n} day in the server.",
        "Members can vote after {n} days in the server.",
        policy.member_days,
    )


_SAID: Mapping[str, Callable[[Policy, Translator], str]] = MappingProxyType(
    {
        "quorum": lambda policy, tr: tr.plural(
            "A verdict needs {n} vote.", "A verdict needs {n} votes.", policy.quorum
        ),
        "share": lambda policy, tr: tr.text(
            "{share} of the votes must agree on a verdict.", share=_write_share(policy.share, tr)
        ),
        "keep_share": lambda policy, tr: tr.text(
            "A verdict is withdrawn if fewer than {share} still agree.",
            share=_write_share(policy.keep_share, tr),
        ),
        "evidence": _write_links,
        "independent": lambda policy, tr: tr.text(
            gettext_noop("Several links to one site count once.")
            if policy.independent
            else gettext_noop("Every link counts, even from the same site.")
        ),
        "hold": lambda policy, tr: tr.text(
            "A verdict stays provisional for {span}.", span=tr.span(policy.hold)
        ),
        "review_by": lambda policy, tr: tr.text(
            "An open claim is overdue after {span}.", span=tr.span(policy.review_by)
        ),
        "tally": lambda policy, tr: tr.text(
            gettext_noop("Everyone sees right away how the votes are going.")
            if policy.tally is TallyRule.VISIBLE
            else gettext_noop(
                "Until enough people have voted, nobody sees how the votes are going."
            )
        ),
        "weights": _write_weights,
        "reason": lambda policy, tr: tr.text(
            gettext_noop("A vote must come with a reason.")
            if policy.reason is ReasonRule.REQUIRED
            else gettext_noop("A vote may come with a reason.")
        ),
        "own_claims": lambda policy, tr: tr.text(
            gettext_noop("Members can vote on claims they added.")
            if policy.own_claims
            else gettext_noop("Nobody can vote on a claim they added.")
        ),
        "member_days": _write_days,
    }
)


def write_rule(policy: Policy, rule: str, tr: Translator) -> str:
    """Return what one rule says, as a sentence.

    Roles are shown by their mentions, which ping nobody.
    """
    return _SAID[rule](policy, tr)


def write_reason(policy: Policy, rule: str, tr: Translator) -> str:
    """Return why the rule is set as it is; nothing where there is no more to say."""
    is_off = _OFF.get(rule)
    reason = REASONS_OFF.get(rule) if is_off and is_off(policy) else REASONS[rule]
    return tr.text(reason) if reason else ""


def rules_embed(team: Team, tr: Translator) -> discord.Embed:
    """Return all rules of a team with their reasons, on one screen."""
    lines = [
        f"**{write_rule(team.policy, rule, tr)}**\n-# "
        + " · ".join(filter(None, (f"`{rule}`", write_reason(team.policy, rule, tr))))
        for rule in RULES
    ]
    embed = discord.Embed(title=tr.text("How a verdict is reached"), description="\n".join(lines))
    preset = find_preset(team.policy)
    version = tr.text("Version {n} of the rules", n=tr.number(team.policy_version))
    embed.set_footer(text=f"{version} · {write_preset(preset, tr)}" if preset else version)
    return embed


def write_preset(preset: str, tr: Translator) -> str:
    return tr.text(PRESET_MEANINGS[preset])


# -------------------------------------------------------------------------- while somebody types

VALUES: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "quorum": ("1", "2", "3", "4", "5", "7", "10"),
        "share": ("51/100", "3/5", "2/3", "3/4", "4/5", "1"),
        "keep_share": ("1/2", "11/20", "3/5", "2/3", "3/4"),
        "evidence": ("0", "1", "2", "3"),
        "independent": ("no", "yes"),
        "hold": ("0h", "1h", "4h", "12h", "24h", "48h", "7d"),
        "review_by": ("1d", "3d", "7d", "14d", "30d"),
        "tally": tuple(TallyRule),
        "reason": tuple(ReasonRule),
        "own_claims": ("yes", "no"),
        "member_days": ("0", "1", "3", "7", "14", "30"),
        "preset": tuple(PRESETS),
    }
)
"""Sensible values of each rule as one types them; `weights` has the server's roles instead."""
_WEIGHTS = (2, 3, 5, 1)


def list_suggestions(
    rule: str, typed: str, policy: Policy, roles: Sequence[tuple[int, str]], tr: Translator
) -> list[tuple[str, str]]:
    """Values of a rule as (what it would say, what to type), those that fit what is `typed`.

    What is typed comes first where it is a value of its own. `roles`: the server's, id and name.
    """
    if rule == "weights":
        offered = [
            (
                tr.text("A vote by {role} counts as {weight}", role=name, weight=weight),
                f"{role}={weight}",
            )
            for role, name in roles
            for weight in _WEIGHTS
            if weight != policy.weights.get(role, 1)
        ]
    else:
        values = VALUES.get(rule, ())
        own = () if not typed or typed in values else (typed,)
        offered = [
            (said, value)
            for value in (*own, *values)
            if (said := _write_suggestion(rule, value, policy, tr))
        ]
    sought = typed.casefold()
    return [each for each in offered if sought in each[0].casefold() or sought in each[1]]


def _write_suggestion(rule: str, value: str, policy: Policy, tr: Translator) -> str | None:
    """None where the value is none."""
    try:
        changed = read_typed(rule, value, policy)
    except BadInput:
        return None
    said = write_preset(value, tr) if rule == "preset" else write_rule(changed, rule, tr)
    return tr.text("{rule} (current)", rule=said) if changed == policy else said
