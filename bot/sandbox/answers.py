"""The bot answers an interaction: the callback, and what follows with the same token."""

import time

from bot.sandbox import messages
from bot.sandbox.attachments import Uploads
from bot.sandbox.ids import Json
from bot.sandbox.interaction import Interaction
from bot.sandbox.rules.codes import Asked, CallbackType, Flag
from bot.sandbox.rules.forms import FormErrors
from bot.sandbox.rules.messages import check_message
from bot.sandbox.rules.modals import check_modal
from bot.sandbox.rules.refusals import (
    already_acknowledged,
    stale_token,
    unknown_interaction,
    unknown_message,
    unknown_webhook,
)
from bot.sandbox.state import State

MOST_CHOICES = 25
CHOICE_LENGTH = 100
_FITTING = {
    Asked.COMMAND: (CallbackType.MESSAGE, CallbackType.THINKING, CallbackType.MODAL),
    Asked.COMPONENT: (
        CallbackType.MESSAGE,
        CallbackType.THINKING,
        CallbackType.LATER,
        CallbackType.UPDATE,
        CallbackType.MODAL,
    ),
    Asked.AUTOCOMPLETE: (CallbackType.CHOICES,),
    Asked.MODAL: (
        CallbackType.MESSAGE,
        CallbackType.THINKING,
        CallbackType.LATER,
        CallbackType.UPDATE,
    ),
}


def callback(
    state: State, interaction_id: str, token: str, body: Json, uploads: Uploads
) -> tuple[Interaction, Json | None]:
    """Return the interaction, and the message that the answer made or changed."""
    asked = state.interactions.get(interaction_id)
    if asked is None or asked.token != token or asked.state == "expired":
        raise unknown_interaction()
    if asked.answer is not None:
        raise already_acknowledged()
    _check(asked, body, uploads)
    asked.settle(body)
    return asked, _take_effect(state, asked, body, uploads)


def _check(asked: Interaction, body: Json, uploads: Uploads) -> None:
    form, kind, content = FormErrors(), body.get("type"), body.get("data") or {}
    fitting = tuple(int(a) for a in _FITTING[asked.type])
    if asked.type == Asked.MODAL and asked.message is None:  # there is nothing to update
        fitting = (int(CallbackType.MESSAGE), int(CallbackType.THINKING))
    form.choice(("type",), kind, fitting)
    form.settle()
    if kind == CallbackType.MESSAGE:
        check_message(content, uploads, at=("data",))
    elif kind == CallbackType.UPDATE and asked.message is not None:
        check_message(content, uploads, at=("data",), before=asked.message)
    elif kind == CallbackType.MODAL:
        check_modal(content, at=("data",))
    elif kind == CallbackType.CHOICES:
        _check_choices(content)


def _check_choices(content: Json) -> None:
    form, choices = FormErrors(), content.get("choices") or []
    form.most(("data", "choices"), choices, MOST_CHOICES)
    for i, choice in enumerate(choices):
        here = ("data", "choices", i)
        form.text((*here, "name"), choice.get("name"), CHOICE_LENGTH, 1, needed=True)
        if isinstance(choice.get("value"), str):
            form.text((*here, "value"), choice["value"], CHOICE_LENGTH, 1)
        else:
            form.required((*here, "value"), choice.get("value"))
    form.settle()


def _take_effect(state: State, asked: Interaction, body: Json, uploads: Uploads) -> Json | None:
    content = body.get("data") or {}
    if body["type"] == CallbackType.MESSAGE:
        asked.original = messages.respond(state, asked, content, uploads)
    elif body["type"] == CallbackType.THINKING:
        private = (content.get("flags") or 0) & Flag.EPHEMERAL
        waiting = {"flags": int(private | Flag.LOADING)}
        asked.original = messages.respond(state, asked, waiting, {})
    elif asked.message is not None:
        asked.original = asked.message
        if body["type"] == CallbackType.UPDATE:
            return messages.edit(state, asked.message, content, uploads)
        return None
    return asked.original


def by_token(state: State, token: str) -> Interaction:
    """For everything after the callback; good for a quarter of an hour."""
    asked = state.by_token.get(token)
    if asked is None or asked.answer is None:
        raise unknown_webhook()
    if time.perf_counter() - asked.t > state.token_life:
        raise stale_token()
    return asked


def follow_up(state: State, asked: Interaction, body: Json, uploads: Uploads) -> Json:
    """Send an answer; the first one after "thinking" takes the place of the thinking message."""
    check_message(body, uploads)
    if asked.original is not None and asked.original["flags"] & Flag.LOADING:
        return messages.edit(state, asked.original, _without_flags(body), uploads)
    message = messages.respond(state, asked, body, uploads)
    asked.followups.append(message)
    return message


def answer_with(state: State, asked: Interaction, message_id: str) -> Json:
    """Return the message that answered, or one that followed it."""
    original = asked.original["id"] if asked.original is not None else None
    wanted = original if message_id == "@original" else message_id
    found = state.messages[asked.channel_id].get(wanted or "")
    if found is None or found["id"] not in {original, *(m["id"] for m in asked.followups)}:
        raise unknown_message()
    return found


def _without_flags(body: Json) -> Json:
    return {k: v for k, v in body.items() if k != "flags"}
