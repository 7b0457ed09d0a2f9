"""A team's voting rules in plain words: what each says, and why there is such a rule."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import discord

from bot.i18n.labels import N_
from bot.i18n.translator import Words
from workflows.errors import BadInput
from workflows.policy import PRESETS, Policy, ReasonRule, TallyRule, find_preset, read_typed
from workflows.teams import Team

RULES: Mapping[str, str] = MappingProxyType(
    {
        "quorum": N_("quorum · how many votes a verdict needs"),
        "share": N_("share · how much of the votes' weight one verdict needs"),
        "keep_share": N_("keep_share · below which share a verdict is lost again"),
        "evidence": N_("evidence · how many links Supported and Refuted need"),
        "independent": N_("independent · whether links of one site count once"),
        "hold": N_("hold · how long a verdict is provisional"),
        "review_by": N_("review_by · after how long an open claim is called overdue"),
        "tally": N_("tally · when it shows which way the votes go"),
        "weights": N_("weights · how much the votes of a role count"),
        "reason": N_("reason · whether a vote needs a reason"),
        "own_claims": N_("own_claims · whether people vote on claims they added"),
        "member_days": N_("member_days · how long one must be in the server to vote"),
    }
)
"""What each rule is about, in the order in which they are shown."""

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "quorum": N_("so that nobody decides alone in the team's name"),
        "share": N_("so that half the team cannot overrule the other half"),
        "keep_share": N_("so that a verdict does not flap with each vote"),
        "evidence": N_("a verdict without a source is an opinion"),
        "independent": N_("where it is on, ten links to one report are one source"),
        "hold": N_("so that those who come later can still answer"),
        "review_by": N_("so that nothing is forgotten; no clock decides anything"),
        "tally": N_("so that nobody just follows the first voter"),
        "weights": N_("for roles that know more"),
        "reason": N_("a reason can be answered"),
        "own_claims": N_("in a small team everybody is needed"),
        "member_days": N_("where days are set, nobody joins for one vote"),
    }
)

PRESET_MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        "newsroom": N_("newsroom: a few people who know each other; quick verdicts"),
        "team": N_("team: three votes, two thirds of them, one source, a day to object"),
        "open community": N_("open community: five votes with reasons, a week of membership"),
    }
)


def _weights_said(policy: Policy, words: Words) -> str:
    if not policy.weights:
        return words.say("Every vote counts the same.")
    each = [
        words.say("{role} counts {weight}", role=f"<@&{role}>", weight=words.number(weight))
        for role, weight in sorted(policy.weights.items())
    ]
    return words.say("Votes by role: {roles}; everybody else counts 1.", roles=words.listed(each))


def _links_said(policy: Policy, words: Words) -> str:
    if not policy.evidence_needed:
        return words.say("Supported and Refuted need no link.")
    return words.count(
        "Supported and Refuted need {n} link of their side.",
        "Supported and Refuted need {n} links of their side.",
        policy.evidence_needed,
    )


def _days_said(policy: Policy, words: Words) -> str:
    if not policy.member_days:
        return words.say("New members vote from their first day.")
    return words.count(
        "One votes after {n} day in the server.",
        "One votes after {n} days in the server.",
        policy.member_days,
    )


_SAID: Mapping[str, Callable[[Policy, Words], str]] = MappingProxyType(
    {
        "quorum": lambda policy, words: words.count(
            "A verdict needs {n} vote.", "A verdict needs {n} votes.", policy.quorum
        ),
        "share": lambda policy, words: words.say(
            "One verdict needs {share} of the votes' weight.", share=policy.share
        ),
        "keep_share": lambda policy, words: words.say(
            "A verdict is lost again below {share}.", share=policy.keep_share
        ),
        "evidence": _links_said,
        "independent": lambda policy, words: words.say(
            N_("Links of one site count once.")
            if policy.independent
            else N_("Each link counts, of one site or not.")
        ),
        "hold": lambda policy, words: words.say(
            "A verdict stays provisional for {span}.", span=words.span(policy.hold)
        ),
        "review_by": lambda policy, words: words.say(
            "An open claim is overdue after {span}.", span=words.span(policy.review_by)
        ),
        "tally": lambda policy, words: words.say(
            N_("Everybody sees at once which way the votes go.")
            if policy.tally is TallyRule.VISIBLE
            else N_("Until the quorum nobody sees which way the votes go.")
        ),
        "weights": _weights_said,
        "reason": lambda policy, words: words.say(
            N_("A vote needs a reason.")
            if policy.reason is ReasonRule.REQUIRED
            else N_("A vote may have a reason.")
        ),
        "own_claims": lambda policy, words: words.say(
            N_("People may vote on claims they added.")
            if policy.own_claims
            else N_("People may not vote on claims they added.")
        ),
        "member_days": _days_said,
    }
)


def rule_said(policy: Policy, rule: str, words: Words) -> str:
    """What one rule says, as a sentence. Roles are shown by their mentions, which ping nobody."""
    return _SAID[rule](policy, words)


def rules_embed(team: Team, words: Words) -> discord.Embed:
    """All rules of a team with their reasons, on one screen."""
    lines = [
        f"**{rule_said(team.policy, rule, words)}**\n-# `{rule}` · {words.say(REASONS[rule])}"
        for rule in RULES
    ]
    embed = discord.Embed(
        title=words.say("How a verdict comes about"), description="\n".join(lines)
    )
    preset = find_preset(team.policy)
    version = words.say("Version {n} of the rules", n=words.number(team.policy_version))
    embed.set_footer(text=f"{version} · {preset_said(preset, words)}" if preset else version)
    return embed


def preset_said(preset: str, words: Words) -> str:
    return words.say(PRESET_MEANINGS[preset])


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


def suggestions(
    rule: str, typed: str, policy: Policy, roles: Sequence[tuple[int, str]], words: Words
) -> list[tuple[str, str]]:
    """Values of a rule as (what it would say, what to type), those that fit what is `typed`.

    What is typed comes first where it is a value of its own. `roles`: the server's, id and name.
    """
    if rule == "weights":
        offered = [
            (
                words.say("A vote of {role} counts {weight}", role=name, weight=weight),
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
            if (said := _would_say(rule, value, policy, words))
        ]
    sought = typed.casefold()
    return [each for each in offered if sought in each[0].casefold() or sought in each[1]]


def _would_say(rule: str, value: str, policy: Policy, words: Words) -> str | None:
    """None where the value is none."""
    try:
        changed = read_typed(rule, value, policy)
    except BadInput:
        return None
    said = preset_said(value, words) if rule == "preset" else rule_said(changed, rule, words)
    return words.say("{rule} (as now)", rule=said) if changed == policy else said
