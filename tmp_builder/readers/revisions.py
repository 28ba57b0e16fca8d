"""A plan as it stood in a revision of Git: its file and the tables it names, and the list of the revisions that changed it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from msgspec import Struct

from tmp_builder.errors import EngineError, UsageError
from tmp_builder.findings import both

_REVISION = re.compile(r"[\w@][\w./~^@{}+-]*")
"""What a revision may be called; it never begins with a dash, so Git cannot take it for an option."""

_TABLES = (".csv", ".xlsx", ".yaml", ".yml")
_OVERLAY = re.compile(r"^overlay:\s*[\"']?(?:\./)?([^\"'\s#]+)", re.MULTILINE)
MAX_BYTES = 20_000_000
MAX_FILES = 2_000
SECONDS = 60


class Revision(Struct, frozen=True):
    """One commit that changed a plan: its hash, author, day (ISO) and first line."""

    commit: str
    author: str
    day: str
    subject: str

    @property
    def short(self) -> str:
        """The first ten characters of the hash."""
        return self.commit[:10]


def is_revision(target: str) -> bool:
    """Whether `target` is written as REV:path and names no file (a drive letter of Windows is no revision)."""
    head, colon, path = target.partition(":")
    return bool(colon and len(head) > 1 and path and _REVISION.fullmatch(head)) and not Path(target).exists()


@contextmanager
def at_revision(target: str, folder: Path) -> Iterator[Path]:
    """The plan of `REV:path`, copied with its tables into a temporary folder; `folder` is where the command was called.

    The path counts from the top of the repository, else from `folder`. Nothing of the working tree is touched. Raises UsageError for
    what Git does not know, EngineError where Git is missing.
    """
    revision, _, path = target.partition(":")
    commit = commit_of(revision, folder)
    top = PurePosixPath(_git(folder, "rev-parse", "--show-prefix").decode().strip() or ".")
    known = [PurePosixPath(path), top / path]
    plan = next((each for each in known if ".." not in each.parts and _exists(folder, commit, each)), None)
    if plan is None:
        raise UsageError(
            both("{revision} has no file “{path}”", "{revision}中没有文件“{path}”", revision=revision, path=path),
            both(
                "Write the path as Git does: git ls-tree -r --name-only REV",
                "请按Git的写法填写路径：git ls-tree -r --name-only REV",
            ),
        )
    with TemporaryDirectory() as copy:
        yield _copy(folder, commit, plan, Path(copy))


def commit_of(revision: str, folder: Path) -> str:
    """The hash of a revision. Raises UsageError where Git does not know it."""
    if not _REVISION.fullmatch(revision):
        raise UsageError(
            both("“{revision}” is no revision", "“{revision}”不是修订版本", revision=revision),
            both("Write a commit, a tag or a branch: HEAD~3:plan.yaml", "请写明提交、标签或者分支：HEAD~3:plan.yaml"),
        )
    try:
        return _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    except _GitError:
        hint = "Call the command inside the repository; see its revisions with: git log --oneline"
        raise UsageError(
            both("Git knows no revision “{revision}” here", "Git在此处没有修订版本“{revision}”", revision=revision), hint
        ) from None


def revisions_of(path: Path) -> list[Revision]:
    """The commits that changed the file at `path`, oldest first; empty where it is in no repository or was never committed."""
    try:
        return _log(path.resolve().parent, "--reverse", "--", path.name)
    except _GitError:
        return []


def revision_of(target: str, folder: Path) -> Revision:
    """The commit that `REV:path` names: who made it and when. Raises UsageError where Git does not know it."""
    return _log(folder, "--max-count=1", commit_of(target.partition(":")[0], folder))[0]


def _log(folder: Path, *arguments: str) -> list[Revision]:
    out = _git(folder, "log", "--format=%H%x1f%an%x1f%as%x1f%s%x1e", *arguments).decode(errors="replace")
    rows = [entry.strip("\n").split("\x1f") for entry in out.split("\x1e") if entry.strip()]
    return [Revision(*row) for row in rows if len(row) == 4]


def prefix_of(path: Path) -> str:
    """The path of a file from the top of its repository, as Git writes it."""
    return _git(path.resolve().parent, "rev-parse", "--show-prefix").decode().strip() + path.name


# ── how Git is called ───────────────────────────────────────────────────────────────────────────────────────────────


class _GitError(UsageError):
    """Git answered that it cannot."""


def _git(folder: Path, *arguments: str) -> bytes:
    """What Git prints. It runs no hook, pager, filter or text conversion for these commands, and asks nothing."""
    command = ["git", "--no-pager", "--literal-pathspecs", "-c", "core.fsmonitor=false", "-c", "core.quotepath=off", *arguments]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=SECONDS, stdin=subprocess.DEVNULL)
    except FileNotFoundError:
        raise EngineError(
            both("Git is not installed, and a revision was named", "写明了修订版本，但未安装Git"),
            both("Install Git, or name two files.", "请安装Git，或者写明两个文件。"),
        ) from None
    except subprocess.TimeoutExpired:
        raise EngineError(
            both("Git did not answer within a minute", "Git在一分钟内没有响应"),
            both("Try again, or check out the revision yourself.", "请重试，或者自行签出该修订版本。"),
        ) from None
    if done.returncode:
        raise _GitError(f"Git cannot read this: {done.stderr.decode(errors='replace').strip()[:200]}")
    return done.stdout


def _exists(folder: Path, commit: str, path: PurePosixPath) -> bool:
    try:
        return _git(folder, "cat-file", "-t", f"{commit}:{path}").strip() == b"blob"
    except _GitError:
        return False


def _copy(folder: Path, commit: str, plan: PurePosixPath, copy: Path) -> Path:
    """The plan and what it names, in `copy`: links and anything that is no plain file are left out."""
    text = _blob(folder, commit, plan)
    target = copy / plan.name
    target.write_bytes(text)
    for name in _named(folder, commit, plan.parent, text.decode(errors="replace")):
        if name != plan.name:
            place = copy / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(_blob(folder, commit, plan.parent / name))
    return target


def _named(folder: Path, commit: str, parent: PurePosixPath, text: str) -> list[str]:
    """The files below the plan's folder whose path the plan writes, and those of its overlay."""
    tree = commit if str(parent) == "." else f"{commit}:{parent}"
    entries = _git(folder, "ls-tree", "-r", "-z", "--full-tree", tree).decode(errors="replace").split("\0")
    overlay = [f"{name.rstrip('/')}/" for name in _OVERLAY.findall(text)]
    found = []
    for entry in filter(None, entries):
        about, _, name = entry.partition("\t")
        wanted = (name.endswith(_TABLES) and name in text) or any(name.startswith(each) for each in overlay)
        if wanted and about.startswith("100") and ".." not in PurePosixPath(name).parts:
            found.append(name)
    if len(found) > MAX_FILES:
        raise UsageError(
            both(
                "the plan of this revision names more than {max_files} files",
                "该修订版本的计划引用的文件超过{max_files}个",
                max_files=MAX_FILES,
            )
        )
    return found


def _blob(folder: Path, commit: str, path: PurePosixPath) -> bytes:
    size = int(_git(folder, "cat-file", "-s", f"{commit}:{path}"))
    if size > MAX_BYTES:
        raise UsageError(
            both(
                "{path} is larger than {limit} MB in this revision",
                "{path}在该修订版本中大于{limit} MB",
                path=path,
                limit=MAX_BYTES // 1000000,
            )
        )
    return _git(folder, "cat-file", "blob", f"{commit}:{path}")
