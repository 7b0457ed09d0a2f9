"""Collects what is wrong with a body, and says so as Discord does: 50035 "Invalid Form Body"."""

from collections.abc import Sized

from bot.sandbox.ids import Json
from bot.sandbox.rules.refusals import RefusalError

Where = tuple[str | int, ...]


class FormErrors:
    """All that is wrong is said at once, each at its place in the body."""

    def __init__(self) -> None:
        self.errors: Json = {}

    def wrong(self, where: Where, code: str, said: str) -> None:
        node = self.errors
        for step in where:
            node = node.setdefault(str(step), {})
        node.setdefault("_errors", []).append({"code": code, "message": said})

    def settle(self) -> None:
        if self.errors:
            raise RefusalError(400, 50035, "Invalid Form Body", self.errors)

    def required(self, where: Where, value: object) -> None:
        if value is None or value in ("", []):
            self.wrong(where, "BASE_TYPE_REQUIRED", "This field is required")

    def text(
        self, where: Where, value: object, most: int, least: int = 0, *, needed: bool = False
    ) -> None:
        """Outer whitespace is not counted."""
        if value is None:
            if needed:
                self.required(where, value)
        elif not isinstance(value, str):
            self.wrong(where, "STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
        elif needed and not value.strip():
            self.required(where, None)
        elif not least <= len(value.strip()) <= most:
            self._length(where, most, least)

    def most(self, where: Where, values: Sized, most: int, least: int = 0) -> None:
        if not least <= len(values) <= most:
            self._length(where, most, least)

    def number(self, where: Where, value: object, most: float, least: float = 0) -> None:
        if value is None:
            return
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.wrong(where, "NUMBER_TYPE_COERCE", f'Value "{value}" is not a number.')
        elif not least <= value <= most:
            self.wrong(where, "NUMBER_TYPE_RANGE", f"Value must be between {least:g} and {most:g}.")

    def choice(self, where: Where, value: object, allowed: tuple[object, ...]) -> bool:
        if value in allowed:
            return True
        among = ", ".join(str(a) for a in allowed)
        self.wrong(where, "BASE_TYPE_CHOICES", f"Value must be one of ({among}).")
        return False

    def link(self, where: Where, value: object, schemes: tuple[str, ...]) -> None:
        if value is not None and not str(value).startswith(tuple(f"{s}://" for s in schemes)):
            among = ", ".join(f"'{s}'" for s in schemes)
            scheme = str(value).split(":", 1)[0]
            said = f'Scheme "{scheme}" is not supported. Scheme must be one of ({among}).'
            self.wrong(where, "URL_TYPE_INVALID_SCHEME", said)

    def unique(self, where: Where, values: list[object], code: str, said: str) -> None:
        if len(set(values)) < len(values):
            self.wrong(where, code, said)

    def _length(self, where: Where, most: int, least: int) -> None:
        if least:
            said = f"Must be between {least} and {most} in length."
            self.wrong(where, "BASE_TYPE_BAD_LENGTH", said)
        else:
            said = f"Must be {most} or fewer in length."
            self.wrong(where, "BASE_TYPE_MAX_LENGTH", said)
