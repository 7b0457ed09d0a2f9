"""How well references are resolved, against documents in which people marked what each means.

    python -m tests.long.reference_resolution GOLD.jsonl > predictions.jsonl

GOLD holds one `{"id", "text"}` object a line. For each, an object with all references that were
resolved is printed, whether a claim shows them or not: `start` and `end` of the words, `from_start`
and `from_end` of those that they stand for. A possessive ending belongs to the words, as in GUM.
"""

import json
import sys
from pathlib import Path

from workflows.extraction import model
from workflows.extraction.attribution.find import find_attributions
from workflows.extraction.references.mention import MentionType
from workflows.extraction.references.resolve import ReferenceResolver
from workflows.extraction.references.resolved import iter_resolved
from workflows.extraction.text.document import read_document
from workflows.extraction.text.sentences import read_paragraphs

POSSESSIVE = ("'s", "’s")


def resolve_document(nlp, text):
    """Return the resolved references of a text as the scorer reads them."""
    resolver = ReferenceResolver()
    found = []
    for paragraph in read_paragraphs(nlp, text, read_document(text).parts):
        for reference in iter_resolved(resolver.read(paragraph, find_attributions(paragraph))):
            mention, antecedent = reference.mention, reference.antecedent
            end = mention.end
            if mention.form is not MentionType.PRONOUN and text.startswith(POSSESSIVE, end):
                end += len(POSSESSIVE[0])
            found.append(
                {
                    "start": mention.start,
                    "end": end,
                    "from_start": antecedent.start,
                    "from_end": antecedent.end,
                }
            )
    return found


def main():
    nlp = model.load_model()
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        found = resolve_document(nlp, document["text"])
        sys.stdout.write(json.dumps({"id": document["id"], "references": found}) + "\n")


if __name__ == "__main__":
    main()
