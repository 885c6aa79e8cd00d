"""Print one of the README's two commands: what people copy is what CI runs.

python .ci/readme_commands.py demo|tests [--windows]
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"


def commands(readme: str) -> list[str]:
    """Return the fenced blocks above the first ``##`` heading, in their order."""
    first_screen = re.split(r"^## ", readme, maxsplit=1, flags=re.MULTILINE)[0]
    blocks: list[str] = re.findall(r"^```\w*\n(.*?)\n```$", first_screen, re.DOTALL | re.MULTILINE)
    return blocks


def for_windows(command: str) -> str:
    """Say the same for a shell on Windows, where programs lie elsewhere."""
    return command.replace("python3 -m venv", "python -m venv").replace(
        ".venv/bin/", ".venv/Scripts/"
    )


def main() -> None:
    """Print the command that was asked for."""
    if (
        not sys.argv[1:]
        or sys.argv[1] not in ("demo", "tests")
        or sys.argv[2:] not in ([], ["--windows"])
    ):
        sys.exit(__doc__)
    demo, tests = commands(README.read_text(encoding="utf-8"))
    command = demo if sys.argv[1] == "demo" else tests
    print(for_windows(command) if sys.argv[2:] else command)


if __name__ == "__main__":
    main()
