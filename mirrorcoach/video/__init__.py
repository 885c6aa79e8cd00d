"""Recordings: scoring one, scoring many, and writing an annotated one."""
