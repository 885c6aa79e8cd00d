"""Commands; thin. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import io
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from mirrorcoach import __version__
from mirrorcoach.commands.delete import delete
from mirrorcoach.commands.exchange import export, import_
from mirrorcoach.commands.history import history
from mirrorcoach.commands.note import note_app
from mirrorcoach.commands.options import DataOption, WhoOption, check_language
from mirrorcoach.commands.people import people_app
from mirrorcoach.commands.progress_line import progress_line
from mirrorcoach.commands.reminders import reminders
from mirrorcoach.commands.report import report
from mirrorcoach.commands.total import total_app
from mirrorcoach.ctrl_c import CtrlC
from mirrorcoach.errors import (
    InputError,
    MirrorcoachError,
    NotMeasurableError,
    SomeFailedError,
    UsageError,
)
from mirrorcoach.quietly import DEBUG_VARIABLE, debugging, native_noise_hidden
from mirrorcoach.summary import AID, summary_lines

if TYPE_CHECKING:
    from mirrorcoach.video.score import Scored

app = typer.Typer(
    name="mirrorcoach",
    help=f"A calm, private coach for facial mirror exercises. {AID}",
    invoke_without_command=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

programme_app = typer.Typer(help="See the programmes, and write your own.", no_args_is_help=True)
app.add_typer(programme_app, name="programme")
app.add_typer(people_app, name="people")
app.add_typer(note_app, name="note")
app.add_typer(total_app, name="total")


class SideName(str, Enum):
    """A side of the person's own body."""

    left = "left"
    right = "right"


IpdOption = Annotated[
    float | None,
    typer.Option(
        "--ipd-mm", metavar="MM", help="Distance between the pupils, as on a glasses prescription."
    ),
]

LanguageOption = Annotated[
    str, typer.Option("--language", metavar="CODE", help="The language, such as en or fr.")
]


STOPPED = 130
"""Exit code after Ctrl-C, as shells have it."""

_ctrl_c = CtrlC()


def run() -> None:
    """Entry point: every error leaves with a sentence and its exit code, never a traceback."""
    _spell_what_can_be_spelt()
    try:
        with _ctrl_c:
            app(standalone_mode=True)
    except MirrorcoachError as error:
        _say(str(error))
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        _stop()
    except SystemExit as leaving:
        if leaving.code == STOPPED:  # what typer makes of a KeyboardInterrupt
            _stop()
        raise
    except BrokenPipeError:
        sys.exit(141)
    except Exception as error:
        if _ctrl_c.heard:
            _stop()
        if debugging():
            raise
        _say(
            f"mirrorcoach made a mistake of its own ({type(error).__name__}: {error}). Please "
            f"report it with the output of 'mirrorcoach doctor'; {DEBUG_VARIABLE}=1 shows details."
        )
        sys.exit(MirrorcoachError.exit_code)


def _spell_what_can_be_spelt() -> None:
    """Let no name end a command where the output takes only some letters, as in many a pipe."""
    if isinstance(sys.stdout, io.TextIOWrapper):  # there is none without a console
        sys.stdout.reconfigure(errors="replace")


def _stop() -> NoReturn:
    _say("Stopped.")
    sys.exit(STOPPED)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"mirrorcoach {__version__}")
        raise typer.Exit


@app.callback()
def main(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
    data: DataOption = None,
    who: WhoOption = None,
) -> None:
    """A calm, private coach for facial mirror exercises; without a command, its window."""
    if context.invoked_subcommand is None:
        _open_window(data=data, who=who)
    elif data is not None or who is not None:
        raise UsageError(
            f"Say --data and --who after the command: mirrorcoach {context.invoked_subcommand} ..."
        )


@app.command()
def score(
    videos: Annotated[
        list[Path],
        typer.Argument(metavar="VIDEO...", help="Recordings, or folders of recordings."),
    ],
    exercise: Annotated[
        str | None,
        typer.Option("--exercise", metavar="ID", help="The exercise repeated throughout."),
    ] = None,
    cues: Annotated[
        Path | None,
        typer.Option(
            "--cues", metavar="CUES.csv", help="When what was asked: start_s,end_s,exercise."
        ),
    ] = None,
    programme: Annotated[
        str | None,
        typer.Option("--programme", metavar="NAME|FILE", help="A programme, done in its order."),
    ] = None,
    affected: Annotated[
        SideName | None, typer.Option("--affected", help="The affected side, as you know it.")
    ] = None,
    mirrored: Annotated[
        bool, typer.Option("--mirrored", help="The files are mirrored, selfie-style pictures.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="DIR", help="Where results go."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print each score as one line of JSON.")
    ] = False,
    ipd_mm: IpdOption = None,
    annotate: Annotated[
        bool, typer.Option("--annotate", help="Write the recording with the measurement drawn in.")
    ] = False,
    language: LanguageOption = "en",
) -> None:
    """Score recorded exercises: score.json, report.html and two tables for each video."""
    from mirrorcoach.capture.videofile import find_videos
    from mirrorcoach.video.plan import make_plan
    from mirrorcoach.video.score import score_video

    plan = make_plan(exercise, cues, programme)
    _check_ipd(ipd_mm)
    check_language(language)
    paths: list[Path] = []
    errors: list[MirrorcoachError] = []
    for given in videos:
        try:
            paths += find_videos([given])
        except InputError as error:
            _say(str(error))
            errors.append(error)
    tried = len(paths) + len(errors)
    for path, folder in zip(paths, _folders(paths, out), strict=True):
        try:
            with native_noise_hidden(), _progress(path.name) as progress:
                scored = score_video(
                    path,
                    plan,
                    folder,
                    affected=affected.value if affected else None,
                    mirrored=mirrored,
                    ipd_mm=ipd_mm,
                    annotate=annotate,
                    language=language,
                    progress=progress,
                )
        except InputError as error:
            _say(str(error))
            errors.append(error)
            continue
        if as_json:
            print(json.dumps(scored.document), flush=True)  # ASCII: a pipe may not be UTF-8
        _say(_summary(path, scored))
        if scored.problem is not None:
            errors.append(NotMeasurableError(scored.problem))
    _leave(errors, tried)


def _check_ipd(ipd_mm: float | None) -> None:
    """Refuse a distance between the pupils that no person has."""
    from landmarks.scale import LEAST_IPD_MM, MOST_IPD_MM

    if ipd_mm is not None and not LEAST_IPD_MM <= ipd_mm <= MOST_IPD_MM:
        raise UsageError(
            f"A distance between the pupils of {ipd_mm:g} mm was given; {LEAST_IPD_MM:g} to "
            f"{MOST_IPD_MM:g} mm was expected. It stands on a glasses prescription as PD: give it "
            "in millimetres, such as --ipd-mm 63."
        )


def _leave(errors: list[MirrorcoachError], given: int) -> None:
    """Exit with the code that all failures share, or with the one for some of several."""
    codes = {error.exit_code for error in errors}
    if len(codes) == 1 and len(errors) == given:
        raise typer.Exit(codes.pop())
    if errors:
        _say(f"{len(errors)} of {given} could not be scored.")
        raise typer.Exit(SomeFailedError.exit_code)


def _folders(paths: list[Path], out: Path | None) -> list[Path]:
    """A folder for each video: its stem; where stems collide its whole name, then with a number."""
    bases = [out or path.parent / "mirrorcoach-scores" for path in paths]
    wanted = Counter(_key(base / path.stem) for base, path in zip(bases, paths, strict=True))
    folders: dict[str, Path] = {}
    for base, path in zip(bases, paths, strict=True):
        folder, number = base / path.stem, 1
        if wanted[_key(folder)] > 1:
            folder = base / path.name
        while _key(folder) in folders:
            number += 1
            folder = base / f"{path.name}-{number}"
        folders[_key(folder)] = folder
    return list(folders.values())


def _key(folder: Path) -> str:
    """The same for folders that some file systems take for one."""
    return str(folder).casefold()


@contextmanager
def _progress(name: str) -> Iterator[Callable[[float], None]]:
    """Listens for Ctrl-C between frames; on a terminal, a line with the seconds measured so far."""
    with progress_line(name) as say:

        def measured(time_s: float) -> None:
            _ctrl_c.check()
            say(f"{time_s:.1f} s measured")

        yield measured


def _summary(path: Path, scored: Scored) -> str:
    """What a person reads after scoring."""
    content = scored.document
    lines = [f"{path.name}"]
    if scored.problem is not None:
        lines.append(f"  Nothing could be measured: {scored.problem}")
    lines += summary_lines(content)
    lines += [f"  {remark}" for remark in scored.remarks]
    lines.append(f"  Results: {scored.folder}")
    return "\n".join(lines)


@app.command()
def exercises(
    exercise: Annotated[
        str | None, typer.Argument(metavar="ID", help="Show this exercise in full.")
    ] = None,
    language: LanguageOption = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the exercises, or show one."""
    from exercises import library
    from exercises.faults import did_you_mean

    check_language(language)
    catalogue, words = library.exercises(), library.words(language)
    if exercise is not None and exercise not in catalogue:
        raise UsageError(
            f"No exercise is called '{exercise}'.{did_you_mean(exercise, catalogue)} 'mirrorcoach "
            "exercises' shows them all."
        )
    chosen = [catalogue[exercise]] if exercise else list(catalogue.values())
    if as_json:
        listed = [
            {**one.model_dump(mode="json"), "words": words.exercise[one.id].model_dump()}
            for one in chosen
        ]
        print(json.dumps(listed[0] if exercise else listed, ensure_ascii=False, indent=1))
        return
    if exercise is None:
        width = max(map(len, catalogue))
        for one in chosen:
            print(f"{one.id:{width}}  {words.exercise[one.id].name}")
        return
    from mirrorcoach.programmes import dose_of

    one, said = chosen[0], words.exercise[exercise]
    print(f"{said.name} ({one.id})\n\n{said.instruction}\n")
    if said.discourage is not None:
        print(f"{said.discourage}\n")
    if one.wanted is not None:
        print(f"Moves: {words.region[one.wanted.region]}, both sides alike.")
    if one.quiet:
        print("Stays quiet: " + ", ".join(words.region[quiet.region] for quiet in one.quiet) + ".")
    if one.inhibits is not None:
        print(f"Its aim: the movement without the {words.region[one.inhibits]}.")
    if one.kind == "movement":
        judged = {
            "measured": "Measured and scored.",
            "low_confidence": "Measured with low confidence: shown, not scored.",
            "never": "Not measured: you are asked how it went.",
        }
        print(judged[one.scoring])
    print(f"Dose: {dose_of(one)}")
    print(f"For: {', '.join(one.stages) or 'assessments only'}.")
    print(AID)


@app.command()
def practice(
    camera: Annotated[
        str | None,
        typer.Option("--camera", metavar="N|URL", help="In place of your own camera."),
    ] = None,
    video: Annotated[
        Path | None,
        typer.Option("--video", metavar="FILE", help="A recording in place of the camera."),
    ] = None,
    programme: Annotated[
        str | None,
        typer.Option("--programme", metavar="NAME|FILE", help="In place of your own programme."),
    ] = None,
    mirrored: Annotated[
        bool | None, typer.Option("--mirrored", help="The picture comes mirrored.")
    ] = None,
    ipd_mm: IpdOption = None,
    sound: Annotated[bool | None, typer.Option("--sound/--no-sound", help="Soft tones.")] = None,
    voice: Annotated[
        bool | None, typer.Option("--voice/--no-voice", help="Speak each cue; not on a Mac.")
    ] = None,
    tired: Annotated[
        int | None,
        typer.Option(
            "--tired", metavar="0..10", min=0, max=10, help="How tired you are: then it is shorter."
        ),
    ] = None,
    data: DataOption = None,
    who: WhoOption = None,
) -> None:
    """Practise before the camera, guided."""
    from mirrorcoach.capture.paced import Paced
    from mirrorcoach.capture.videofile import VideoFile
    from mirrorcoach.programmes import find_programme

    _check_ipd(ipd_mm)
    settings: dict[str, object] = {
        "ipd_mm": ipd_mm,
        "sounds": sound,
        "voice": voice,
        "mirrored_camera": mirrored,
        "camera": int(camera) if camera is not None and camera.isdecimal() else camera,
    }
    _open_window(
        first="practice" if video else "camera_check",
        source=Paced(VideoFile(video, bool(mirrored))) if video else None,
        programme=find_programme(programme) if programme else None,
        settings={name: value for name, value in settings.items() if value is not None},
        tired=tired,
        data=data,
        who=who,
    )


@app.command()
def demo(
    headless: Annotated[
        bool, typer.Option("--headless", help="No window: walk the same session, print it.")
    ] = False,
    sound: Annotated[bool, typer.Option("--sound/--no-sound", help="Soft tones.")] = True,
    voice: Annotated[
        bool, typer.Option("--voice/--no-voice", help="Speak each cue; not on a Mac.")
    ] = False,
) -> None:
    """Watch a session with a simulated patient; needs no camera and keeps nothing."""
    from mirrorcoach.capture.patient import AFFECTED, SimulatedPatient
    from mirrorcoach.profile import Profile
    from mirrorcoach.programmes import find_programme

    if not headless:
        _open_window(
            first="practice",
            source=SimulatedPatient(),
            programme=find_programme("demo"),
            settings={"sounds": sound, "voice": voice},
            keeps=False,
            person=Profile(affected=AFFECTED),
        )
        return
    from exercises import library
    from mirrorcoach.live.practice import Practice

    with native_noise_hidden():
        patient = SimulatedPatient(realtime=False)
        session = Practice(find_programme("demo"), patient, words=library.words())
        for line in session.run_headless():
            print(line, flush=True)


def _open_window(**wish: Any) -> None:
    """Open the window, and stay until the person leaves it."""
    from mirrorcoach.live.application import Application, Wish
    from mirrorcoach.live.window import Window

    with native_noise_hidden(), Window() as window:
        Application(window, Wish(**wish)).run()


@programme_app.command("list")
def list_programmes() -> None:
    """List the programmes that come with mirrorcoach."""
    from exercises import library
    from mirrorcoach.programmes import name_of, purpose_of

    known = library.programmes()
    width = max(map(len, known))
    for one in known.values():
        minutes = library.length_s(one) / 60
        print(f"{one.id:{width}}  {name_of(one)} ({purpose_of(one)}, {minutes:.1f} minutes)")


@programme_app.command("show")
def show_programme(
    programme: Annotated[str, typer.Argument(metavar="NAME|FILE", help="Which one.")],
) -> None:
    """Show what a programme asks for, and how long it takes."""
    from mirrorcoach.programmes import find_programme, told

    print("\n".join(told(find_programme(programme))))


@programme_app.command("new")
def new_programme(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file, such as my.toml.")],
) -> None:
    """Write a programme with notes, to make your own from."""
    from mirrorcoach.programmes import write_template

    write_template(file)
    print(f"Wrote {file}. Change it, then: mirrorcoach programme check {file}")


@programme_app.command("check")
def check_programme(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A programme of your own.")],
) -> None:
    """Say everything that is wrong with a programme, or what it asks for."""
    from mirrorcoach.programmes import read_programme, told

    print("\n".join(told(read_programme(file))))


@app.command()
def notesheet(
    score_json: Annotated[
        Path, typer.Argument(metavar="SCORE_JSON", help="A score.json of mirrorcoach.")
    ],
    language: LanguageOption = "en",
) -> None:
    """Print what was measured for each item of two scales, beside empty boxes for the clinician."""
    from mirrorcoach.commands.plain import print_lines
    from mirrorcoach.notesheet import note_sheet_of

    check_language(language)
    print_lines(note_sheet_of(score_json, language).split("\n"))


@app.command()
def progress(
    first: Annotated[
        Path, typer.Argument(metavar="FIRST_JSON", help="The score.json of the first day.")
    ],
    now: Annotated[Path, typer.Argument(metavar="NOW_JSON", help="The score.json of today.")],
    side: Annotated[
        SideName | None, typer.Option("--side", help="The affected side, as you know it.")
    ] = None,
) -> None:
    """Compare the affected side with its own first day, in millimetres."""
    from mirrorcoach.progress import progress_lines
    from mirrorcoach.summary import AID

    for line in progress_lines(first, now, side.value if side else None):
        print(line)
    print(AID)


@app.command()
def safety(language: LanguageOption = "en") -> None:
    """Read before you practise: when not to, when to stop, eye care, when to call for help."""
    from exercises import library

    check_language(language)
    for card in library.safety(language).text.values():
        print(card.title)
        for line in card.lines:
            print(f"  - {line}")
        print()


@app.command()
def doctor() -> None:
    """Check versions, camera, screen, voice and tracker; paste the result into a bug report."""
    from mirrorcoach.doctor import examine

    with native_noise_hidden():
        for line in examine():
            print(line, flush=True)


app.command()(history)
app.command()(report)
app.command()(export)
app.command("import")(import_)
app.command()(reminders)
app.command()(delete)
