"""The templates of a team's public pages, loaded when a site is first written."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment, PackageLoader


def load_asset(name: str) -> bytes:
    source, _, _ = _loader().get_source(load_templates(), f"site/{name}")
    return source.encode()


@lru_cache(maxsize=1)
def _loader() -> "PackageLoader":
    from jinja2 import PackageLoader  # noqa: PLC0415  # only a site that is written needs it

    return PackageLoader("bot.rendering")


@lru_cache(maxsize=1)
def load_templates() -> "Environment":
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415  # as above

    return Environment(
        loader=_loader(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
