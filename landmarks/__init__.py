"""From pixels to measured movement.

This room knows no exercise, no screen and no disk. Start at `landmarks.meter.FaceMeter`.
Sides are anatomical everywhere: ``left`` is the person's left.
"""
