"""Finding claims with a language model: what is asked, and what of its answers stands.

Nothing a model says is kept unless it stands word for word in the document. Pure functions of
values: whoever calls them does the asking.
"""
