"""`tmp verify DIR`: is a folder of a batch as it was built?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from tmp_builder.cli.output import Talk, print_json
from tmp_builder.errors import TmpError, UsageError
from tmp_builder.findings import both, spoken

if TYPE_CHECKING:
    from tmp_builder.batch.manifest import Manifest
    from tmp_builder.batch.proof import Held, Rebuilt

CARRIERS = (".docx", ".pdf")


def verify_folder(
    talk: Talk,
    folder: Path,
    members: Path | None,
    plans: tuple[Path, ...],
    many: str,
    library: Path | None,
    styles: tuple[Path, ...],
    *,
    as_json: bool,
) -> int:
    """Hold every file against the manifest; build a sample of the sets, or all, again and compare bytes. 1 where something differs.

    With table and plan every paper is built from them; without, the texts that carry their recipe are built from that.
    """
    from tmp_builder.batch.proof import AS_BUILT, held, manifest_of, sample

    manifest = manifest_of(folder)
    found = tuple(held(folder, manifest))
    wanted = sample(manifest, _number(many), () if members is not None else CARRIERS)
    if members is not None:
        again = tuple(_from_table(manifest, folder, members, plans, library, styles, wanted))
    else:
        again = tuple(_from_recipes(manifest, folder, library, wanted))
    wrong = [each for each in found if each.state != AS_BUILT]
    differing = [each for each in again if not each.same]
    if as_json:
        print_json(_data(folder, found, again, from_table=members is not None))
    else:
        _say(talk, found, wrong, again, differing)
    return 1 if wrong or differing else 0


def _number(text: str) -> int | None:
    from tmp_builder.batch.proof import SAMPLE

    if text == "all":
        return None
    if text and not text.isdigit():
        raise UsageError(
            both("--sample {text}: no number", "--sample {text}：不是数字", text=text),
            both("Write a number of sets, or all.", "请写套数，或者写all。"),
        )
    return int(text) if text else SAMPLE


def _from_table(
    manifest: Manifest,
    folder: Path,
    members: Path,
    plans: tuple[Path, ...],
    library: Path | None,
    styles: tuple[Path, ...],
    wanted: tuple[str, ...],
) -> Iterable[Rebuilt]:
    from tmp_builder.batch.proof import SAMPLE, rebuilt, request_of
    from tmp_builder.cli.batch import pool_for
    from tmp_builder.writers.house import read_house

    request = request_of(manifest, folder, members, plans, library, house=read_house(styles))
    return rebuilt(request, manifest, wanted, pool_for(1 if len(wanted) <= SAMPLE else None))


def _from_recipes(manifest: Manifest, folder: Path, library: Path | None, wanted: tuple[str, ...]) -> Iterable[Rebuilt]:
    """One copy of each text of the sample, built again from the recipe inside it."""
    from tmp_builder.batch.jobs import told
    from tmp_builder.batch.manifest import safe_path
    from tmp_builder.batch.proof import Rebuilt
    from tmp_builder.verify import verify

    seen: set[str] = set()
    for ident in wanted:
        for file in manifest.entries[ident].files:
            path = safe_path(folder, file.path)
            if file.paper != "tmp" or file.sha256 in seen or path is None or path.suffix not in CARRIERS or not path.is_file():
                continue
            seen.add(file.sha256)
            try:
                yield Rebuilt(file.path, verify(path, None, library).same_bytes)
            except TmpError as fault:
                yield Rebuilt(file.path, False, told(fault))


def _data(folder: Path, found: Iterable[Held], again: Iterable[Rebuilt], *, from_table: bool) -> dict[str, object]:
    return {
        "folder": str(folder),
        "files": [{"path": each.file.path, "state": each.state} for each in found],
        "rebuilt": [{"path": each.path, "same_bytes": each.same, "fault": each.fault} for each in again],
        "against": "table" if from_table else "recipe",
    }


def _say(talk: Talk, found: tuple[Held, ...], wrong: list[Held], again: tuple[Rebuilt, ...], differing: list[Rebuilt]) -> None:
    words = {
        "missing": talk.pick("missing", "缺失"),
        "differs": talk.pick("not as built", "与生成时不一致"),
        "outside": talk.pick("outside the folder", "位于文件夹之外"),
    }
    colon = talk.pick(": ", "：")
    for each in wrong:
        talk.result(f"{words[each.state]}{colon}{each.file.path}")
    for other in differing:
        said = " ".join(spoken(other.fault, talk.language).split())
        why = talk.pick(f" ({said})", f"（{said}）") if said else ""
        talk.result(f"{talk.pick('built again, the bytes differ', '重新生成后字节不同')}{colon}{other.path}{why}")
    right = len(found) - len(wrong)
    talk.say(
        talk.pick(f"{right} of {len(found)} files are as the manifest says.", f"{len(found)}个文件中有{right}个与清单一致。")
    )
    if not again:
        talk.say(
            talk.pick(
                "No paper was built again; for that name the table and the plan (--members, --base).",
                "未重新生成任何文件；如需重新生成并比对，请指定成员表和计划（--members、--base）。",
            )
        )
        return
    same = len(again) - len(differing)
    talk.say(
        talk.pick(
            f"{same} of {len(again)} built again are the same, byte for byte.",
            f"重新生成的{len(again)}个中有{same}个逐字节相同。",
        )
    )
