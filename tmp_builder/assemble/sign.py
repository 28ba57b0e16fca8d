"""Pass 8: the signature page, one block per party that signs."""

from __future__ import annotations

from dataclasses import replace

from tmp_builder.assemble.assembly import Assembly, signing_members
from tmp_builder.document.canonical import fingerprint
from tmp_builder.document.nodes import SignatureBlock, SignatureLine, Signing, Texts, Value
from tmp_builder.plan.schema import Member, Plan


def sign(assembly: Assembly) -> Assembly:
    """The signature page, and the fingerprint of the finished text."""
    blocks = tuple(_block(assembly, member) for member in signing_members(assembly.plan))
    signing = Signing("signing", assembly.words("signatures"), assembly.words("signing-intro"), blocks)
    done = assembly.with_(signing=signing)
    document = done.document
    text = (document.cover.title, document.sections, document.schedules, document.signing)
    return done.with_(imprint=replace(document.imprint, fingerprint=fingerprint(text)))


def _block(assembly: Assembly, member: Member) -> SignatureBlock:
    chinese = is_chinese(assembly.plan, member)
    lines = [
        _line(assembly, "sign-legal-form", member.legal_form),
        _line(assembly, "sign-credit-code" if chinese else "sign-registration", member.registration_no),
        SignatureLine(assembly.words("sign-address"), _named(assembly, member)),
    ]
    if chinese:
        lines.append(_line(assembly, "sign-legal-representative", member.legal_representative))
    lines = [line for line in lines if line.value]
    name, title = member.signatory
    lines += [
        _line(assembly, "sign-signature"),
        _line(assembly, "sign-name", name),
        _line(assembly, "sign-title", title),
        _line(assembly, "sign-date"),
        _line(assembly, "sign-place"),
    ]
    if chinese or assembly.plan.values.get("language.execution.seal") == "yes":
        lines.append(_line(assembly, "sign-seal"))
    return SignatureBlock(
        f"sign:{member.id}", assembly.named(member.name, "party-name", f"members.{member.id}.name"), tuple(lines)
    )


def is_chinese(plan: Plan, member: Member) -> bool:
    """Whether a member is organised in China: by its country, else by the territory of its side."""
    side = plan.side(member.side)
    return member.country == "CN" or (not member.country and bool(side and "CN" in side.territory))


def _line(assembly: Assembly, name: str, value: str = "") -> SignatureLine:
    texts: Texts = {language: (Value(value),) for language in assembly.plan.languages} if value else {}
    return SignatureLine(assembly.words(name), texts)


def _named(assembly: Assembly, member: Member) -> Texts:
    if not any(member.address.values()):
        return {}
    return {
        language: (Value(member.address[language]),) if member.address.get(language) else ()
        for language in assembly.plan.languages
    }
