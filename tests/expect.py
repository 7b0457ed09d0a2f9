"""What tests wait for, and the refusals they expect."""

import pytest

from workflows.errors import CorrobotError


def refuses(error, code=None, **values):
    """Expect an error of this class, told from others by its code or by some of its values."""

    def fits(raised: CorrobotError) -> bool:
        return code in (None, raised.code) and values.items() <= raised.values.items()

    return pytest.raises(error, check=fits)
