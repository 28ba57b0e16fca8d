"""Pass 9: the signature page, one block per party that signs."""

from __future__ import annotations

from msgspec.structs import replace

from tmp_builder.assemble.assembly import Assembly, signing_members
from tmp_builder.assemble.introduce import is_chinese, particulars
from tmp_builder.document.canonical import fingerprint
from tmp_builder.document.nodes import SignatureBlock, SignatureLine, Signing
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Member

MEMBERS = "schedule:members"
NOTHING: Labels = {}


def sign(assembly: Assembly) -> Assembly:
    """The signature page, and the fingerprint of the finished text."""
    told = any(schedule.id == MEMBERS for schedule in assembly.document.schedules)
    blocks = tuple(signature_block(assembly, member, identified=told) for member in signing_members(assembly.plan))
    signing = Signing("signing", assembly.words("signatures"), assembly.words("signing-intro"), blocks)
    done = assembly.with_(signing=signing)
    document = done.document
    text = (document.cover.title, document.sections, document.schedules, document.signing)
    return done.with_(imprint=replace(document.imprint, fingerprint=fingerprint(text)))


def signature_block(assembly: Assembly, member: Member, *, identified: bool = False) -> SignatureBlock:
    """Where a member signs: what identifies it, unless the document says so elsewhere, then the lines to be filled in."""
    chinese = is_chinese(assembly.plan, member)
    told = () if identified else particulars(assembly.plan, member)
    at = f"members.{member.id}"
    lines = [_line(assembly, label, texts, f"{at}.{key}") for label, key, texts in told if any(texts.values())]
    lines += [
        _line(assembly, "sign-signature-cn" if chinese else "sign-signature"),
        _line(assembly, "sign-name", member.signatory.name, f"{at}.signatory.name"),
        _line(assembly, "sign-title", member.signatory.title, f"{at}.signatory.title"),
        _line(assembly, "sign-date"),
        _line(assembly, "sign-place"),
    ]
    if chinese or assembly.plan.values.get("language.execution.seal") == "yes":
        lines.append(_line(assembly, "sign-seal"))
    return SignatureBlock(
        f"sign:{member.id}", assembly.named(member.name, "party-name", f"members.{member.id}.name"), tuple(lines)
    )


def _line(assembly: Assembly, name: str, value: Labels = NOTHING, address: str = "") -> SignatureLine:
    """A line with its value; a value given in one language alone is a gap in the other, one not given is left for the pen."""
    return SignatureLine(assembly.words(name), assembly.named(value, name, address) if any(value.values()) else {})
