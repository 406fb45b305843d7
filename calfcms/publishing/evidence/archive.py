"""The evidence pack as a ZIP: the pack itself, and every edition byte for byte."""

import io
import json
import zipfile
from typing import Any

from calfcms.publishing.models import Document, Rendition

README = """This is the evidence pack of one document, as calfcms held it when it was made.

evidence.json     who wrote, signed, published and withdrew what, and when; references; feedback;
                  the events of the audit log; and what of this the standards ask for.
editions/N.json   edition N byte for byte as readers got it.

To check an edition: take the member "digest" out, write the rest as canonical JSON (RFC 8785),
compute its SHA-256, and compare. To check the audit log as a whole: manage.py verify_audit.
"""


def build_archive(document: Document, pack: dict[str, Any]) -> bytes:
    """The ZIP's bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", README)
        archive.writestr("evidence.json", write_pack(pack))
        bodies = Rendition.objects.filter(edition__document=document, format="json")
        for number, body in bodies.order_by("edition__number").values_list(
            "edition__number", "body"
        ):
            archive.writestr(f"editions/{number}.json", bytes(body))
    return written.getvalue()


def write_pack(pack: dict[str, Any]) -> bytes:
    """The pack as JSON that people can read too."""
    return json.dumps(pack, ensure_ascii=False, indent=2).encode()
