"""The report: what the practices say, in plain words on top and in full for the therapist below.

::

    material ──► chapters ──► content ──► page
    what is kept  what it says  plain values  one HTML file

`material` is read from the store or from one score; the chapters are pure; `page` knows HTML.
"""
