"""/digest mail and confirm: one's own digest by mail, at an address that is confirmed."""

from discord import app_commands

from bot.i18n.escaping import escape
from bot.ui.context import Interaction, get_acting, get_guild, reader_translator
from workflows.desk import mail
from workflows.errors import Refused


@app_commands.command(name="mail", description="Get your own digest by e-mail")
@app_commands.describe(address="Your e-mail address; empty for direct messages again")
async def by_mail(
    interaction: Interaction, address: app_commands.Range[str, 3, 254] | None = None
) -> None:
    bot, tr = interaction.client, reader_translator(interaction)
    if address is None:
        await bot.desk.write(mail.end_mail, get_guild(interaction), interaction.user.id)
        said = tr.text("Your digest comes by direct message again.")
        await interaction.response.send_message(said, ephemeral=True)
        return
    if bot.mail is None:
        raise Refused("Mail isn't set up here. Ask whoever hosts me.", code="no-mail")
    asked = await bot.desk.write(mail.ask_for_mail, get_acting(interaction), address)
    said = tr.text(
        "A code is on its way to {address}. Confirm it with `/digest confirm` within a day; until"
        " then your digest comes by direct message.",
        address=escape(asked),
    )
    await interaction.response.send_message(said, ephemeral=True)


@app_commands.command(name="confirm", description="Confirm your e-mail address with its code")
@app_commands.describe(code="The code from the e-mail")
async def confirm(interaction: Interaction, code: app_commands.Range[str, 1, 20]) -> None:
    tr = reader_translator(interaction)
    address = await interaction.client.desk.write(mail.confirm_mail, get_acting(interaction), code)
    mail.require_confirmed(address)
    said = tr.text("Your digest now comes to {address}.", address=escape(address.address))
    await interaction.response.send_message(said, ephemeral=True)
