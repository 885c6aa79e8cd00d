"""From movement to coaching: what was asked, and how well it went.

This room knows no camera and no screen, and reads nothing but exercise, programme and word files.
"""
