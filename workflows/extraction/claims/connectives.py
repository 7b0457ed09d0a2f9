"""Words at the front of a sentence that only tie it to the one before: “Moreover,”, “In all,”."""

from workflows.extraction.parse import Doc
from workflows.extraction.text.lexicon import word_set
from workflows.extraction.text.spans import MARKS, TokenSpan

PHRASES = frozenset(
    tuple(phrase.split("_"))
    for phrase in word_set(
        """
    above_all accordingly actually additionally admittedly after_all again all_in_all all_told
    also and_so and_yet anyway as_a_matter_of_fact as_a_reminder as_a_result as_it_happens
    as_it_turns_out as_noted as_such at_any_rate at_the_same_time be_that_as_it_may besides
    but_then by_comparison by_contrast by_the_way clearly consequently conversely curiously
    equally even_so finally first first_of_all firstly for_a_start for_another for_example
    for_instance for_one_thing for_starters for_the_record fortunately frankly frankly_speaking
    further furthermore granted hence however importantly in_a_nutshell in_addition in_all
    in_any_case in_any_event in_brief in_conclusion in_contrast in_essence in_fact in_fairness
    in_other_words in_particular in_point_of_fact in_reality in_short in_sum in_summary in_the_end
    in_the_first_place in_the_meantime in_total in_truth in_turn incidentally indeed instead
    interestingly ironically last_but_not_least lastly likewise look make_no_mistake meanwhile
    more_importantly more_to_the_point moreover naturally needless_to_say nevertheless no
    nonetheless notably obviously oddly oddly_enough of_course of_note ok okay on_balance
    on_the_contrary on_the_one_hand on_the_other_hand on_top_of_that on_top_of_this overall plus
    predictably put_differently put_simply rather remarkably sadly second secondly significantly
    similarly simply_put so specifically still strangely strikingly sure sure_enough surprisingly
    tellingly that_being_said that_said then then_again therefore third thirdly thus to_be_clear
    to_be_fair to_be_precise to_be_sure to_begin_with to_conclude to_make_matters_worse
    to_put_it_another_way to_put_it_differently to_put_it_simply to_recap to_repeat
    to_set_the_record_straight to_start_with to_sum_up to_summarise to_summarize to_top_it_off
    truth_be_told turns_out unfortunately unsurprisingly well what_'s_more what_is_more
    what_’s_more worse worse_still yes yet you_see
    """
    )
)
"""Phrases that say nothing of their own, where a comma stands behind them."""
TIED = frozenset(
    {("turns", "out"), ("it", "turns", "out"), ("it", "turned", "out")}
    | {
        ("it", verb, *rest)
        for verb in ("is", "remains")
        for rest in (("the", "case"), ("true",), ("a", "fact"))
    }
)
"""Those behind which “that” may stand, or nothing."""
FIRST = frozenset(phrase[0] for phrase in PHRASES | TIED)
JOINING = word_set("and but so or now well yet")
LONGEST = max(map(len, PHRASES))


def find_connective_end(doc: Doc, span: TokenSpan) -> int:
    """Return where a stretch begins without what only ties it to the sentence before."""
    start = span.start
    while start < span.end:
        end = _find_phrase_end(doc, start, span.end)
        if end is None or end >= span.end:
            break
        start = end
    return start


def _find_phrase_end(doc: Doc, start: int, end: int) -> int | None:
    first = start
    while first < end and doc[first].text in MARKS:
        first += 1
    joined = first + 1 if first < end and doc[first].lower_ in JOINING else first
    for begin in {first, joined}:
        if begin >= end or doc[begin].lower_ not in FIRST:
            continue
        for length in range(LONGEST, 0, -1):
            behind = begin + length
            words = tuple(token.lower_ for token in doc[begin : min(behind, end)])
            if behind < end and words in PHRASES and doc[behind].text == ",":
                return behind + 1
            if behind < end and words in TIED:
                return behind + (doc[behind].lower_ in {"that", ","})
    return None
