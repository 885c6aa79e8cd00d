"""How a person likes it, what they said of themselves, and what is kept; all of it can change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import Literal, get_args

from exercises import library
from landmarks.scale import LEAST_IPD_MM, MOST_IPD_MM
from mirrorcoach.live import questions
from mirrorcoach.live.actions import Action, Change, Go, Key, Press
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.column import BAR_W, Block, Column, height_of, words
from mirrorcoach.live.controls import Segment, header
from mirrorcoach.live.icons import Icon
from mirrorcoach.live.pictures_page import DELETE_ALL
from mirrorcoach.live.rows import Choices, Flow, Push, Row, Stepper, Written, row_blocks
from mirrorcoach.live.shapes import Box
from mirrorcoach.live.who_page import SOMEBODY_NEW
from mirrorcoach.profile import Profile, StandingView

Category = Literal["reading", "sound", "pace", "mirror", "you", "privacy"]
CATEGORIES: tuple[Category, ...] = get_args(Category)

DELETE_EVERYTHING, DELETE_ME = Press("delete_everything"), Press("delete_me")
"""Asked for twice, the second time with what it means in view."""

PICTURES = Press("pictures")
"""To see the pictures that were kept."""

_FOR_OTHERS = (DELETE_EVERYTHING, DELETE_ME, DELETE_ALL, PICTURES, SOMEBODY_NEW)
"""What the page gives on as it is."""

Asked = Literal["everything", "me", "pictures"]
"""What is to be deleted, once it has been asked for."""

VOLUME_STEP = 10
IPD_STEP_MM = 0.5
FIRST_IPD_MM = 63.0
"""Where the stepper of the distance between the pupils begins: the mean of adults is 63.4 mm
(Dodgson, Proc. SPIE 5291, 2004)."""

_ICONS: dict[Category, Icon] = {
    "reading": "text",
    "sound": "speaker",
    "pace": "pace",
    "mirror": "mirror",
    "you": "person",
    "privacy": "lock",
}

_LIST_X, _LIST_Y, _LIST_STEP, _LIST_H, _LIST_W = 40.0, 112.0, 72.0, 60.0, 252.0
_CARD_Y, _CARD_BOTTOM = 104.0, 680.0
_PAD, _TIGHT_PAD = 36.0, 20.0
_SAMPLE_H = 40.0


class SettingsPage:
    """Categories, and the rows of one of them; every change is given out at once.

    Parameters
    ----------
    profile : Profile
        As it is now.
    kept_in : str
        The folder in which everything is kept.
    cameras : mapping
        Number or address of each camera to its name.
    programmes : sequence of str
        Ids of the programmes to choose from.
    today : date
        Nothing that happened lies later.
    category : str
        The one to begin with.
    several : bool
        Whether others practise here too.

    Attributes
    ----------
    profile : Profile
        The application puts the new one in after each change.
    pictures : int
        How many pictures are kept. With any, whoever forbids further ones is asked what is to
        become of them, which may give back `DELETE_ALL`.
    """

    def __init__(
        self,
        profile: Profile,
        kept_in: str,
        cameras: Mapping[int | str, str],
        programmes: Sequence[str],
        today: date,
        category: Category | None = None,
        *,
        several: bool = False,
    ) -> None:
        self.profile = profile
        self._kept_in, self._cameras, self._programmes = kept_in, cameras, tuple(programmes)
        self._today, self._several, self.pictures = today, several, 0
        self._open = category
        self._writing = False
        self._asking: Asked | None = None
        self._stacked = False
        self._column = Column()

    @property
    def wants_text(self) -> bool:
        """Whether letters are written, rather than being keys of buttons."""
        return self._writing

    def heed(self, action: Action) -> Action | None:
        """Show another category, or give back what changes."""
        if action == Key.BACK:
            return self._back()
        if self._column.heed(action):
            return None
        if action == DELETE_ALL:
            self._ask(None)
        if not isinstance(action, Press) or action in _FOR_OTHERS:
            return action
        name, value = action.name, action.value
        if name == "category":
            self._show(next((one for one in CATEGORIES if one == value), None))
        elif name == "write":
            self._writing = not self._writing
        elif name == "ask_delete":
            self._ask("me" if value == "me" else "everything")
        elif name == "volume" and isinstance(value, int):
            volume = self.profile.settings.volume_percent + value * VOLUME_STEP
            return Change("volume_percent", min(100, max(0, volume)))
        elif name == "ipd" and isinstance(value, int):
            before = self.profile.settings.ipd_mm
            ipd_mm = FIRST_IPD_MM if before is None else before + value * IPD_STEP_MM
            return Change("ipd_mm", min(MOST_IPD_MM, max(LEAST_IPD_MM, ipd_mm)))
        else:
            allowed = self.profile.consents.photographs
            if action == Press("consent", "photographs") and allowed and self.pictures:
                self._ask("pictures")
            return questions.change_of(action, self.profile, self._today)
        return None

    def _ask(self, what: Asked | None) -> None:
        """Ask what is to be deleted, or ask no more."""
        self._asking, self._column = what, Column()

    def _back(self) -> Action | None:
        """Leave what is open, the innermost first."""
        if self._writing:
            self._writing = False
        elif self._asking is not None:
            self._ask(None)
        elif self._stacked and self._open is not None:
            self._show(None)
        else:
            return Key.BACK
        return None

    def _show(self, category: Category | None) -> None:
        self._open, self._writing = category, False
        self._ask(None)

    # -- drawing ------------------------------------------------------------------------------

    def draw(self, canvas: Canvas, now_s: float) -> None:
        """Draw one frame."""
        self._stacked = canvas.stacked
        if canvas.stacked:
            self._draw_stacked(canvas)
            return
        header(canvas, canvas.texts("settings.title"))
        category = self._open or CATEGORIES[0]
        x = self._draw_list(canvas, category) + 32
        card = Box(x, _CARD_Y, canvas.width - 40 - x, _CARD_BOTTOM - _CARD_Y)
        self._draw_card(canvas, card, _PAD, category)

    def _draw_list(self, canvas: Canvas, chosen: Category) -> float:
        """Draw the categories; returns where they end."""
        texts, theme, styles = canvas.texts, canvas.theme, canvas.styles
        labels = {one: texts(f"settings.{one}") for one in CATEGORIES}
        style = styles.large_bold
        wide = max(_LIST_W, *(62 + canvas.type.width(one, style) + 20 for one in labels.values()))
        for number, (one, label) in enumerate(labels.items()):
            box = Box(_LIST_X, _LIST_Y + number * _LIST_STEP, wide, _LIST_H)
            here = one == chosen
            if here or canvas.is_over(box):
                canvas.panel(box, 18, theme.surface)
            if here:
                canvas.ring(box, 18, 3, theme.primary)
            canvas.touch(box, Press("category", one))
            ink = theme.primary if here else theme.ink2
            canvas.icon(_ICONS[one], (box.x + 34, box.middle[1]), 26, ink)
            style = styles.large_bold if here else styles.large
            y = box.middle[1] - style.step / 2
            canvas.text(label, box.x + 62, y, style, theme.ink, box.w - 62 - 16)
        note = texts("settings.at_once")
        y = _CARD_BOTTOM - canvas.text_height(note, styles.label, wide)
        if y > _LIST_Y + len(labels) * _LIST_STEP:
            canvas.paragraph(note, _LIST_X, y, styles.label, theme.ink2, wide)
        return _LIST_X + wide

    def _draw_stacked(self, canvas: Canvas) -> None:
        """First the categories, then the rows of the one that was chosen."""
        texts = canvas.texts
        margin = 24.0 if canvas.compact else 40.0
        if self._open is None:
            title = "" if canvas.large_text else texts("settings.title")
            top = header(canvas, title) - (8 if canvas.compact else 0)
            box = Box(margin, top, canvas.width - 2 * margin, canvas.height - margin - top)
            self._column.draw(canvas, box, [_door(canvas, one) for one in CATEGORIES], 12)
            return
        label = texts(f"settings.{self._open}")
        width = canvas.button_width(label, icon="chevron_left")
        height = canvas.button_height(label, width)
        place = Box(margin - 8, 16, width, height)
        canvas.button(
            place, Key.BACK, label, kind="plain", key="escape", icon="chevron_left", align="left"
        )
        top = place.bottom + 8
        card = Box(margin, top, canvas.width - 2 * margin, canvas.height - 16 - top)
        self._draw_card(canvas, card, _TIGHT_PAD, self._open)

    def _draw_card(self, canvas: Canvas, card: Box, pad: float, category: Category) -> None:
        canvas.card(card, 24 if canvas.compact else 32)
        box = Box(card.x + pad, card.y + pad / 3, card.w - 2 * pad, card.h - 2 * pad / 3)
        room = box.w - BAR_W
        if self._asking is not None:
            asked = self._no_more_pictures if self._asking == "pictures" else self._deletion
            self._column.draw(canvas, box, asked(canvas, room), 0)
            return
        rows = self._rows(canvas, category)
        blocks = [
            block
            for number, row in enumerate(rows)
            for block in row_blocks(canvas, row, room, line=number < len(rows) - 1)
        ]
        if category == "reading":
            spare = max(0.0, box.h - height_of([*blocks, _sample(canvas)], box.w, 0) - pad / 3)
            blocks += [Block(lambda _: spare, lambda _: None), _sample(canvas)]
        self._column.draw(canvas, box, blocks, 0)

    def _deletion(self, canvas: Canvas, room: float) -> list[Block]:
        """What deleting it means, and both ways on."""
        texts = canvas.texts
        ask, what, label, action = "delete_ask", "delete_what", "delete", DELETE_EVERYTHING
        if self._asking == "me":
            ask, what, label, action = "delete_me_ask", "delete_me_what", "delete_me", DELETE_ME
        elif self._several:
            what = "delete_all_what"
        lines = [texts(f"settings.{what}"), texts("settings.delete_stays")]
        keep = Push(texts("settings.delete_keep"), Key.BACK, kind="primary", key="enter")
        delete = Push(texts(f"settings.{label}"), action)
        return _question(canvas, room, texts(f"settings.{ask}"), lines, (keep, delete))

    def _no_more_pictures(self, canvas: Canvas, room: float) -> list[Block]:
        """What is to become of the pictures that are kept, now that no more may be."""
        texts = canvas.texts
        lines = [texts("pictures.off_what"), texts("pictures.for_good")]
        keep = Push(texts("pictures.keep_all"), Key.BACK, kind="primary", key="enter")
        delete = Push(texts("pictures.delete_all"), DELETE_ALL)
        title = texts.count("pictures.off_ask", self.pictures)
        return _question(canvas, room, title, lines, (keep, delete))

    # -- rows ---------------------------------------------------------------------------------

    def _rows(self, canvas: Canvas, category: Category) -> list[Row]:
        return {
            "reading": self._reading,
            "sound": self._sound,
            "pace": self._pace,
            "mirror": self._mirror,
            "you": self._you,
            "privacy": self._privacy,
        }[category](canvas)

    def _reading(self, canvas: Canvas) -> list[Row]:
        texts, profile = canvas.texts, self.profile
        return [
            Row(texts("questions.language"), "", questions.language_choices(profile)),
            Row(texts("questions.text_size"), "", questions.size_choices(profile)),
            Row(texts("questions.colours"), "", questions.colour_choices(canvas, profile)),
            self._switch(canvas, "less_motion"),
        ]

    def _sound(self, canvas: Canvas) -> list[Row]:
        texts, profile = canvas.texts, self.profile
        volume = profile.settings.volume_percent
        stepper = Stepper(
            texts("settings.percent", n=volume),
            Press("volume", -1) if volume > 0 else None,
            Press("volume", 1) if volume < 100 else None,
            texts("settings.percent", n=100),
        )
        return [
            self._switch(canvas, "sounds"),
            self._switch(canvas, "captions"),
            Row(
                texts("questions.voice"),
                texts("questions.voice_said"),
                questions.switch(profile, "voice"),
            ),
            Row(texts("settings.volume"), texts("settings.volume_said"), stepper),
        ]

    def _pace(self, canvas: Canvas) -> list[Row]:
        texts, settings = canvas.texts, self.profile.settings
        slow = settings.slow_pace
        paces = Choices(
            (
                Segment(texts("settings.usual"), Change("slow_pace", False), not slow),
                Segment(texts("settings.slow"), Change("slow_pace", True), slow),
            )
        )
        return [
            Row(texts("settings.pace"), texts("settings.pace_said"), paces),
            Row(
                texts("settings.programme"),
                texts("settings.programme_said"),
                self._programme_choices(canvas),
            ),
        ]

    def _programme_choices(self, canvas: Canvas) -> Choices:
        """Those there are, the one that fits by itself, and a file of one's own if it is used."""
        names = library.words(canvas.texts.language).programme
        chosen = self.profile.settings.programme
        there = [*self._programmes]
        if chosen is not None and chosen not in there:
            there.append(chosen)
        fitting = Segment(
            canvas.texts("settings.fitting"), Change("programme", None), chosen is None
        )
        return Choices(
            (
                fitting,
                *(
                    Segment(
                        names.get(one, PurePath(one).stem), Change("programme", one), chosen == one
                    )
                    for one in there
                ),
            ),
            rows=True,
        )

    def _mirror(self, canvas: Canvas) -> list[Row]:
        texts, settings = canvas.texts, self.profile.settings
        views: tuple[StandingView, ...] = get_args(StandingView)
        choices = Choices(
            tuple(
                Segment(texts(f"settings.view_{one}"), Change("view", one), settings.view == one)
                for one in views
            ),
            rows=True,
        )
        cameras = dict(self._cameras)
        if settings.camera not in cameras:
            cameras[settings.camera] = texts("settings.other_camera", name=settings.camera)
        return [
            Row(texts("settings.view"), texts("settings.view_said"), choices),
            Row(
                texts("settings.camera"),
                "",
                Choices(
                    tuple(
                        Segment(name, Change("camera", one), settings.camera == one)
                        for one, name in cameras.items()
                    ),
                    rows=True,
                ),
            ),
            self._switch(canvas, "mirrored_camera"),
            Row(texts("settings.ipd"), texts("settings.ipd_said"), self._ipd(canvas)),
        ]

    def _ipd(self, canvas: Canvas) -> Flow:
        texts, ipd_mm = canvas.texts, self.profile.settings.ipd_mm
        stepper = Stepper(
            texts("questions.not_known") if ipd_mm is None else _millimetres(canvas, ipd_mm),
            Press("ipd", -1) if ipd_mm is None or ipd_mm > LEAST_IPD_MM else None,
            Press("ipd", 1) if ipd_mm is None or ipd_mm < MOST_IPD_MM else None,
            texts("questions.not_known"),
        )
        if ipd_mm is None:
            return Flow((stepper,))
        unknown = Push(texts("questions.not_known"), Change("ipd_mm", None), kind="plain")
        return Flow((stepper, unknown))

    def _you(self, canvas: Canvas) -> list[Row]:
        texts, profile, today = canvas.texts, self.profile, self._today
        entry = questions.name_entry(
            canvas, profile, self._writing, Press("write"), "enter" if self._writing else ""
        )
        events = [
            questions.event_row(canvas, number, one, today)
            for number, one in enumerate(profile.events)
        ]
        return [
            Row(texts("questions.name"), texts("questions.name_said"), entry),
            Row(texts("questions.side"), "", questions.side_choices(canvas, profile)),
            Row(texts("questions.stage"), "", questions.stage_choices(canvas, profile)),
            Row(
                texts("questions.since"),
                texts("questions.since_said"),
                questions.since_steppers(canvas, profile, today),
            ),
            *events,
            Row(
                texts("questions.events"),
                texts("questions.events_said"),
                questions.event_buttons(canvas),
            ),
            *self._others(canvas),
        ]

    def _others(self, canvas: Canvas) -> list[Row]:
        """The ways to somebody else's practice."""
        texts = canvas.texts
        new = Row(
            texts("settings.somebody_new"),
            texts("settings.somebody_new_said"),
            Push(texts("settings.somebody_new_further"), SOMEBODY_NEW),
        )
        if not self._several:
            return [new]
        change = Row(
            texts("settings.who"),
            texts("settings.who_said"),
            Push(texts("settings.who_further"), Go("who")),
        )
        return [change, new]

    def _privacy(self, canvas: Canvas) -> list[Row]:
        texts, profile = canvas.texts, self.profile
        pictures = Row(
            texts.count("pictures.kept", self.pictures),
            texts("pictures.kept_said"),
            Push(texts("pictures.open"), PICTURES),
        )
        return [
            Row(texts("settings.leaves_nothing"), texts("settings.leaves_nothing_said")),
            Row(texts("settings.kept_in"), control=Written(self._kept_in)),
            *(
                Row(
                    texts(f"questions.{kind}"),
                    texts(f"questions.{kind}_said"),
                    questions.consent(profile, kind),
                )
                for kind in ("results", "photographs")
            ),
            *([pictures] if self.pictures else []),
            *self._delete_me(canvas),
            Row(
                texts("settings.delete"),
                texts(f"settings.{'delete_all_said' if self._several else 'delete_said'}"),
                Push(texts("settings.delete_further"), Press("ask_delete", "everything")),
            ),
        ]

    def _delete_me(self, canvas: Canvas) -> list[Row]:
        """Where others practise too, what is kept of one person can go alone."""
        texts = canvas.texts
        if not self._several:
            return []
        return [
            Row(
                texts("settings.delete_me"),
                texts("settings.delete_me_said"),
                Push(texts("settings.delete_further"), Press("ask_delete", "me")),
            )
        ]

    def _switch(self, canvas: Canvas, setting: str) -> Row:
        texts = canvas.texts
        return Row(
            texts(f"settings.{setting}"),
            texts(f"settings.{setting}_said"),
            questions.switch(self.profile, setting),
        )


def _question(
    canvas: Canvas, room: float, title: str, lines: Sequence[str], ways: tuple[Push, Push]
) -> list[Block]:
    """A question, what it means, and both ways on."""
    styles, theme = canvas.styles, canvas.theme
    space = Block(lambda _: 16.0, lambda _: None)
    blocks = [space, words(canvas, title, styles.title, theme.ink)]
    for line in lines:
        blocks += [space, words(canvas, line, styles.large, theme.ink2)]
    return [*blocks, space, space, *Flow(ways).pieces(canvas, room)]


def _millimetres(canvas: Canvas, length_mm: float) -> str:
    number = canvas.texts.decimal(f"{length_mm:g}")
    return canvas.texts("settings.millimetres", n=number)


def _door(canvas: Canvas, category: Category) -> Block:
    """A button that leads to a category."""
    label, icon = canvas.texts(f"settings.{category}"), _ICONS[category]

    def draw(box: Box) -> None:
        action = Press("category", category)
        canvas.button(box, action, label, icon=icon, align="left")

    return Block(lambda width: canvas.button_height(label, width, icon), draw)


def _sample(canvas: Canvas) -> Block:
    """A cue as it looks in a practice."""
    text, style = canvas.texts("settings.sample"), canvas.styles.title
    pad = 28.0 if not canvas.stacked else 16.0

    def draw(box: Box) -> None:
        place = Box(box.x, box.y + 8, box.w, box.h - 8)
        canvas.panel(place, 24, canvas.theme.bg, canvas.theme.line)
        ink, room = canvas.theme.ink, box.w - 2 * pad
        y = place.middle[1] - canvas.text_height(text, style, room) / 2
        canvas.paragraph(text, box.x + pad, y, style, ink, room)

    return Block(lambda w: 8 + canvas.text_height(text, style, w - 2 * pad) + _SAMPLE_H, draw)
