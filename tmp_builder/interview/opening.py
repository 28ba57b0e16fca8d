"""The first questions: the profile, by the decision guide or directly, then languages, titles and dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tmp_builder.interview.asks import Answered, Ask, Choice, Taken
from tmp_builder.interview.guide import UNKNOWN, Advice, Answer, Question
from tmp_builder.interview.state import State, Step
from tmp_builder.interview.values import read_day
from tmp_builder.language import NAMES, say_date

GUIDE = "guide"
NO_PROFILE = "no-profile"
CONDITIONAL = "conditional"
_ORDERS = ("en,zh", "zh,en", "en", "zh")


def steps(state: State) -> Iterator[Step]:
    """The profile first, because it decides what the other questions offer."""
    yield _start(state)
    if state.notes.guide is not None:
        yield from (_guide(state, question, number) for number, question in enumerate(state.guide.questions, 1))
        yield _advice(state)
    yield _languages(state)
    yield from (_title(state, language) for language in state.plan.languages)
    yield _dated(state)
    yield _effective(state)
    yield _day_rule(state)


# ── the profile ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _start(state: State) -> Step:
    undecided = "profile" not in state.raw and state.notes.guide is None

    def ask() -> Ask:
        head = (Choice(GUIDE, state.word("guide-offer"), state.word("guide-offer-note")),) if state.guide.questions else ()
        choices = (*head, *profiles(state), Choice(NO_PROFILE, state.word("no-profile"), state.word("no-profile-note")))
        default = state.plan.profile or (choices[0].id if "profile" not in state.raw else NO_PROFILE)
        return Ask("start", "one", state.word("start-title"), why=state.word("start-why"), choices=choices, default=default)

    def take(answer: Answered) -> Taken:
        if answer == GUIDE:
            return Taken(guide=dict(state.notes.guide or {}))
        return _take_profile(state, str(answer))

    return Step("start", undecided, ask, take, group="opening")


def profiles(state: State) -> Iterator[Choice]:
    """The profiles of the library as choices."""
    for profile in state.library.profiles.values():
        yield Choice(profile.id, state.label(profile.name), state.label(profile.use_when), (profile.id,))


def _take_profile(state: State, answer: str) -> Taken:
    if answer == NO_PROFILE:
        return Taken({"profile": ""})
    profile = state.library.profiles[answer]
    said = state.word("profile-taken", name=state.label(profile.name))
    caution = state.label(profile.caution)
    return Taken({"profile": answer}, notices=(said, *([state.word("caution", text=caution)] if caution else [])))


def _guide(state: State, question: Question, number: int) -> Step:
    given = state.notes.guide or {}

    def ask() -> Ask:
        answers = [Choice(answer.id, state.label(answer.label)) for answer in question.answers]
        unknown = Choice(UNKNOWN, state.word("not-known"))
        return Ask(
            f"guide:{question.id}",
            "one",
            state.label(question.text),
            heading=state.word("heading-guide", number=number, count=len(state.guide.questions)),
            why=state.label(question.why),
            choices=(*answers, unknown),
            default=given.get(question.id, UNKNOWN),
        )

    def take(answer: Answered) -> Taken:
        changes: Mapping[str, object] = (
            {f"facts.{question.fact}": str(answer)} if question.fact and answer in ("yes", "no") else {}
        )
        unknown = question.fact and answer == UNKNOWN
        leaves = (f"facts.{question.fact}",) if unknown else ()
        return Taken(changes, guide={**given, question.id: str(answer)}, leaves=leaves)

    unanswered = question.id not in given and "profile" not in state.raw
    return Step(f"guide:{question.id}", unanswered, ask, take, group="guide")


def _advice(state: State) -> Step:
    advice = state.guide.advise(state.notes.guide or {})

    def ask() -> Ask:
        mine = next(choice for choice in profiles(state) if choice.id == advice.profile)
        marked = Choice(mine.id, mine.label, mine.note, (*mine.marks, state.word("proposed")))
        others = [choice for choice in profiles(state) if choice.id != advice.profile]
        return Ask(
            "profile",
            "one",
            state.word("advice-title", name=mine.label),
            heading=state.word("heading-advice"),
            why="\n".join(advice_lines(state, advice)),
            choices=(marked, *others, Choice(NO_PROFILE, state.word("no-profile"), state.word("no-profile-note"))),
            default=state.plan.profile or mine.id,
        )

    return Step("profile", "profile" not in state.raw, ask, lambda answer: _take_profile(state, str(answer)), group="guide")


def advice_lines(state: State, advice: Advice) -> Iterator[str]:
    """Why the guide proposes a profile, how sure it is, and which answers would change that."""
    if advice.reasons:
        reasons = [state.label(reason) for reason in advice.reasons[:4]]
        yield state.word("advice-because", reasons=("；" if state.language == "zh" else "; ").join(reasons))
    second = state.label(state.library.profiles[advice.second].name) if advice.second else ""
    yield state.word(f"advice-{advice.sure}", second=second)
    for question, answer, profile in _telling(advice, state.notes.guide or {}):
        yield state.word(
            "advice-change",
            question=state.label(question.text),
            answer=state.label(answer.label),
            profile=state.label(state.library.profiles[profile].name),
        )


def _telling(advice: Advice, given: Mapping[str, str]) -> list[tuple[Question, Answer, str]]:
    """At most two answers that would change the advice, one a question, unanswered questions first."""
    first = {question.id: (question, answer, profile) for question, answer, profile in reversed(advice.changes)}
    ordered = sorted(first.values(), key=lambda change: given.get(change[0].id, UNKNOWN) != UNKNOWN)
    return list(ordered[:2])


# ── languages, titles, dates ────────────────────────────────────────────────────────────────────────────────────────


def _languages(state: State) -> Step:
    def ask() -> Ask:
        names = {order: [NAMES[state.language][code] for code in order.split(",")] for order in _ORDERS}
        choices = [
            Choice(
                order,
                state.word("both-languages", first=said[0], second=said[1])
                if len(said) > 1
                else state.word("one-language", name=said[0]),
            )
            for order, said in names.items()
        ]
        default = ",".join(state.plan.languages)
        return Ask(
            "languages",
            "one",
            state.word("languages-title"),
            why=state.word("languages-why"),
            choices=tuple(choices),
            default=default,
        )

    return Step(
        "languages",
        "languages" not in state.raw,
        ask,
        lambda answer: Taken({"languages": str(answer).split(",")}),
        group="opening",
    )


def _title(state: State, language: str) -> Step:
    def ask() -> Ask:
        name = NAMES[state.language][language]
        return Ask(
            f"title.{language}",
            "text",
            state.word("title-title", language=name),
            why=state.word("title-why"),
            hint=state.word(f"title-example-{language}"),
            default=state.plan.title.get(language, ""),
        )

    step = f"title.{language}"
    return Step(step, not state.plan.title.get(language), ask, lambda answer: Taken({step: str(answer)}), group="opening")


def _dated(state: State) -> Step:
    def ask() -> Ask:
        default = (state.plan.dated or state.today).isoformat()
        return Ask(
            "dated", "text", state.word("dated-title"), why=state.word("dated-why"), hint=state.word("date-form"), default=default
        )

    def take(answer: Answered) -> Taken:
        day = read_day(str(answer))
        return Taken({"dated": day}) if day else Taken(refused=state.word("no-date", text=str(answer)))

    return Step("dated", state.plan.dated is None, ask, take, group="opening")


def _effective(state: State) -> Step:
    plan = state.plan
    conditional = bool(state.profile and "term.conditional" in state.profile.choices.get("term", ()))

    def ask() -> Ask:
        default = CONDITIONAL if plan.conditional or (conditional and not plan.effective_date) else plan.effective_date or ""
        return Ask(
            "effective-date",
            "text",
            state.word("effective-title"),
            why=state.word("effective-why"),
            hint=state.word("effective-form"),
            default=default if isinstance(default, str) else default.isoformat(),
        )

    def take(answer: Answered) -> Taken:
        if says_conditional(str(answer)):
            return Taken({"effective-date": CONDITIONAL})
        day = read_day(str(answer))
        if day is None:
            return Taken(refused=state.word("no-date", text=str(answer)))
        early = (
            [state.word("effective-early", day=say_date(plan.dated, state.language))] if plan.dated and day < plan.dated else []
        )
        return Taken({"effective-date": day}, notices=tuple(early))

    return Step("effective-date", plan.effective_date is None and not plan.conditional, ask, take, group="opening")


def says_conditional(text: str) -> bool:
    """Whether a person typed, in either language, that the plan takes effect on conditions."""
    return text.strip().lower() in (CONDITIONAL, "附条件")


def _day_rule(state: State) -> Step:
    dates = state.raw.get("dates") or {}

    def ask() -> Ask:
        choices = tuple(Choice(rule, state.word(f"day-rule-{rule}")) for rule in ("corresponding-day", "day-before"))
        why = state.word("day-rule-why")
        return Ask(
            "dates.day-rule", "one", state.word("day-rule-title"), why=why, choices=choices, default=state.plan.dates.day_rule
        )

    def take(answer: Answered) -> Taken:
        roll = {} if "roll" in dates else {"dates.roll": state.plan.dates.roll}
        return Taken({"dates.day-rule": str(answer), **roll})

    return Step("dates.day-rule", "day-rule" not in dates, ask, take, group="opening")
