"""The examples of the README run as they stand."""

import re
from pathlib import Path

import pytest

README = Path(__file__).parents[1] / "README.md"
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", README.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_runs(example: str, url: str, key: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(example.replace("http://127.0.0.1:8080", url).replace('"KEY"', repr(key)), README, "exec"), {})
    printed = capsys.readouterr().out
    # A line that an example says it prints is printed.
    for said in re.findall(r"print\(.*\)  # (.*)$", example, re.MULTILINE):
        assert said in printed
    assert printed


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 6
