"""The window's own few words; what is said to the person lives with the exercises."""

from __future__ import annotations

LEFT = "Left"
RIGHT = "Right"
RISE = "Rise"
HOLD = "Hold"
LET_GO = "Let go"

PAUSE = "Pause"
PAUSE_KEY = "Space"
PAUSED = "A short pause"
RESUMES = "I will go on by myself when I see you well."
GO_ON = "Go on"
GO_ON_KEY = "Enter"
END = "End for today"
END_KEY = "E"

REST_CALM = "Nothing to do for a moment."
REST_HOW = "Jaw soft. Eyes open. Breathe out."

YES = "Yes"
YES_KEY = "1"
NO = "No"
NO_KEY = "2"

MORE = "and {} more"
FINISH = "Finish"
FINISH_KEY = "Enter"
CLOSE = "Close"
CLOSE_KEY = "Esc"

GOOD_TO_KNOW = "Good to know"
NEXT = "Next"
UNDERSTOOD = "I understand"
SAFETY_AGAIN = "F1 shows this again at any time."

ONE_SIDE = "one side"
EVEN = "even"
NOT_MEASURABLE = "not measurable yet"
