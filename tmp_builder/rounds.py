"""Rounds of a negotiation: a draft is frozen with its number, and a log says who was sent which file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from tmp_builder import pipeline
from tmp_builder.errors import EngineError, PlanError, UsageError
from tmp_builder.findings import Fault, Place, both
from tmp_builder.library.marked import read_marked_file
from tmp_builder.plan.schema import Plan
from tmp_builder.plan.source import ENDING
from tmp_builder.plan.writing import edit, write_atomically

FOLDER = "drafts"
LOG = "log.yaml"


class Sent(Struct, frozen=True):
    """One entry of the log: which draft went to whom on which date, with the SHA-256 of every file."""

    version: int
    to: str
    dated: str
    audience: str
    fingerprint: str
    files: Mapping[str, str]


def circulate(plan_path: Path, to: str, options: pipeline.Options, library: Path | None = None) -> tuple[Sent, Path, int]:
    """Raise the plan's version, build it, keep the set in `drafts/NNN/`, and log that it goes to `to`.

    The frozen set holds the files and the plan as sent. The answer is the entry of the log, the folder, and how many errors the
    draft has. Raises UsageError for a set that is not to be sent out, PlanError for a signed plan, EngineError where the folder
    of that draft exists already; then nothing is changed.
    """
    _refuse_set(to, options)
    plan, found = pipeline.read(plan_path, library)
    _refuse_signed(plan)
    plan = replace(plan, version=plan.version + 1)
    folder = plan_path.parent / FOLDER / f"{plan.version:03d}"
    _refuse_kept(folder, plan.version)
    checked = pipeline.examine(plan, found, options)
    files = pipeline.render(checked, options)
    names = pipeline.targets(plan_path, folder, checked, options)
    raised = edit(plan_path.read_text(encoding="utf-8"), {"version": plan.version}).encode()
    for form, content in files.items():
        write_atomically(names[form], content)
    write_atomically(folder / plan_path.name, raised)
    sent = Sent(
        version=plan.version,
        to=to.strip(),
        dated=checked.document.imprint.dated,
        audience=options.audience,
        fingerprint=checked.document.imprint.fingerprint,
        files={names[form].name: hashlib.sha256(content).hexdigest() for form, content in files.items()},
    )
    _log(plan_path.parent / FOLDER / LOG, sent)
    write_atomically(plan_path, raised)
    return sent, folder, len(checked.errors)


def _refuse_set(to: str, options: pipeline.Options) -> None:
    if not to.strip():
        raise UsageError(
            both("--circulate needs a recipient", "--circulate须写明收件方"),
            both("Write --circulate 'the Chinese Side'.", "写作--circulate '中方'。"),
        )
    if options.audience == "internal":
        raise UsageError(
            both("a set for your own house is not circulated", "供己方内部使用的文件不对外送交"),
            both(
                "It holds the whole plan. Leave out --for internal and --edition.",
                "其中含有计划全文。请去掉--for internal和--edition。",
            ),
        )


def _refuse_signed(plan: Plan) -> None:
    if plan.status == "signed":
        raise PlanError(
            [
                Fault(
                    plan.place("status"),
                    both("a signed plan is not circulated again", "已签署的计划不再送交"),
                    both("Copy it to a new plan to amend it.", "如需修改，请另存为新计划。"),
                )
            ]
        )


def _refuse_kept(folder: Path, version: int) -> None:
    if folder.exists():
        raise EngineError(
            both("{folder} exists already", "{folder}已存在", folder=folder),
            both(
                "Draft {version} was kept before; set version: in the plan to the last draft sent.",
                "第{version}稿此前已留存；请将计划中的version:改为最近送交的稿次。",
                version=version,
            ),
        )


def read_log(plan_path: Path) -> list[Sent]:
    """What was sent of the plan at `plan_path`, oldest first; empty where nothing was."""
    path = plan_path.parent / FOLDER / LOG
    if not path.is_file():
        return []
    marked = read_marked_file(path, str(path))
    if marked.faults or not isinstance(marked.data, list):
        raise PlanError(marked.faults or [Fault(Place(str(path)), both("is no list of drafts", "不是稿件记录"))])
    return [_sent(entry, str(path)) for entry in marked.data]


def _sent(entry: object, shown: str) -> Sent:
    try:
        assert isinstance(entry, dict)
        files = {str(name): str(digest) for name, digest in entry["files"].items()}
        return Sent(int(entry["version"]), entry["to"], entry["dated"] or "", entry["for"], entry["fingerprint"], files)
    except (AssertionError, KeyError, ValueError, AttributeError):
        raise PlanError(
            [
                Fault(
                    Place(shown),
                    both("has an entry that cannot be read", "有无法读取的条目"),
                    both(
                        "Entries hold version, to, dated, for, fingerprint, files.",
                        "条目含version、to、dated、for、fingerprint、files。",
                    ),
                )
            ]
        ) from None


def find(plan_path: Path, file: Path, fingerprint: str = "") -> list[Sent]:
    """The entries of the log for a file that came back: by its bytes, else by the fingerprint of its text."""
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    log = read_log(plan_path)
    exact = [sent for sent in log if digest in sent.files.values()]
    return exact or [sent for sent in log if fingerprint and sent.fingerprint == fingerprint]


def went_as(sent: Sent, file: Path) -> str:
    """The name under which these very bytes were sent with a draft; empty where they were not."""
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return next((name for name, each in sent.files.items() if each == digest), "")


def kept_with(file: Path) -> Path | None:
    """The plan whose log knows a file that lies where its draft was kept, `drafts/NNN/`; None for one that lies elsewhere."""
    folder = file.resolve().parent
    if folder.parent.name != FOLDER:
        return None
    return next((folder.parent.parent / kept.name for kept in sorted(folder.glob(f"*{ENDING}"))), None)


def _log(path: Path, sent: Sent) -> None:
    import yaml

    entry = {
        "version": sent.version,
        "to": sent.to,
        "dated": sent.dated,
        "for": sent.audience,
        "fingerprint": sent.fingerprint,
        "files": dict(sent.files),
    }
    before = (
        path.read_text(encoding="utf-8")
        if path.is_file()
        else "# Who was sent which draft. Written by the program; keep it with the plan.\n"
    )
    added = yaml.safe_dump([entry], sort_keys=False, allow_unicode=True, width=1000)
    write_atomically(path, (before + added).encode())
