"""What the other side marked in a Word file: its tracked changes and comments, each with author, date and the clause it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from tmp_builder.findings import both
from tmp_builder.readers.docx import labels_of, main_part
from tmp_builder.readers.labels import Labels
from tmp_builder.readers.package import NotReadable, Package, open_package
from tmp_builder.readers.story import control_name
from tmp_builder.readers.words import child, local, value, w

MAX_ISSUES = 50_000
MAX_QUOTED = 2_000
"""So many characters of the words a comment speaks of are kept."""
MAX_OPEN = 200
"""So many comments may speak of the same words at a time."""
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_RUNS = {"ins": "inserted", "del": "deleted", "moveFrom": "moved away", "moveTo": "moved here"}
_ROWS = {"ins": "row inserted", "del": "row deleted"}
_CELLS = {"cellIns": "cell inserted", "cellDel": "cell deleted"}
_MARKS = {"ins": "paragraph split", "del": "paragraphs joined"}


class Where(Struct, frozen=True):
    """The paragraph in which something stands: its number, the heading above it, its bookmarks and the control around it."""

    label: str = ""
    heading: str = ""
    bookmarks: tuple[str, ...] = ()
    control: str = ""


class Issue(Struct, frozen=True):
    """A tracked change or a comment. `old` and `new` are the words deleted and inserted; of a comment `old` are those it speaks of.

    `kind` is comment, reply, inserted, deleted, replaced, moved away, moved here, row or cell inserted or deleted, paragraph split or
    paragraphs joined. `date` is as the file has it (ISO), `answers` the id of the comment that a reply belongs to.
    """

    kind: str
    author: str
    date: str
    where: Where
    old: str = ""
    new: str = ""
    id: str = ""
    answers: str = ""
    resolved: bool = False


def read_markup(path: Path) -> tuple[Issue, ...]:
    """Every tracked change and comment of the Word file at `path`, in reading order. Raises NotReadable with one clear sentence."""
    with open_package(path) as package:
        walk = _Markup(package, labels_of(package))
        walk.story(main_part(package))
        for kind in ("footnotes", "endnotes"):
            for name in package.related(package.main, kind)[:1]:
                walk.story(package.xml(name))
        return tuple(walk.found)


class _Markup(Struct):
    package: Package
    labels: Labels
    found: list[Issue] = field(default_factory=list)
    where: Where = field(default_factory=Where)
    level: int = 0
    ranges: dict[str, str] = field(default_factory=dict)
    comments: dict[str, Issue] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.comments = _comments(self.package)

    def story(self, root: Any) -> None:
        """Every paragraph below `root`; rows and cells that came or went are one issue each."""
        whole: Any = None
        for node in root.iter(w("tr"), w("tc"), w("p")) if root is not None else ():
            if whole is not None and whole in node.iterancestors():
                continue
            whole = None
            if local(node) == "p":
                self._paragraph(node)
            elif issue := self._table_part(node):
                self._add(issue)
                whole = node

    def _add(self, issue: Issue) -> None:
        if len(self.found) >= MAX_ISSUES:
            raise NotReadable(
                self.package.shown,
                both("has more than {most} tracked changes and comments", "修订和批注超过{most}处", most=f"{MAX_ISSUES:,}"),
            )
        self.found.append(issue)

    def _table_part(self, node: Any) -> Issue | None:
        kinds = _ROWS if local(node) == "tr" else _CELLS
        for tag, kind in kinds.items():
            mark = child(node, f"{local(node)}Pr", tag)
            if mark is not None:
                text = " | ".join(filter(None, (_text(each).strip() for each in node.iter(w("p")))))
                old, new = (text, "") if tag.endswith(("del", "Del")) else ("", text)
                return Issue(kind, *_by(mark), self.where, old, new, mark.get(w("id"), ""))
        return None

    def _paragraph(self, node: Any) -> None:
        properties = child(node, "pPr")
        style = value(properties, "pStyle")
        label = self.labels.next(properties, style)
        names = tuple(mark.get(w("name"), "") for mark in node.iter(w("bookmarkStart")))
        control = next((name for each in node.iterancestors(w("sdt")) if (name := control_name(each))), "")
        heading, level = self.where.heading, self.labels.styles.outline(style)
        if level:
            own = " ".join(filter(None, (label, _text(node).strip())))
            # Headings one below the other on one level are one heading in two languages.
            heading = f"{heading} / {own}" if level == self.level else own
        self.level = level
        self.where = Where(label, heading, names, control)
        before = len(self.found)
        self._runs(node)
        for tag, kind in _MARKS.items():
            mark = child(properties, "rPr", tag)
            if mark is not None and len(self.found) == before:
                self._add(Issue(kind, *_by(mark), self.where, id=mark.get(w("id"), "")))

    def _runs(self, node: Any) -> None:
        last: Issue | None = None
        for each in node.iter():
            name = local(each)
            if name in _RUNS and each.get(w("author")) is not None and (text := _own_text(each, name)):
                last = self._revision(each, _RUNS[name], text, last)
            elif name in ("t", "delText"):
                self._quote(each.text or "")
                if next(each.iterancestors(*map(w, _RUNS)), None) is None:
                    last = None
            elif name == "commentRangeStart" and each.get(w("id"), "") in self.comments and len(self.ranges) < MAX_OPEN:
                self.ranges[each.get(w("id"), "")] = ""
            elif name == "commentReference":
                self._comment(each.get(w("id"), ""))

    def _revision(self, node: Any, kind: str, text: str, last: Issue | None) -> Issue:
        """A deletion and an insertion side by side, by one person, are one replacement."""
        author, date = _by(node)
        old, new = (text, "") if kind in ("deleted", "moved away") else ("", text)
        issue = Issue(kind, author, date, self.where, old, new, node.get(w("id"), ""))
        if last is not None and last is self.found[-1] and last.author == author:
            joined = replace(last, old=last.old + issue.old, new=last.new + issue.new)
            if {last.kind, kind} <= {"inserted", "deleted", "replaced"}:
                self.found[-1] = replace(joined, kind=kind if last.kind == kind else "replaced")
                return self.found[-1]
        self._add(issue)
        return issue

    def _quote(self, text: str) -> None:
        for ident, words in self.ranges.items():
            if len(words) < MAX_QUOTED:
                self.ranges[ident] = words + text

    def _comment(self, ident: str) -> None:
        if ident in self.comments:
            self._add(replace(self.comments[ident], where=self.where, old=self.ranges.pop(ident, "")[:MAX_QUOTED].strip()))


def _by(node: Any) -> tuple[str, str]:
    return node.get(w("author"), ""), node.get(w("date"), "")


def _text(node: Any) -> str:
    return "".join(each.text or "" for each in node.iter(w("t"), w("delText")))


def _own_text(node: Any, name: str) -> str:
    """What a revision itself inserts or deletes: what another person deleted inside an insertion is that person's."""
    return "".join(_said(node, (name, "r", "hyperlink", "sdt", "sdtContent", "smartTag", "fldSimple")))


def _said(node: Any, through: tuple[str, ...]) -> Iterator[str]:
    for each in node:
        if local(each) in ("t", "delText"):
            yield each.text or ""
        elif local(each) in ("tab", "br"):
            yield " "
        elif local(each) in through[1:]:
            yield from _said(each, through)


def _comments(package: Package) -> dict[str, Issue]:
    """The comments of a file by their ids; replies with the id of the comment they answer."""
    names = package.related(package.main, "comments")
    root = package.xml(names[0]) if names else None
    threads = _threads(package)
    found: dict[str, Issue] = {}
    by_paragraph: dict[str, str] = {}
    for node in root.iter(w("comment")) if root is not None else ():
        ident = node.get(w("id"), "")
        paragraphs = list(node.iter(w("p")))
        by_paragraph |= {each.get(f"{_W14}paraId", ""): ident for each in paragraphs}
        parent, done = threads.get(paragraphs[-1].get(f"{_W14}paraId", "") if paragraphs else "", ("", False))
        said = "\n".join(text for each in paragraphs if (text := _text(each).strip()))
        answers = by_paragraph.get(parent, "") if parent else ""
        kind = "reply" if answers else "comment"
        found[ident] = Issue(kind, *_by(node), Where(), new=said, id=ident, answers=answers, resolved=done)
    return found


def _threads(package: Package) -> dict[str, tuple[str, bool]]:
    """For each last paragraph of a comment the paragraph of the comment that it answers, and whether the thread is resolved."""
    found = {}
    for name in package.related(package.main, "commentsExtended")[:1]:
        root = package.xml(name)
        for node in root.iter(f"{_W15}commentEx") if root is not None else ():
            done = node.get(f"{_W15}done", "0") not in ("0", "false")
            found[node.get(f"{_W15}paraId", "")] = (node.get(f"{_W15}paraIdParent", ""), done)
    return found
