"""Words put into a claim in square brackets, with the words of its document that they explain."""

from dataclasses import replace

from workflows.claims import FoundClaim, Reference


def put_in(
    claim: FoundClaim, at: int, words: str, reference: Reference | None = None
) -> FoundClaim:
    """Return a claim with words of ours at a place in its own, told among its references.

    `words` hold the square brackets and the spaces around them.
    """
    put = f"{claim.words[:at]}{words}{claim.words[at:]}"
    told = claim.references if reference is None else (*claim.references, reference)
    return replace(claim, words=put, references=told)
