"""What Discord says when it does not do what was asked."""

from bot.sandbox.ids import Json


class RefusalError(Exception):
    """An answer with an HTTP status, Discord's own code and its sentence."""

    def __init__(self, status: int, code: int, said: str, errors: Json | None = None) -> None:
        super().__init__(f"{status} {code}: {said}")
        self.status = status
        self.body: Json = {"message": said, "code": code}
        if errors is not None:
            self.body["errors"] = errors


def unknown_channel() -> RefusalError:
    return RefusalError(404, 10003, "Unknown Channel")


def unknown_member() -> RefusalError:
    return RefusalError(404, 10007, "Unknown Member")


def unknown_message() -> RefusalError:
    return RefusalError(404, 10008, "Unknown Message")


def unknown_user() -> RefusalError:
    return RefusalError(404, 10013, "Unknown User")


def unknown_webhook() -> RefusalError:
    return RefusalError(404, 10015, "Unknown Webhook")


def unknown_tag() -> RefusalError:
    return RefusalError(404, 10087, "Unknown Tag")


def unknown_interaction() -> RefusalError:
    return RefusalError(404, 10062, "Unknown interaction")


def too_many_tags() -> RefusalError:
    said = "Maximum number of tags in a forum channel has been reached (20)"
    return RefusalError(400, 30048, said)


def already_acknowledged() -> RefusalError:
    return RefusalError(400, 40060, "Interaction has already been acknowledged.")


def tag_names_repeat() -> RefusalError:
    return RefusalError(400, 40061, "Tag names must be unique")


def tag_needed() -> RefusalError:
    said = "A tag is required to create a forum post in this channel"
    return RefusalError(400, 40067, said)


def missing_access() -> RefusalError:
    return RefusalError(403, 50001, "Missing Access")


def someone_elses_message() -> RefusalError:
    return RefusalError(403, 50005, "Cannot edit a message authored by another user")


def empty_message() -> RefusalError:
    return RefusalError(400, 50006, "Cannot send an empty message")


def cannot_send_to_this_user() -> RefusalError:
    return RefusalError(403, 50007, "Cannot send messages to this user")


def no_text_channel() -> RefusalError:
    return RefusalError(400, 50008, "Cannot send messages in a non-text channel")


def missing_permissions() -> RefusalError:
    return RefusalError(403, 50013, "Missing Permissions")


def stale_token() -> RefusalError:
    return RefusalError(401, 50027, "Invalid Webhook Token")


def archived_thread() -> RefusalError:
    return RefusalError(400, 50083, "Thread is archived")


def bad_json() -> RefusalError:
    return RefusalError(400, 50109, "The request body contains invalid JSON.")


def has_a_thread() -> RefusalError:
    return RefusalError(400, 160004, "A thread has already been created for this message")


def locked_thread() -> RefusalError:
    return RefusalError(400, 160005, "Thread is locked")


def unauthorized() -> RefusalError:
    return RefusalError(401, 0, "401: Unauthorized")
