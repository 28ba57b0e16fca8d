"""Several plans looked at together: which share a project, who is the same member, and who of them says what."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from tmp_builder.language import LANGUAGES, join
from tmp_builder.library.schema import Labels, Library
from tmp_builder.plan.schema import Member, Plan, Project
from tmp_builder.rules.facts.likeness import alike, forms
from tmp_builder.rules.names import SHOWN


class Held(Struct, frozen=True, eq=False):
    """A plan under the name by which messages call it. Two are the same only as objects: plans are too large to be compared."""

    name: str
    plan: Plan
    library: Library


class Plans(Struct, frozen=True):
    """The plans that are held against each other; `base` is the plan from which the others were made, if one was named."""

    held: tuple[Held, ...]
    base: Held | None = None


class Hit(Struct, frozen=True):
    """What a rule across plans saw: a sentence per language, where it stands in the first of the plans it names, and those plans."""

    en: str
    zh: str
    held: Held
    address: str
    plans: tuple[str, ...]
    party: str = ""
    fix: Mapping[str, str] = field(default_factory=dict)


def latest(held: Sequence[Held]) -> tuple[Held, ...]:
    """Without the earlier drafts of a plan: two drafts of one agreement are no two agreements."""
    last: dict[str, int] = {}
    for each in held:
        last[each.plan.id] = max(last.get(each.plan.id, 0), each.plan.version)
    return tuple(each for each in held if each.plan.version == last[each.plan.id])


def shared_projects(plans: Plans) -> Iterator[tuple[Project, list[tuple[Held, Project]]]]:
    """Each project that stands in several plans: the same id, and the same title in at least one language."""
    found: list[tuple[Project, list[tuple[Held, Project]]]] = []
    for held in plans.held:
        for project in held.plan.projects:
            same = next((group for first, group in found if first.id == project.id and alike(first.title, project.title)), None)
            if same is None:
                found.append((project, [(held, project)]))
            else:
                same.append((held, project))
    return (each for each in found if len({held.name for held, _ in each[1]}) > 1)


def families(plans: Plans) -> list[list[Held]]:
    """The plans in groups that are tied by a project they share, directly or through others."""
    groups: list[list[Held]] = []
    for _, shared in shared_projects(plans):
        members = list({held.name: held for held, _ in shared}.values())
        touching = [group for group in groups if any(held in group for held in members)]
        merged = list({held.name: held for group in (*touching, members) for held in group}.values())
        groups = [*(group for group in groups if group not in touching), merged]
    return groups


def same_member(one: Member, other: Member) -> bool:
    """Whether two plans name the same organisation: its name in at least one language, its id only where it has no name."""
    if forms(one.name) and forms(other.name):
        return alike(one.name, other.name)
    return one.id == other.id


def disagreement(values: Mapping[str, Hashable], say: Callable[[Hashable], Labels]) -> tuple[Labels, tuple[str, ...]] | None:
    """Who says what, and the plans from the fewest on: "employer (a, b); joint-equal (c)". None where all say the same."""
    groups: dict[Hashable, list[str]] = {}
    for name, value in values.items():
        groups.setdefault(value, []).append(name)
    if len(groups) < 2:
        return None
    ordered = sorted(groups.items(), key=lambda pair: -len(pair[1]))
    said = {
        "en": "; ".join(f"{say(value)['en']} ({named(names)['en']})" for value, names in ordered),
        "zh": "；".join(f"{say(value)['zh']}（{named(names)['zh']}）" for value, names in ordered),
    }
    return said, tuple(name for _, names in reversed(ordered) for name in names)


def projects_named(ids: Sequence[str]) -> Labels:
    """ "Projects P1 and P2"; 项目P1和P2."""
    return {"en": f"{'Project' if len(ids) == 1 else 'Projects'} {join(list(ids), 'en')}", "zh": f"项目{join(list(ids), 'zh')}"}


def one_each(found: Iterable[tuple[str, Hit]], say: Callable[[Labels, Hit], Hit]) -> Iterator[Hit]:
    """The hits of projects, by the id of each, with those that say the same of several projects made one."""
    groups: dict[tuple[str, str], tuple[Hit, list[str]]] = {}
    for project, hit in found:
        groups.setdefault((hit.en, hit.address), (hit, []))[1].append(project)
    return (say(projects_named(ids), hit) for hit, ids in groups.values())


def named(names: Iterable[str]) -> Labels:
    """Names of plans as a list; beyond a few the rest is counted."""
    shown = list(names)
    rest = len(shown) - SHOWN
    more = {"en": f"{rest} more", "zh": f"另外{rest}份"}
    return {language: join([*shown[:SHOWN], more[language]] if rest > 1 else shown, language) for language in LANGUAGES}


def options_named(library: Library, options: Iterable[str]) -> Labels:
    """Options by their labels, as messages name them; "nothing" for none."""
    chosen = [library.options[option].label for option in options if option in library.options]
    nothing = {"en": "nothing", "zh": "未选"}
    return {language: join([label[language] for label in chosen], language) or nothing[language] for language in LANGUAGES}
