"""Interactions: the callback, the message that answered, and those that followed."""

from bot.sandbox import answers, messages
from bot.sandbox.ids import Json
from bot.sandbox.routes.call import NOTHING, Call, Reply
from bot.sandbox.rules.codes import CallbackType, Flag
from bot.sandbox.rules.messages import check_message


def callback(call: Call) -> Reply:
    asked, made = answers.callback(
        call.state, call.ids["interaction"], call.ids["token"], call.form, call.uploads
    )
    if call.query.get("with_response", "").lower() not in ("1", "true"):
        return NOTHING
    about: Json = {
        "id": asked.id,
        "type": int(asked.type),
        "response_message_id": made["id"] if made else None,
        "response_message_loading": call.form["type"] == CallbackType.THINKING,
        "response_message_ephemeral": bool(made and made["flags"] & Flag.EPHEMERAL),
    }
    resource = {"type": call.form["type"], **({"message": made} if made else {})}
    return 200, {"interaction": about, "resource": resource}


def follow_up(call: Call) -> Reply:
    asked = answers.by_token(call.state, call.ids["token"])
    return 200, answers.follow_up(call.state, asked, call.form, call.uploads)


def message(call: Call) -> Reply:
    return 200, _answer(call)


def edit(call: Call) -> Reply:
    found = _answer(call)
    check_message(call.form, call.uploads, before=found)
    return 200, messages.edit(call.state, found, call.form, call.uploads)


def delete(call: Call) -> Reply:
    messages.remove(call.state, _answer(call))
    return NOTHING


def _answer(call: Call) -> Json:
    asked = answers.by_token(call.state, call.ids["token"])
    return answers.answer_with(call.state, asked, call.ids["message"])
