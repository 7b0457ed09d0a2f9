"""A claim's words come from its passage, in every language."""

import pytest

from workflows.llm.wording import find_invented, has_negations_of, keeps_order


@pytest.mark.parametrize(
    ("words", "passage"),
    [
        ("The dam is unsafe", "The mayor said the dam might be unsafe"),
        ("[Kit Roe] closed it", "He closes it"),
        ("It is not safe", "It isn't safe"),
        ("El puerto está cerrado", "El alcalde dijo que el puerto estaría cerrado"),
        ("Міст закрили", "Мер сказав, що міст закриють"),
        ("시장은 다리를 닫았다", "시장이 다리를 닫았다고 말했다"),
        ("أغلقت البلدية الجسر", "قال إن البلدية أغلقت جسر المدينة"),
        ("大桥已经关闭", "市长说大桥已经关闭"),
    ],
)
def test_own_words(words: str, passage: str):
    """Forms of the passage's words are its own, and so are brackets' insides elsewhere."""
    assert find_invented(words, passage) is None


@pytest.mark.parametrize(
    ("words", "passage", "invented"),
    [
        ("Sixteen men died", "Six men died", "Sixteen"),
        ("Sixty men died", "Six men died", "Sixty"),
        ("Iran fell", "Iraq fell", "Iran"),
        ("Nigeria fell", "Niger fell", "Nigeria"),
        ("It is not safe", "It is safe", "not"),
        ("1,300 men died", "1,200 men died", "1,300"),
        ("Murieron trescientos", "Murieron trece", "trescientos"),
        ("Іран упав", "Ірак упав", "Іран"),
        ("Тринадцять загинули", "Три загинули", "Тринадцять"),
        ("김정일은 갔다", "김정은은 갔다", "김정일은"),
        ("العراق سقط", "إيران سقطت", "العراق"),
        ("大桥已经坍塌", "大桥已经关闭", "经坍"),
    ],
)
def test_invented(words: str, passage: str, invented: str):
    """Names, numbers and negations are never another's, however alike they look."""
    assert find_invented(words, passage) == invented


@pytest.mark.parametrize(
    ("words", "content", "kept"),
    [
        ("it is safe", "it is not safe", False),
        ("it is not safe", "it isn't safe", True),
        ("es seguro", "no es seguro", False),
        ("безпечно", "безпечно", True),
    ],
)
def test_negations(words: str, content: str, kept: bool):
    """A negation of the text is missed where a claim lost it."""
    assert has_negations_of(words, content) is kept


@pytest.mark.parametrize(
    ("words", "passage", "kept"),
    [
        ("300 men were hurt", "40 men and 300 women were hurt", False),
        ("40 men were hurt", "40 men and 300 women were hurt", True),
        ("Roe accused Lee", "Lee accused Roe of theft", False),
        ("Lee is accused", "Lee was accused of theft", True),
        ("[Kit Roe] has left", "The mayor said he left", True),
        ("시장이 경찰을 고소했다", "경찰이 시장을 고소했다고 말했다", False),
        ("Ремонт триватиме тиждень", "За словами інженера, ремонт може тривати тиждень", True),
        ("大桥关闭", "关闭大桥", False),
    ],
)
def test_order(words: str, passage: str, kept: bool):
    """Words that are put together otherwise than in the text are noticed."""
    assert keeps_order(words, passage) is kept
