"""Reads a report as a browser or a screen reader would."""

import re
from html.parser import HTMLParser

VOID = {"meta", "img", "br", "hr", "input", "link", "circle", "path"}


class Page(HTMLParser):
    """Every element of a page with its attributes, and the text that is seen."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.html = html
        self.elements, self.open, self.text, self.wrong = [], [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"{tag} says something twice: {names}"
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.open or self.open[-1] != tag:
            self.wrong.append((tag, list(self.open)))
        else:
            self.open.pop()

    def handle_data(self, data):
        if not {"style", "title"} & set(self.open):
            self.text.append(data)

    @property
    def words(self):
        """All text, its white space as one blank."""
        return re.sub(r"\s+", " ", " ".join(self.text).replace("\u00a0", " "))

    def named(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def outline_of(html):
    """Levels and texts of the headings, in order."""
    found = re.findall(r"<h([1-6])[^>]*>(.*?)</h\1>", html, re.S)
    return [(int(level), re.sub(r"<[^>]+>", "", text).strip()) for level, text in found]
