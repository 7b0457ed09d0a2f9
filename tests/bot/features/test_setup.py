"""What /setup shows."""

import pytest

from bot.features.setup import panel_view
from bot.i18n.translator import LANGUAGES, translator_for
from bot.sandbox.rules.components import components_form
from bot.sandbox.rules.forms import FormErrors
from tests.builders import build_team


@pytest.mark.parametrize("language", LANGUAGES)
async def test_setup_panel_fits(language):
    """Discord takes the panel of /setup."""
    team = build_team()
    form = FormErrors()

    sent = panel_view(team, translator_for(language)).to_components()

    components_form(form, ("components",), sent, v2=False)
    form.settle()
