"""The recipe inside a Word file: a custom XML part with the JSON, and custom properties that survive where the part does not."""

from __future__ import annotations

from typing import Any

from tmp_builder.document.nodes import Document
from tmp_builder.writers.docx.markup import FORBIDDEN, escape
from tmp_builder.writers.docx.skeleton import CUSTOM, RECIPE, empty_part

NAMESPACE = "urn:tmp-builder:recipe:1"
"""The namespace of the one element whose text is the JSON."""

PROPERTIES = ("tmp-plan", "tmp-version", "tmp-library", "tmp-fingerprint")
"""The names of the custom document properties: plan id, draft number, library, fingerprint."""

_ITEM = "{6C1D7C40-5A0B-4C52-9D4E-7A2F0B1C3D5E}"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def relate_recipe(main: Any) -> None:
    """An empty part for the JSON, related from the main part; its properties, related from it; custom properties, empty as well."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

    item = empty_part(main, RECIPE, "application/xml")
    properties = empty_part(main, "customXml/itemProps1.xml", CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES)
    properties._blob = f"{_DECLARATION}{_item_properties()}".encode()
    custom = empty_part(main, CUSTOM, CONTENT_TYPE.OFC_CUSTOM_PROPERTIES)
    main.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)
    item.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    main.package.relate_to(custom, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def recipe_part(recipe: bytes) -> bytes:
    """The part with the JSON."""
    return f"{_DECLARATION}{_item(recipe)}".encode()


def custom_part(document: Document) -> bytes:
    """The part with the custom document properties."""
    return f"{_DECLARATION}{_custom(document)}".encode()


def _item(recipe: bytes) -> str:
    """The JSON as the text of one element; what XML cannot hold is written as JSON escapes, so the JSON says the same."""
    text = recipe.decode()
    if not text.isprintable():
        text = FORBIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return f'<recipe xmlns="{NAMESPACE}">{escape(text)}</recipe>'


def _item_properties() -> str:
    return (
        f'<ds:datastoreItem xmlns:ds="{_STORE}" ds:itemID="{_ITEM}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )


def _custom(document: Document) -> str:
    imprint = document.imprint
    values = (imprint.plan, imprint.version, imprint.library, imprint.fingerprint)
    said = "".join(
        f'<property fmtid="{_FORMAT}" pid="{number}" name="{name}"><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(zip(PROPERTIES, values, strict=True), 2)
    )
    return f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_TYPES}">{said}</Properties>'
