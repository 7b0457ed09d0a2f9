"""The news agency that a page names as where its report is from."""

import pytest

from workflows.wires import find_wire


@pytest.mark.parametrize(
    ("title", "author", "text", "site"),
    [
        ("Port closes (Reuters)", None, "", "reuters.com"),
        ("Port closes — AP", None, "", "apnews.com"),
        ("Port closes", "Jane Doe, Associated Press", "", "apnews.com"),
        ("Port closes", "AFP", "", "afp.com"),
        ("Port closes", None, "LINTON (Reuters) - The port was closed.", "reuters.com"),
        ("항구 폐쇄", None, "(린턴=AP) 항구가 닫혔다.", None),
        ("Port closes, Reuters says", "Jane Doe", "Reuters reported it.", None),
        ("AP exams begin", "A. P. Hill", "The AP exams (in May) begin.", None),
        ("", None, "x" * 200 + "(Reuters)", None),
    ],
)
def test_agency_of_a_page(title, author, text, site):
    """An agency counts where a page is its report, not where it is only named."""
    assert find_wire(title, author, text) == site
