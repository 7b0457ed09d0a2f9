"""The error family: every error is a sentence fit to be shown to the person who caused it.

    CorrobotError
    ├── BadInput        what was given cannot be used; says what and where
    ├── NotFound        there is no such thing in this team
    ├── NotAllowed      this person may not do that
    ├── Refused         the claim or the team is not in a state for it
    └── Unavailable     something outside does not work just now
        └── DatabaseGone    the database's file is no longer where it was
            └── LogGone     only its write-ahead log is not

An error's class names the family (it decides exit codes and colours); its `sentence` is a message
identifier of the catalogues with the places of its values named in braces. Nobody but the surface
that shows the error turns the two into words of a language. Where the class and the values leave
open which refusal it is, its `code` says so: sentences are reworded, codes stay.
"""


class CorrobotError(Exception):
    """Base of everything that is answered with a sentence instead of a traceback."""

    def __init__(self, sentence: str, *, code: str = "", **values: object) -> None:
        super().__init__(sentence, values)
        self.sentence = sentence
        self.code = code
        self.values = values

    def __str__(self) -> str:
        return self.sentence.format(**self.values)


class BadInput(CorrobotError):
    """What was given cannot be used."""


class NotFound(CorrobotError):
    """There is no such thing in this team."""


class NotAllowed(CorrobotError):
    """This person may not do that."""


class Refused(CorrobotError):
    """It cannot be done as things stand."""


class Unavailable(CorrobotError):
    """Something that is needed does not work just now."""


class DatabaseGone(Unavailable):
    """What is written goes nowhere any more; the process can only end."""

    def __init__(self, path: object) -> None:
        super().__init__(
            "The database {path} was removed or replaced while in use, so nothing more can"
            " be saved. Put the file back and start Corrobot again.",
            path=path,
        )


class LogGone(DatabaseGone):
    """The write-ahead log was removed; what stood in it can still be put into the database."""
