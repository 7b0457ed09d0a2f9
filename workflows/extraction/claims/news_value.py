"""Words by which what matters to a reader of news is told from scenes, frames and feelings.

All were put together by hand, by what they mean.
"""

from workflows.extraction.text.lexicon import inflect_all, word_set

CONSEQUENTIAL = inflect_all(
    """
    abandon abduct abolish acquit adopt allow annul assassinate award ban bar behead block
    boycott breach bribe burn cancel capture cease censor charge close collapse collide
    confiscate crash damage defeat defect delay demolish deny deploy derail detain detonate
    disband disappear discharge discover dismiss displace disqualify donate eject evacuate evict
    execute exempt exile expel expire explode extend extradite fabricate fake falsify fine fire
    flee flood forge free freeze fund fuse grant hack halt hijack hire hospitalize hospitalise
    impeach impose imprison indict infect inherit injure intercept invest jail kidnap launch
    leak legalise legalize lift lock loot manipulate merge murder nationalise nationalize notify
    occupy open order ordain oust outlaw overturn pardon pay perish postpone privatise privatize
    probe prohibit prosecute quit raid ram ratify recall recognise recognize recover refuse
    reinstate reject release relocate reopen replace reprogram rescue resign resume retire
    reverse rig rob rule sabotage sack sanction save scrap seize sentence settle shelve shut
    sign sink smuggle spare stab strike strip sue surrender suspend switch tamper target
    terminate test threaten torture trade transfer trap uphold violate ward warn withdraw
    withhold
    """
) | word_set(
    """
    won win wins lost lose loses bought buy buys sold sell sells broke broken stole stolen left
    leaves hit hits fell beat beaten shot shut overthrew overthrown withdrew withdrawn spent
    spend spends sank stabbed stabbing banned banning barred robbed rigged scrapped stripped
    trapped expelled compelled quitting shipped dropped freed sunk born fled froze frozen struck
    paid
    """
)
"""Verbs that tell what changes something for somebody."""
STRICKEN = word_set(
    "dead missing guilty bankrupt insolvent homeless pregnant unaccounted extinct unconscious"
)
"""What somebody is when something has changed for him."""
FINDINGS = word_set(
    """
    risk risks cause causes caused causing effect effects affect affects affected associated
    association associations correlated correlation linked link links attributed attributable
    due prevent prevents prevented preventing likelihood odds prevalence incidence mortality
    death deaths survival rare rarely common commonest widespread frequent unlikely likelier
    evidence proof contaminated contamination toxic carcinogenic infected infection infections
    infectious fatal lethal illegal illegally unlawful unlawfully lawful unconstitutional fraud
    fraudulent forged fake fakes hoax safe unsafe harmless harmful effective ineffective immune
    responsible defective faulty extinct endangered exceeds exceed exceeded outnumber
    outnumbered protects protect protected reduces reduce reduced increases increase increased
    doubles doubled halved leads led results resulted contributes contributed worsens worsened
    improves improved
    """
)
"""Words by which a risk, a cause or an effect is told, or how rare or safe something is."""
WITHOUT_EXCEPTION = word_set(
    "every never none no-one any first only sole neither nor nowhere unprecedented"
)
"""Words with which one exception refutes a claim."""
FEELINGS = word_set(
    """
    surprised shocked stunned amazed upset angry glad happy proud sad excited delighted thrilled
    pleased disappointed worried concerned frustrated grateful thankful relieved nervous anxious
    ashamed embarrassed furious outraged confident hopeful optimistic pessimistic jealous tired
    love loves loved enjoy enjoys enjoyed hate hates hated miss misses missed fear fears feared
    hope hopes hoped condolences sympathy sympathies gratitude thanks prayers delight joy sorrow
    wonder wonders wondered
    """
)
ROUTINE = inflect_all(
    """
    arrive attend await chat cheer climb cook dance dress drink drive eat enjoy enter exit
    gather glance greet grin head hug joke laugh linger listen look nod notice observe pause
    play pose pray relax remember return rush shop shout sing sip smile stare stay stroll travel
    turn visit wait walk watch wave welcome whisper
    """
) | word_set(
    """
    see sees saw seen seeing go goes went gone came come comes sat sit sits stood stand stands
    woke slept ate drank drove took put puts got get gets began begin begins started start
    starts kept keep keeps
    """
)
"""Verbs of scenes and of everyday life."""
COMMUNICATING = inflect_all(
    """
    acknowledge address announce answer argue blame brag chide cite comment complain conclude
    condemn criticise criticize debate decry defend denounce describe discuss dismiss echo
    emphasise emphasize explain hail highlight hint invoke joke lament laud mention mock muse
    note outline pen point praise present publish question quip rail raise reference reflect
    reiterate release remark reply report respond reveal review slam speak stress suggest tackle
    talk thank tout tussle tweet underscore urge voice weigh
    """
) | word_set("told tells tell spoke spoken wrote writes written says said read reads")
"""Verbs of speaking and writing: what was spoken of is told elsewhere, or is no news."""
TALKS = inflect_all("discuss talk chat confer debate")
"""Verbs that tell only that people spoke with each other."""
FRAMES = inflect_all("analyse analyze conduct examine explore study compare contrast continue")
"""Verbs of how something was found out, which is not what was found."""
KNOWN_TO_ALL = word_set(
    """
    government president police public media press army navy military internet economy world
    earth country nation state law constitution future past weather time poor rich elderly young
    environment climate market markets church sun moon sea sky air road right left south north
    east west city town day night morning afternoon evening week weekend month year decade
    century end beginning start rest majority minority same others number amount people
    """
)
"""Nouns after "the" that a reader needs no text for, or no more than a date."""
