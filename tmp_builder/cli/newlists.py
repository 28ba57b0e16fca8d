"""What `tmp new` says and lists around the interview: welcome, open questions, where values come from, what comes next."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict

from tmp_builder.cli.output import Talk, print_json
from tmp_builder.interview.words import say

if TYPE_CHECKING:
    from tmp_builder.interview.missing import Missing
    from tmp_builder.interview.session import Session

MOST_LISTED = 12
SCREEN = 78


def welcome(talk: Talk, session: Session, *, fresh: bool) -> None:
    """What will come, how long it takes, that everything is saved; or how far the plan is."""
    from tmp_builder.interview.lines import wrap

    path = session.store.path
    open_ = len(session.open_steps())
    if fresh:
        text = say("welcome", talk.language, count=len(session.state.library.sections), file=path)
    else:
        text = say("welcome-back" if open_ else "welcome-complete", talk.language, file=path, open=open_)
    talk.say()
    for line in wrap(text, SCREEN):
        talk.say(line)


def stopped(talk: Talk, session: Session) -> None:
    """How to go on after Ctrl-C."""
    path = session.store.path
    talk.say()
    talk.say(say("stopped" if path.exists() else "stopped-unsaved", talk.language, file=path, quoted=shlex.quote(str(path))))


def ended(talk: Talk, session: Session) -> None:
    """What was written, what is still open, the next command."""
    path, language = session.store.path, talk.language
    quoted = shlex.quote(str(path))
    open_ = session.open_steps()
    talk.say()
    talk.say(say("ended", language, file=path))
    if open_:
        talk.say(say("ended-open", language, count=len(open_)))
        for step in open_[:MOST_LISTED]:
            talk.say(f"  · {_title(session, step.ask().title, step.section)}")
        if len(open_) > MOST_LISTED:
            talk.say(f"  {say('ended-more', language, count=len(open_) - MOST_LISTED)}")
    talk.say(say("ended-later", language))
    talk.say()
    for name in (*(["next-open"] if open_ else []), "next-review", "next-check", "next-build"):
        talk.say(f"  {say(name, language, quoted=quoted)}")


def _title(session: Session, title: str, section: str) -> str:
    state = session.state
    return f"{state.label(state.library.sections[section].title)}{state.word('colon')}{title}" if section else title


# ── lists ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def questions(talk: Talk, session: Session, *, as_json: bool) -> int:
    """The open questions as a list or as JSON."""
    from tmp_builder.interview.missing import missing_answers

    found = missing_answers(session)
    if as_json:
        print_json({"plan": str(session.store.path), "questions": [_data(each) for each in found]})
        return 0
    _list(talk, found)
    talk.say(talk.pick(f"{len(found)} open questions.", f"{len(found)}个待答问题。"))
    return 0


def missing(talk: Talk, session: Session, *, named: bool, as_json: bool) -> None:
    """What is missing where nobody can be asked: each key with what it takes and how to give it."""
    from tmp_builder.interview.missing import missing_answers

    found = missing_answers(session)
    path = session.store.path
    if as_json:
        print_json({"plan": str(path) if named else "", "missing": [_data(each) for each in found]})
        return
    if not named:
        talk.result(
            talk.pick(
                "PLAN: the name of the plan file\n    tmp new clean-vehicles.plan.yaml …",
                "PLAN：计划文件名\n    tmp new clean-vehicles.plan.yaml …",
            )
        )
    _list(talk, found)
    saved = talk.pick(f" What was given is saved in {path}.", f"已给出的答案存入{path}。") if named and path.exists() else ""
    talk.say(
        talk.pick(
            f"{len(found)} {'answer is' if len(found) == 1 else 'answers are'} missing and nobody can be asked here.{saved} "
            "Give them with --set or --answers FILE, or add --defaults.",
            f"缺少{len(found)}项答案，此处无法提问。{saved}请用--set或--answers FILE给出，或加上--defaults。",
        )
    )


def _list(talk: Talk, found: Iterable[Missing]) -> None:
    for each in found:
        colon = talk.pick(": ", "：")
        slot = talk.pick(f" ({each.slot})", f"（{each.slot}）") if each.slot else ""
        talk.result(f"{each.address}{slot}{colon}{each.text[talk.language]}")
        if each.allowed:
            divider = " | " if any("," in name for name in each.allowed) else talk.pick(", ", "、")
            talk.result(f"    {_pick(talk, each)}{colon}{divider.join(each.allowed)}")
        elif each.form:
            talk.result(f"    {each.form}")
        talk.result(f"    {each.how}")


def _pick(talk: Talk, each: Missing) -> str:
    words = {
        "some": ("one or more of", "一项或多项"),
        "any": ("any of", "任意项"),
        "at-most-one": ("at most one of", "至多一项"),
    }
    return talk.pick(*words.get(each.pick, ("one of", "其中一项")))


def _data(each: Missing) -> dict[str, Any]:
    data = asdict(each)
    return {**data, "allowed": list(each.allowed), "how": each.how, "offered": _plain(each.offered)}


def _plain(value: Any) -> Any:
    return (
        list(value)
        if isinstance(value, tuple)
        else value
        if isinstance(value, (str, int, float, bool, list, dict)) or value is None
        else str(value)
    )


def origins(
    talk: Talk, session: Session, flags: Mapping[str, Any], file: Mapping[str, Any], before: Mapping[str, Any], *, as_json: bool
) -> int:
    """Every value with where it comes from, the precedence in the first line."""
    from tmp_builder.interview.origins import origins as find

    found = list(find(session, flags, file, before))
    if as_json:
        values = [{"address": each.address, "value": _plain(each.value), "origin": each.origin} for each in found]
        print_json(
            {"plan": str(session.store.path), "precedence": ["flag", "file", "plan", "profile", "default"], "values": values}
        )
        return 0
    talk.say(
        talk.pick(
            "Strongest first: flag (--set), file (--answers), plan, profile, default. "
            "What is not in the plan yet is only offered.",
            "优先顺序：flag（--set）、file（--answers）、plan（计划）、profile（模板）、default（默认值）。尚未写入计划的仅为建议。",
        )
    )
    for each in found:
        talk.result(f"{each.origin:<8} {each.address} = {_shown(each.value)}")
    return 0


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, (list, tuple)):
        inner = [str(item.get("id", "…")) if isinstance(item, Mapping) else str(item) for item in value]
        return ", ".join(inner) or "[]"
    return str(value)
