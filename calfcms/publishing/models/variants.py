"""What an edition is found by, and what of it is for one partner only. Frozen with the edition."""

from django.db import models

from calfcms.publishing.models.edition import Edition


class PartnerRendition(models.Model):
    """The bytes of an edition for one partner: with the sections that only its key may read.

    A table of its own, so that no query for everybody can meet them. Triggers refuse to update or
    delete a row.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="partner_renditions")
    partner = models.SlugField(max_length=80)
    format = models.CharField(max_length=10)
    media_type = models.CharField(max_length=80)
    body = models.BinaryField()
    digest = models.CharField(max_length=71)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "partner", "format"], name="partner_rendition_format"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.format} of {self.edition} for {self.partner}"


class Facet(models.Model):
    """A value that lists find an edition by: `topic` is `legs`, `doi` is `10.1000/1`.

    Rows are written with the edition and never change, so lists of the past find what was so then.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="facets", db_index=False)
    name = models.CharField(max_length=20)
    value = models.CharField(max_length=255)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["edition", "name", "value"], name="facet_of_edition"),
        ]
        indexes = [models.Index(fields=["name", "value", "edition"], name="facet_value")]

    def __str__(self) -> str:
        return f"{self.name} {self.value} of {self.edition}"
