"""Details of a claim, answered privately: all there is to know, and what this reader may do."""

from discord import ui

from bot.features.checked_before import CheckedBeforeButton, offer_checked
from bot.features.editing import EditClaimButton
from bot.features.evidence import OwnLinks, PictureButton
from bot.features.moderation_menu import ModerateMenu
from bot.features.publication import PublicationButton
from bot.i18n.translator import Translator
from bot.rendering.details import details_embed
from bot.ui.buttons import KEY, KeyButton
from bot.ui.context import Interaction, get_guild, get_person, reader_translator
from bot.ui.feature import Feature
from workflows.claims import ClaimKey
from workflows.desk import claim_views, moderation, publication
from workflows.desk.claim_views import Details
from workflows.teams import Person, is_moderator


class DetailsButton(KeyButton, template=rf"^details:{KEY}$"):
    """Answers privately with all there is to know."""

    def __init__(self, key: str, tr: Translator) -> None:
        super().__init__(key, label=tr.text("Details"), emoji="📖", custom_id=f"details:{key}")

    async def on_press(self, interaction: Interaction) -> None:
        tr, person = reader_translator(interaction), get_person(interaction)
        details = await interaction.client.desk.read(
            claim_views.show_details, get_guild(interaction), ClaimKey(self.key), person
        )
        view, shown = _build_view(details, person, tr), details.view
        if is_moderator(shown.team, person):
            view.add_item(ModerateMenu.of(shown, tr))
        if moderation.may_edit(shown, person):
            view.add_item(EditClaimButton(self.key, tr))
        if publication.may_publish(shown.team, shown.claim, person):
            view.add_item(PublicationButton(self.key, tr))
        await interaction.response.send_message(
            embed=details_embed(details, tr), view=view, ephemeral=True
        )


def _build_view(details: Details, person: Person, tr: Translator) -> ui.View:
    """Return what goes below Details, with a menu where this person may change a link."""
    view = ui.View(timeout=None)
    shown = details.view
    moderates = is_moderator(shown.team, person)
    links = [link for link in shown.evidence if moderates or link.by == details.reader]
    if links:
        view.add_item(OwnLinks.of(shown.claim.key, links, tr))
    offer_checked(view, shown.claim.key, details.checked, tr)
    if any(link.picture and not link.picture.is_upload for link in shown.evidence):
        view.add_item(PictureButton(shown.claim.key, tr))
    view.add_item(CheckedBeforeButton(shown.claim.key, tr))
    return view


FEATURE = Feature(items=(DetailsButton,))
