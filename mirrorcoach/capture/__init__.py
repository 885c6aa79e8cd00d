"""Where pictures come from: every source of timed frames looks the same from outside."""
