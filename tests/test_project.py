"""What the project promises around its code: commands, lock files, licences and reasons."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import mirrorcoach
from mirrorcoach import errors

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("mirrorcoach", "landmarks", "exercises", "assets")
LOCKS = ("requirements.lock", "requirements-test.lock")
PAGES = ("README.md", "CONTRIBUTING.md", *(f"docs/{page.name}" for page in ROOT.glob("docs/*.md")))


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    content: dict[str, Any] = tomllib.loads(text("pyproject.toml"))["project"]
    return content


@pytest.fixture(scope="module")
def readme_commands() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "readme_commands", ROOT / ".ci/readme_commands.py"
    )
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Locked:
    """One line of a lock file with what belongs to it."""

    def __init__(self, block: str) -> None:
        asked, *hashes = block.replace("\\\n", " ").split(" --hash=")
        self.requirement = Requirement(asked.strip())
        self.hashes = [one.strip() for one in hashes]
        self.name = canonicalize_name(self.requirement.name)

    @property
    def version(self) -> Version:
        (pin,) = self.requirement.specifier
        assert pin.operator == "==", self.requirement
        return Version(pin.version)


def locked(name: str) -> list[Locked]:
    lines = [line for line in text(name).splitlines(keepends=True) if not line.startswith("#")]
    return [Locked(block) for block in re.split(r"(?<!\\)\n", "".join(lines)) if block.strip()]


# The README's commands


def test_first_screen_has_two_commands_that_do_all_their_own_set_up(
    readme_commands: ModuleType,
) -> None:
    demo, tests = readme_commands.commands(text("README.md"))
    for command, lock in ((demo, "requirements.lock"), (tests, "requirements-test.lock")):
        assert "\n" not in command
        make_venv, install_lock, install_us, _run = command.split(" && ")
        assert make_venv == "python3 -m venv .venv"
        assert install_lock == f".venv/bin/pip install --require-hashes -r {lock}"
        assert "--no-deps --no-build-isolation" in install_us, "nothing unhashed is fetched"
    assert demo.endswith(" && .venv/bin/mirrorcoach demo")
    assert tests.endswith(" && .venv/bin/pytest")


@pytest.mark.parametrize(("name", "place"), [("demo", 0), ("tests", 1)])
def test_ci_runs_what_people_copy(readme_commands: ModuleType, name: str, place: int) -> None:
    said = subprocess.run(
        [sys.executable, ROOT / ".ci/readme_commands.py", name],
        capture_output=True,
        text=True,
        check=True,
    )
    command = readme_commands.commands(text("README.md"))[place]
    assert said.stdout == command + "\n"
    assert f".ci/readme_commands.py {name}" in text(".github/workflows/ci.yml")


def test_ci_run_knows_no_test_command_of_its_own() -> None:
    script = text(".ci/run")
    assert 'command=$("$python" .ci/readme_commands.py tests)' in script
    assert 'bash -euo pipefail -c "$command"' in script
    assert "pytest" not in script
    assert "pip install" not in script


def test_ci_checks_every_supported_system_and_python(project: dict[str, Any]) -> None:
    workflow = text(".github/workflows/ci.yml")
    for system in ("ubuntu", "windows", "macos"):
        assert f"{system}-latest" in workflow
    versions = re.findall(r"Python :: (3\.\d+)", "\n".join(project["classifiers"]))
    assert re.findall(r'"(3\.\d+)"', workflow.split("python: ")[1].split("]")[0]) == versions


def test_windows_commands_differ_in_paths_only(readme_commands: ModuleType) -> None:
    (command, _tests) = readme_commands.commands(text("README.md"))
    there = readme_commands.for_windows(command)
    assert "/bin/" not in there
    assert there.replace("Scripts", "bin").replace("python ", "python3 ") == command


# Lock files


@pytest.mark.parametrize("name", LOCKS)
def test_lock_pins_everything_by_hash_and_names_no_place(name: str) -> None:
    everything = locked(name)
    assert len(everything) > 50
    for one in everything:
        assert one.version
        assert one.hashes, one.requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in one.hashes)
        assert one.requirement.url is None
    assert not re.search(r"://|index-url|find-links|trusted-host|file:|@", text(name))


@pytest.mark.parametrize("name", LOCKS)
def test_lock_does_not_trip_the_pips_that_cannot_read_a_linux_release(name: str) -> None:
    assert "platform_release" not in text(name)


@pytest.mark.parametrize(("name", "extra"), [(LOCKS[0], None), (LOCKS[1], "test")])
def test_lock_fits_the_project(name: str, extra: str | None, project: dict[str, Any]) -> None:
    asked = [Requirement(one) for one in project["dependencies"]]
    if extra is not None:
        asked += [Requirement(one) for one in project["optional-dependencies"][extra]]
    pins = locked(name)
    for requirement in asked:
        found = [one for one in pins if one.name == canonicalize_name(requirement.name)]
        assert found, requirement
        for one in found:
            assert one.version in requirement.specifier, one.requirement


def test_tests_run_on_what_people_run() -> None:
    people, tests = ({str(one.requirement) for one in locked(name)} for name in LOCKS)
    # Only a test package can widen the conditions under which something is installed.
    assert {one.split(";")[0] for one in people} <= {one.split(";")[0] for one in tests}


def test_lock_keeps_the_mesh_that_opens_no_connection() -> None:
    pins = {one.name: str(one.version) for one in locked("requirements.lock")}
    assert pins["mediapipe"] == "0.10.21"
    assert pins["numpy"].startswith("1.")


# Reasons, licences, version


def test_every_dependency_has_a_reason(project: dict[str, Any]) -> None:
    page = text("docs/decisions.md")
    extras = project["optional-dependencies"]["test"]
    for asked in (*project["dependencies"], *extras):
        assert f"`{Requirement(asked).name}`" in page, asked


def test_license_is_complete(project: dict[str, Any]) -> None:
    assert project["license"] == "Apache-2.0"
    assert project["license-files"] == ["LICENSE", "NOTICE"]
    license_text = text("LICENSE")
    assert "Version 2.0, January 2004" in license_text
    for number in range(1, 10):
        assert f"\n   {number}. " in license_text
    assert "END OF TERMS AND CONDITIONS" in license_text
    assert "APPENDIX: How to apply the Apache License" in license_text


@pytest.mark.parametrize(
    ("work", "owner", "license_name"),
    [
        ("ICT-FaceKit", "USC Institute for Creative Technologies", "MIT License"),
        ("Atkinson Hyperlegible Next", "Braille Institute", "SIL Open Font License"),
    ],
)
def test_notice_names_the_work_of_others(work: str, owner: str, license_name: str) -> None:
    notice = text("NOTICE")
    assert work in notice
    assert owner in notice
    assert license_name in notice


def test_licences_named_in_notice_lie_there() -> None:
    files = re.findall(r"Licence text: (\S+)", text("NOTICE"))
    assert len(files) == 2
    for file in files:
        assert len(text(file)) > 1000, file


def test_version_is_said_once(project: dict[str, Any]) -> None:
    assert project["version"] == mirrorcoach.__version__
    assert f"[{mirrorcoach.__version__}]" in text("CHANGELOG.md")


# Pages


def every_error(kind: type[errors.MirrorcoachError]) -> Iterator[type[errors.MirrorcoachError]]:
    yield kind
    for more in kind.__subclasses__():
        yield from every_error(more)


@pytest.mark.parametrize(
    "error",
    [one for one in every_error(errors.MirrorcoachError) if one.__module__ == errors.__name__],
)
def test_exit_codes_are_documented(error: type[errors.MirrorcoachError]) -> None:
    row = rf"^\| {error.exit_code} \|.*`{error.__name__}`"
    assert re.search(row, text("docs/conventions.md"), re.MULTILINE)
    assert f"\n| {error.exit_code} | " in text("README.md")


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", text(page)):
        file, _, anchor = target.partition("#")
        found = (ROOT / page).parent / file if file else ROOT / page
        assert found.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", found.read_text(encoding="utf-8"), re.MULTILINE)
            anchors = [re.sub(r"[^\w\- ]", "", one).lower().replace(" ", "-") for one in headings]
            assert anchor in anchors, target


# The wheel


def test_wheel_carries_every_file_of_every_package(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, ROOT],
        capture_output=True,
        check=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    wanted = {
        file.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for file in (ROOT / package).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert {Path(name).suffix for name in wanted} >= {".py", ".toml", ".mp4", ".json", ".woff2"}
    assert wanted <= packed
    about = f"mirrorcoach-{mirrorcoach.__version__}.dist-info"
    assert {f"{about}/licenses/LICENSE", f"{about}/licenses/NOTICE"} <= packed
    assert {name.split("/")[0] for name in packed} == {*PACKAGES, about}
