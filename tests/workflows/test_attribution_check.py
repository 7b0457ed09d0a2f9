"""Whose report a link is, as far as a source's name and a site's tell."""

import pytest

from tests.builders import build_chain, build_source
from workflows.attribution_check import find_own_report, is_site_of
from workflows.claims import SourceInChain

OWN = [
    ("the BBC", "bbc.co.uk"),
    ("BBC News", "bbc.com"),
    ("The New York Times", "nytimes.com"),
    ("Associated Press", "apnews.com"),
    ("the Associated Press news agency", "ap.org"),
    ("Agence France-Presse", "afp.com"),
    ("Reuters", "reuters.com"),
    ("The Guardian", "theguardian.com"),
    ("the Wall Street Journal", "wsj.com"),
    ("Sky News", "sky.com"),
    ("Ukrainska Pravda", "ukrainska-pravda.ua"),
    ("Moody's", "moodys.com"),
    ("the World Health Organization", "who.int"),
]
OTHERS = [
    ("The mayor", "bbc.com"),
    ("the BBC", "bbq.com"),
    ("the BBC", "notthebbc.com"),
    ("Reuters", "apnews.com"),
    ("a spokesperson for the army", "archive.org"),
    ("", "example.org"),
    ("the", "t.co"),
    ("A", "a.com"),
]


@pytest.mark.parametrize(("name", "site"), OWN)
def test_own_site_is_known(name, site):
    """A source's site is known by its name, its initials, or both."""
    assert is_site_of(name, site)


@pytest.mark.parametrize(("name", "site"), OTHERS)
def test_other_sites_are_not(name, site):
    """A site that is not named as the source is anybody's."""
    assert not is_site_of(name, site)


def test_any_of_the_chain():
    """Whoever of the chain reports it is found; the anonymous have no site."""
    chain = build_chain("the BBC", "Reuters")

    assert find_own_report("reuters.com", chain) == chain[1]
    assert find_own_report("example.org", chain) is None
    hidden = SourceInChain(3, build_source("sources", anonymous=True))
    assert find_own_report("sources.com", [hidden]) is None
