"""Claims in two languages are offered as perhaps the same by what is certain in both."""

from datetime import date

import pytest

from workflows.claims import DateMention, Figure
from workflows.matching.languages import count_shared, make_neutral_signature, rank_perhaps_same

MAY = DateMention("on May 3", 0, 0, date(2024, 5, 3), date(2024, 5, 3))
YEAR = DateMention("in 2024", 0, 0, date(2024, 1, 1), date(2024, 12, 31))


def build_figure(value, unit):
    return Figure(str(value), value, None, unit, None, 0, 0)


def sign(words, *values, days=(), unit=None):
    figures = [build_figure(value, unit) for value in values]
    return make_neutral_signature(words, figures, days)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (
            sign("The army of Morrowland lost 12,400 tents in Dorsk", 12400),
            sign("Армія втратила у Дорську 12 400 наметів", 12400),
        ),
        (
            sign("12,400 tents burned", 12400, days=[MAY]),
            sign("텐트 1만 2400개가 탔다", 12400, days=[MAY]),
        ),
        (sign("Kit Roe left NATO", days=[MAY]), sign("Тоді Roe вийшов із NATO", days=[MAY])),
        (
            sign("In the vote, Brodenko won 43.5 percent", 43.5, unit="percent"),
            sign("Кандидат Броденко здобув 43,5 %", 43.5, unit="percent"),
        ),
        (
            sign("About 12,400 tents and 31,000 blankets arrived", 12400, 31000),
            sign("Llegaron 12.400 tiendas y 31.000 mantas", 12400, 31000),
        ),
    ],
)
def test_offered(ours, theirs):
    """A telling figure with a day, a name or another figure; or a day with two names."""
    assert rank_perhaps_same(ours, [theirs]) == [0]
    assert count_shared(ours, theirs) == count_shared(theirs, ours)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (sign("12,400 tents burned", 12400), sign("12 400 наметів", 12400)),
        (sign("The mayor met Kit Roe in Dorn"), sign("Мер бачив Kit Roe у Dorn")),
        (sign("Two men met", 2, days=[MAY]), sign("두 사람이 만났다", 2, days=[MAY])),
        (sign("12,400 burned", 12400, days=[YEAR]), sign("1만 2400개", 12400, days=[YEAR])),
        (sign("It cost 12,400", 12400, unit="USD"), sign("Costó 12.400", 12400, unit="EUR")),
        (sign("The tower leans"), sign("탑이 기운다")),
    ],
)
def test_not_offered(ours, theirs):
    """One figure, names alone, a whole year, another currency: such are in many claims."""
    assert rank_perhaps_same(ours, [theirs]) == []


def test_likest_first():
    """Of many, the three that share most are offered, in their order."""
    ours = sign("Roe sent 12,400 tents and 31,000 blankets", 12400, 31000, days=[MAY])
    weak, strong = sign("12400", 12400, days=[MAY]), sign("31000", 12400, 31000, days=[MAY])

    assert rank_perhaps_same(ours, [weak, strong, weak, weak]) == [1, 0, 2]
