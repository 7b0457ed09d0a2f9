"""Why a page was not fetched, as sentences that say what to do instead."""

import aiohttp
from yarl import URL

from bot.fetch.connection import ForbiddenAddress
from workflows.errors import BadInput, CorrobotError, Unavailable


def too_large(url: URL, most: int) -> BadInput:
    return BadInput(
        "The page at {site} is larger than {most} MB. Copy the part that matters and paste it.",
        code="too-large",
        site=url.host,
        most=f"{most / 1e6:.1f}",
    )


def refusal(status: int, url: URL) -> CorrobotError:
    """Return the sentence for an answer that is not the page, by its status."""
    site = url.host
    match status:
        case 401 | 403 | 407:
            return BadInput(
                "{site} shows this page only to people who are signed in, or blocks"
                " programs (it says {status}). Copy its text and paste it.",
                code="sign-in",
                site=site,
                status=status,
            )
        case 402 | 451:
            return BadInput(
                "{site} doesn't make this page freely available (it says {status}). If you can"
                " read it, copy its text and paste it.",
                code="not-free",
                site=site,
                status=status,
            )
        case 404 | 410:
            return BadInput(
                "There's no page at this link ({site} says {status}). Check the link.",
                code="no-page",
                site=site,
                status=status,
            )
        case 408 | 425 | 429 | 500 | 502 | 503 | 504:
            return Unavailable(
                "{site} can't deliver the page right now (it says {status}). Try again"
                " later, or copy the text and paste it.",
                code="not-now",
                site=site,
                status=status,
            )
    return BadInput(
        "{site} doesn't let programs read this page (it says {status}). Copy its text and"
        " paste it.",
        code="no-programs",
        site=site,
        status=status,
    )


def unreachable(url: URL, error: Exception) -> CorrobotError:
    """Return the sentence for a connection that failed."""
    cause = getattr(error, "os_error", error)
    if isinstance(cause, ForbiddenAddress):
        return BadInput(
            "{host} leads to an address on a private network, so it isn't read. Save the"
            " page and upload the file.",
            code="private-network",
            host=url.host,
        )
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return Unavailable(
            "No site called {site} was found. Check the link for a typo, or try again later.",
            site=url.host,
        )
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientSSLError):
        return BadInput(
            "{site} has no valid certificate, so the page can't be trusted. Copy the text"
            " and paste it.",
            site=url.host,
        )
    if isinstance(error, aiohttp.ClientPayloadError | aiohttp.ClientResponseError | ValueError):
        return Unavailable(
            "{site} sent something unreadable or broke off. Try again later, or copy the"
            " text and paste it.",
            site=url.host,
        )
    return Unavailable(
        "{site} can't be reached. Check the link, or try again later.",
        code="unreachable",
        site=url.host,
    )
