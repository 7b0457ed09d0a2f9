"""A text in another language is told apart; nothing that may be English is refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.documents.language import find_other_language, name_language, require_english
from workflows.errors import BadInput

SEEDS = Path(__file__).parents[3] / "seeds"
FOREIGN = {
    "de": "Bundeskanzler Olaf Scholz traf Präsident Emmanuel Macron am Dienstag zu Gesprächen.",
    "fr": "Le président ukrainien a déclaré jeudi que la Corée du Nord préparait dix mille hommes.",
    "es": "El presidente dijo el jueves que Corea del Norte preparaba a diez mil personas.",
    "it": "Il presidente ha detto giovedì che la Corea del Nord prepara diecimila uomini.",
    "nl": "De president zei donderdag dat Noord-Korea tienduizend mensen klaarmaakt voor oorlog.",
    "pl": "Prezydent powiedział w czwartek, że Korea Północna przygotowuje dziesięć tysięcy ludzi.",
    "tr": "Cumhurbaşkanı perşembe günü Kuzey Kore'nin on bin kişiyi hazırladığını söyledi.",
    "ru": "Президент Зеленский заявил в четверг, что Северная Корея готовит десять тысяч человек.",
    "uk": "Президент Зеленський заявив у четвер, що Північна Корея готує десять тисяч осіб.",
    "ko": "젤렌스키 대통령은 목요일 북한이 만 명의 병력을 준비하고 있다고 말했다.",
    "ja": "ゼレンスキー大統領は木曜日、北朝鮮が1万人を準備していると述べた。",
    "zh": "泽连斯基总统周四表示，朝鲜正在准备一万人参加俄罗斯的战争。",
}
ENGLISH = "The minister said on Thursday that ten thousand soldiers were on their way to the front."


@pytest.mark.parametrize("language", FOREIGN)
def test_other_language(language):
    """A text in another language is recognised."""
    assert find_other_language(FOREIGN[language]) == language


def test_refusal_names_language():
    """It is refused with a sentence that names the language."""
    with pytest.raises(BadInput) as refused:
        require_english(FOREIGN["de"], "bericht.txt")

    assert str(refused.value).startswith("bericht.txt seems to be in German.")
    assert name_language("xx") == "xx"


@pytest.mark.parametrize(
    "text",
    [
        "Guten Morgen, meine Damen und Herren!",
        "Zelensky, Putin, Kim Jong-un, Rutte, Yoon Suk-yeol, Umerov, Sybiha, Yermak, Budanov",
        "Vladivostok Ussuriysk Khabarovsk Blagoveshchensk Kursk Sudzha Belgorod Bryansk Donetsk",
        "Arsenal 2-1 Chelsea; Liverpool 0-0 Everton; Tottenham 3-2 Fulham; Brentford 1-1 Burnley",
        "https://www.example.org/news/2024/10/18/troops https://courier.example.org/2024/brigades",
        "ZELENSKY SAYS NORTH KOREA READIES TEN THOUSAND; RUTTE: NO CONFIRMATION; MOSCOW DENIES",
        "def main(): import sys; print(sys.argv); return [x for x in range(10) if x % 2 == 0]",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15",
        "",
    ],
    ids=lambda text: text[:20],
)
def test_uncertain_is_read(text):
    """A text whose language is uncertain is read."""
    assert find_other_language(text) is None


def test_partly_english():
    """A text partly in English is read."""
    mixed = "\n\n".join([FOREIGN["de"], FOREIGN["fr"], ENGLISH])
    quoting = f"{ENGLISH} He wrote: “{FOREIGN['fr']}” The sentence was read out twice."

    assert find_other_language(mixed) is None
    assert find_other_language(quoting) is None


def test_english_line():
    """A foreign text with an English line in it is refused."""
    text = "\n".join([FOREIGN["de"]] * 12 + ["“" + ENGLISH + "”"])

    assert find_other_language(text) == "de"


def test_seeds_are_english():
    """The seed documents are English."""
    for document in SEEDS.glob("documents/*.txt"):
        assert find_other_language(document.read_text(encoding="utf-8")) is None


@given(st.text(max_size=200))
def test_any_text(text):
    """Any text has an answer."""
    named = find_other_language(text)

    assert named is None or named.strip()
