"""Details of a claim, answered privately: all there is to know, and what this reader may do."""

from bot.features.evidence import details_view
from bot.features.moderation import EditClaimButton
from bot.features.moderation_menu import ModerateMenu
from bot.features.publication import PublicationButton
from bot.i18n.translator import Translator
from bot.rendering.details import details_embed
from bot.ui.buttons import KEY, KeyButton
from bot.ui.context import Interaction, get_guild, get_person, reader_translator
from bot.ui.feature import Feature
from workflows.claims import ClaimKey
from workflows.desk import claim_views, moderation, publication
from workflows.teams import is_moderator


class DetailsButton(KeyButton, template=rf"^details:{KEY}$"):
    """Answers privately with all there is to know."""

    def __init__(self, key: str, tr: Translator) -> None:
        super().__init__(key, label=tr.text("Details"), emoji="📖", custom_id=f"details:{key}")

    async def on_press(self, interaction: Interaction) -> None:
        tr, person = reader_translator(interaction), get_person(interaction)
        details = await interaction.client.desk.read(
            claim_views.show_details, get_guild(interaction), ClaimKey(self.key), person
        )
        view, shown = details_view(details, person, tr), details.view
        if is_moderator(shown.team, person):
            view.add_item(ModerateMenu.of(shown, tr))
        if moderation.may_edit(shown, person):
            view.add_item(EditClaimButton(self.key, tr))
        if publication.may_publish(shown.team, shown.claim, person):
            view.add_item(PublicationButton(self.key, tr))
        await interaction.response.send_message(
            embed=details_embed(details, tr), view=view, ephemeral=True
        )


FEATURE = Feature(items=(DetailsButton,))
