"""What an edition is found by, and what of it is for one partner only. Frozen with the edition,
but for `LiveFacet`."""

from django.db import models

from calfcms.publishing.models.edition import Edition, LivePeriod


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


class LiveFacet(models.Model):
    """A facet of an edition that is live, as lists walk them: the newest change first.

    A copy that comes and goes with live periods; the past is in `Facet`. Besides the facets of the
    edition there is one for everything, `all`, and one for its `locale`.
    """

    period = models.ForeignKey(
        LivePeriod, models.PROTECT, related_name="live_facets", db_index=False
    )
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=20)
    value = models.CharField(max_length=255)
    started_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["period", "name", "value"], name="live_facet"),
        ]
        indexes = [
            models.Index(
                fields=["kind", "name", "value", "-started_at", "-period"], name="live_facet_newest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.value} of {self.period}"
