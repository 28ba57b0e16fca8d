"""A folder as a library: everything held against everything, all faults in one report; a house's own cards over it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.libraries import CARD, FILES, JOINT, KEEP, under
from tmp_builder.errors import LibraryError
from tmp_builder.library.reader import fingerprint_of, read_library
from tmp_builder.library.schema import Library

Build = Callable[[Mapping[str, str]], Path]


def faults_of(folder: Path, overlay: Path | None = None) -> list[str]:
    """The faults of a library, as a person reads them, without the folder."""
    with pytest.raises(LibraryError) as caught:
        read_library(folder, overlay)
    return [str(fault).replace(f"{folder}/", "").replace(f"{overlay}/", "overlay/") for fault in caught.value.faults]


def changed(**files: tuple[str, str]) -> dict[str, str]:
    """FILES with a piece of a file replaced: `owner_section=(old, new)`; the key is the path with `_` for `/`."""
    out = dict(FILES)
    for key, (old, new) in files.items():
        name = next(path for path in FILES if path.replace("/", "_").rpartition(".")[0] == key)
        assert old in out[name], (name, old)
        out[name] = out[name].replace(old, new)
    return out


def test_a_folder_becomes_a_library(build_tree: Build) -> None:
    library = read_library(build_tree(FILES))
    assert library.label == "house 1.0.0"
    assert list(library.sections) == ["owner", "paper"]
    assert list(library.options) == ["owner.employer", "owner.joint", "paper.keep"]
    assert library.sections["owner"].slots[0].high == 1
    assert library.profiles["plain"].choices == {"owner": ("owner.employer",), "paper": ("paper.keep",)}
    assert library.territories["NO"]["en"] == "Norway"
    assert library.fingerprint.startswith("v1:")
    assert library.parameter("owner.employer.report_days") is not None
    assert library.parameter("owner.employer.nothing") is None


FAULTS: list[tuple[str, dict[str, str], list[str]]] = [
    ("a file is missing", {key: text for key, text in FILES.items() if key != "terms.yaml"}, ["terms.yaml: is missing"]),
    (
        "a section in the outline without a folder",
        changed(outline=("[owner, paper]", "[owner, papre, paper]")),
        ["outline.yaml:1:1: the section “papre” has no folder, did you mean “paper”?"],
    ),
    (
        "a folder that the outline does not name",
        changed(outline=("[owner, paper]", "[owner]")),
        ["paper: is not in outline.yaml"],
    ),
    (
        "an option without a card",
        changed(owner_section=("options: [employer, joint]", "options: [employer, joint, sponsor]")),
        ["owner/section.yaml:1:1: the option “owner.sponsor” has no card"],
    ),
    (
        "an option in two slots",
        changed(
            paper_section=(
                "options: [keep]\n",
                "options: [keep]\n  - {id: more, label: {en: M, zh: 多}, pick: any, options: [keep]}\n",
            )
        ),
        ["the option “paper.keep” stands in two slots"],
    ),
    (
        "a need of nothing",
        changed(owner_joint=("needs: [paper.keep]", "needs: [paper.kept]")),
        ["unknown option “paper.kept”, did you mean “paper.keep”?"],
    ),
    (
        "a need of an unknown schedule",
        changed(owner_joint=("needs: [paper.keep]", "needs: [{schedule: registre}]")),
        ["unknown schedule “registre”"],
    ),
    (
        "a need of an unknown value",
        changed(owner_joint=("needs: [paper.keep]", "needs: [{value: {owner.employer.days: 5}}]")),
        ["unknown parameter “owner.employer.days”"],
    ),
    (
        "a condition on a value the card has not",
        changed(owner_joint=("needs: [paper.keep]", "needs: [{option: paper.keep, if-value: {x: 1}}]")),
        ["if-value: the card has no parameter “x”"],
    ),
    (
        "an unknown source",
        changed(owner_joint=("{source: LAW}", "{source: LEX}")),
        ["owner/joint.md:1: unknown source “LEX”"],
    ),
    (
        "an unknown code of whom it favours",
        changed(owner_joint=("favours: [all]", "favours: [everybody]")),
        ["favours: unknown code “everybody”"],
    ),
    ("a profile with an unknown option", changed(profiles_plain=("[employer]", "[employe]")), ["unknown option “owner.employe”"]),
    (
        "a profile with an unknown value",
        changed(profiles_plain=("choices:", "parameters: {owner.employer.day: 5}\nchoices:")),
        ["unknown parameter “owner.employer.day”"],
    ),
    (
        "a slot that picks in no known way",
        changed(owner_section=("pick: one", "pick: two")),
        ["slots.0.pick: 'two' is not one of one, at-most-one, some, any"],
    ),
    (
        "a column of an unknown kind",
        changed(schedules=("type: party", "type: partie")),
        ["'partie' is not one of", "did you mean “party”?"],
    ),
    (
        "two schedules with one id",
        changed(schedules=("schedules:\n", "schedules:\n" + FILES["schedules.yaml"].partition("\n")[2])),
        ["stands twice"],
    ),
    ("two terms with one id", changed(terms=("id: records", "id: members")), ["terms.yaml:5:5: the id “members” stands twice"]),
]


@pytest.mark.parametrize(("files", "words"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_a_fault_of_the_folder_names_file_and_cause(files: dict[str, str], words: list[str], build_tree: Build) -> None:
    found = "\n".join(faults_of(build_tree(files)))
    assert all(word in found for word in words), found


def test_all_faults_of_a_folder_come_in_one_report_sorted_by_file(build_tree: Build) -> None:
    files = changed(owner_joint=("favours: [all]", "favors: [all]"), terms=("term: {en: Member,", "trem: {en: Member,"))
    found = faults_of(build_tree(files | {"paper/keep.md": KEEP.replace("## 中文", "## Chinese")}))
    assert [line.partition(":")[0] for line in found] == sorted(line.partition(":")[0] for line in found)
    assert {line.partition(":")[0] for line in found} >= {"owner/joint.md", "paper/keep.md", "terms.yaml"}


def test_a_folder_that_is_none_is_said_to_be_none(tmp_path: Path) -> None:
    assert "is no folder of a clause library" in faults_of(tmp_path / "none")[0]


def test_a_card_that_no_slot_names_is_an_add_on(build_tree: Build) -> None:
    library = read_library(build_tree(changed(owner_section=("options: [employer, joint]", "options: [employer]"))))
    assert [(slot.id, slot.pick, slot.options) for slot in library.sections["owner"].slots] == [
        ("owner", "one", ("owner.employer",)),
        ("add-ons", "any", ("owner.joint",)),
    ]


# ── a house's own cards ─────────────────────────────────────────────────────────────────────────────────────────────


def overlaid(build_tree: Build, files: dict[str, str]) -> Library:
    root = build_tree(under("base", FILES) | under("own", files))
    return read_library(root / "base", root / "own")


def test_a_card_with_the_same_id_replaces_and_is_listed(build_tree: Build) -> None:
    library = overlaid(build_tree, {"owner/employer.md": CARD.replace("The employer owns", "The house rule")})
    assert library.options["owner.employer"].label["en"] == "The house rule"
    assert library.replaced == ("owner.employer",)


def test_a_card_with_a_new_id_becomes_one_more_add_on(build_tree: Build) -> None:
    library = overlaid(build_tree, {"paper/shred.md": KEEP.replace("pap.keep", "pap.shred"), "owner/house.md": CARD})
    assert library.sections["paper"].options == ("paper.keep", "paper.shred")
    assert [slot.pick for slot in library.sections["owner"].slots] == ["one", "any"], (
        "a section without add-ons gets a slot for them"
    )
    assert library.replaced == ()


def test_a_section_of_the_house_comes_after_the_others(build_tree: Build) -> None:
    section = FILES["paper/section.yaml"].replace("options: [keep]", "options: [wipe]")
    library = overlaid(build_tree, {"wiping/section.yaml": section, "wiping/wipe.md": KEEP})
    assert list(library.sections) == ["owner", "paper", "wiping"]


def test_a_section_file_of_the_house_replaces_the_built_in_one(build_tree: Build) -> None:
    section = FILES["owner/section.yaml"].replace("en: Ownership", "en: Title")
    assert overlaid(build_tree, {"owner/section.yaml": section}).sections["owner"].title["en"] == "Title"


def test_faults_of_the_house_are_told_with_its_folder(build_tree: Build) -> None:
    root = build_tree(under("base", FILES) | under("own", {"owner/employer.md": CARD.replace("favours:", "favors:")}))
    found = faults_of(root / "base", root / "own")
    assert any(line.startswith("overlay/owner/employer.md:6:1: unknown key “favors”") for line in found)


def test_a_card_of_the_house_in_an_unknown_section_is_a_fault(build_tree: Build) -> None:
    root = build_tree(under("base", FILES) | under("own", {"nowhere/x.md": CARD}))
    assert any("its section “nowhere” has no section.yaml" in line for line in faults_of(root / "base", root / "own"))


def test_a_file_that_a_house_cannot_replace_is_not_passed_over_in_silence(build_tree: Build) -> None:
    root = build_tree(under("base", FILES) | under("own", {"terms.yaml": FILES["terms.yaml"]}))
    assert any("overlay/terms.yaml: is not read" in line for line in faults_of(root / "base", root / "own"))


# ── fingerprints ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_fingerprint_moves_with_a_text_but_not_with_line_ends_or_other_files(build_tree: Build) -> None:
    one = fingerprint_of([build_tree(under("one", FILES)) / "one"])
    two = build_tree(under("two", FILES)) / "two"
    (two / "owner" / "joint.md").write_bytes(JOINT.replace("\n", "\r\n").encode())
    (two / "notes.txt").write_text("x")
    assert fingerprint_of([two]) == one
    (two / "owner" / "joint.md").write_text(JOINT.replace("equal shares", "shares"), encoding="utf-8")
    assert fingerprint_of([two]) != one
