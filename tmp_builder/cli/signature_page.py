"""What `tmp verify` and `tmp open` say of a signature page: which text it belongs to, and whether it is as sent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tmp_builder.cli.output import Talk, print_json
from tmp_builder.findings import Words, both, spoken

if TYPE_CHECKING:
    from tmp_builder.errors import InputError
    from tmp_builder.readers.signature_page import SignaturePage
    from tmp_builder.rounds import Sent


def verified(talk: Talk, file: Path, page: SignaturePage, plan: Path | None, *, as_json: bool) -> int:
    """Hold a signature page against the log of circulated drafts: 0 where it is as sent, else 1.

    The log lies beside `plan`; without one the file must lie where its draft was kept. Raises InputError where there is no log.
    """
    from tmp_builder.rounds import find, kept_with, read_log, went_as

    home = plan or kept_with(file)
    if home is None or not read_log(home):
        raise _no_log(file, page, home)
    sent = find(home, file, page.fingerprint)
    same = any(went_as(each, file) for each in sent)
    if as_json:
        print_json(_data(file, page, sent, same=same))
        return 0 if same else 1
    talk.result(f"{file}{talk.pick(': ', '：')}{spoken(said(page), talk.language)}")
    for each in sent:
        talk.say(in_log(talk, each))
    talk.say(_sentence(talk, sent, same=same))
    return 0 if same else 1


def said(page: SignaturePage) -> Words:
    """What the file is: "a signature page of the plan clean-vehicles, draft no. 12"."""
    return both(
        "a signature page of the plan {plan}, draft no. {version}",
        "计划{plan}第{version}稿的签署页",
        plan=page.plan,
        version=page.version,
    )


def in_log(talk: Talk, sent: Sent) -> str:
    """An entry of the log of circulated drafts, in a sentence."""
    return talk.pick(
        f"In the log: draft no. {sent.version}, dated {sent.dated or '–'}, went to {sent.to}.",
        f"登记簿：第{sent.version}稿（日期{sent.dated or '–'}）已送{sent.to}。",
    )


def no_plan(file: Path, page: SignaturePage) -> InputError:
    """Why `tmp open` finds nothing in a signature page, and where the plan is."""
    return _fault(
        file,
        both("is {page}, and carries no plan", "是{page}，不含计划", page=said(page)),
        both(
            "Open the document that it was sent with. tmp verify says whether the page is as sent.",
            "请打开与其一同送出的文件；可用tmp verify核对该签署页是否与送出时一致。",
        ),
    )


def _no_log(file: Path, page: SignaturePage, home: Path | None) -> InputError:
    here = both("no plan was named", "未指明计划")
    if home is not None:
        here = both("beside {plan} there is no log of circulated drafts", "{plan}旁没有送出稿登记簿", plan=home)
    return _fault(
        file,
        both(
            "is {page}; a signature page carries no recipe, so only the log of circulated drafts can say whether it is as sent, and {here}",
            "是{page}；签署页不含生成信息，只能依送出稿登记簿核对是否与送出时一致，而{here}",
            page=said(page),
            here=here,
        ),
        both(
            "Name the plan that was circulated: tmp verify FILE --plan PLAN",
            "请指明所送出的计划：tmp verify FILE --plan PLAN",
        ),
    )


def _fault(file: Path, message: Words, hint: Words) -> InputError:
    from tmp_builder.errors import InputError
    from tmp_builder.findings import Fault, Place

    return InputError([Fault(Place(str(file)), message, hint)])


def _sentence(talk: Talk, sent: list[Sent], *, same: bool) -> str:
    if same:
        return talk.pick("As sent, byte for byte.", "与送出时逐字节一致。")
    if sent:
        return talk.pick(
            "Changed since: it names the text of that draft, but no file of the log has its bytes.",
            "送出后有改动：该页所指为该稿文本，但与登记的任何文件的字节均不一致。",
        )
    return talk.pick(
        "Not as sent: the text that it names is that of no draft in the log.",
        "与送出时不一致：该页所指文本不是登记簿中任何一稿的文本。",
    )


def _data(file: Path, page: SignaturePage, sent: list[Sent], *, same: bool) -> dict[str, object]:
    return {
        "file": str(file),
        "kind": "signature-page",
        "plan": page.plan,
        "version": page.version,
        "fingerprint": page.fingerprint,
        "as_built": same,
        "against": "log",
        "sent": [entry(each) for each in sent],
    }


def entry(sent: Sent) -> dict[str, object]:
    """An entry of the log as JSON."""
    return {"version": sent.version, "to": sent.to, "dated": sent.dated, "for": sent.audience, "fingerprint": sent.fingerprint}
