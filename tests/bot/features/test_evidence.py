"""The form in which a link is changed."""

from bot.features.evidence import amend_form
from bot.i18n.translator import translator_for
from tests.builders import build_chain, build_evidence
from workflows.claims import ClaimKey, Grade, Stance


def test_link_form_is_filled():
    """A form to change a link holds what the link says."""
    link = build_evidence(note="Page 2", stance=Stance.DISPUTES, grade=Grade("B", 2), target=39)

    form = amend_form(ClaimKey("k" * 22), link, build_chain(*["Yonhap"] * 40), translator_for("en"))

    sent = str(form.to_dict())
    for part in (link.url, "Page 2", "disputes:39", "away"):
        assert part in sent
    assert sent.count("'default': True") == 3  # what it shows, and the two grades
