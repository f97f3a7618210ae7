"""What a fault says, whatever strange data it quotes."""

import pytest

from layers.data.problems import GeodataError, Problem, shortened

LINE_ENDS = ("\n", "\r\n", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029")


def test_problem_says_file_feature_found_and_expected() -> None:
    problem = Problem("faces.geojson", "zangilan", "zone = 'west'", "north, south or null")

    assert str(problem) == "faces.geojson, \"zangilan\": found zone = 'west', expected north, south or null"


@pytest.mark.parametrize("line_end", LINE_ENDS, ids=ascii)
def test_problem_is_one_line_whatever_it_quotes(line_end: str) -> None:
    problem = Problem("a", f"two{line_end}lines", f"{line_end}found", f"expected{line_end}")

    assert str(problem) == 'a, "two lines": found found, expected expected'


def test_error_carries_every_problem_once_sorted_by_file_and_feature() -> None:
    first, second, third = (
        Problem(*texts) for texts in (("a", "x", "", ""), ("a", "y", "", ""), ("b", "x", "", ""))
    )
    error = GeodataError([third, second, first, second])

    assert error.problems == (first, second, third)
    assert str(error).splitlines() == [str(first), str(second), str(third)]


@pytest.mark.parametrize(
    ("value", "text"), [("kurz", "'kurz'"), ([1, None], "[1, None]"), ("x" * 5_000, f"'{'x' * 58}…")]
)
def test_value_is_shown_as_in_the_file_cut_to_60_characters(value: object, text: str) -> None:
    assert shortened(value) == text
