"""What of an edition is for one partner alone, frozen with it: bytes that only its keys read."""

from collections.abc import Callable, Mapping

from calfcms.publishing.digest import digest_of_bytes
from calfcms.publishing.kinds import Content, Kind
from calfcms.publishing.models import Edition, PartnerRendition


def store_partner_renditions(
    edition: Edition,
    kind: Kind,
    content: Content,
    *,
    write_bodies: Callable[[str], Mapping[str, bytes]],
) -> None:
    """Store every format for each partner that the content names; for most content there is none.

    `write_bodies` makes the bytes of the edition for one partner, by format.
    """
    PartnerRendition.objects.bulk_create(
        PartnerRendition(
            edition=edition,
            partner=partner,
            format=name,
            media_type=kind.formats[name],
            body=body,
            digest=digest_of_bytes(body),
        )
        for partner in kind.list_partners(content)
        for name, body in write_bodies(partner).items()
    )
