"""What is still to be done, and when the worker was last seen doing it."""

from django.db import models
from django.db.models import Q


class Job(models.Model):
    """One piece of work outside the database, enqueued in the transaction that makes it necessary.

    It is due from `run_at` on. A worker that takes it holds a lease; when the worker dies, the
    lease runs out and another takes the job. It ends as done, or as failed after too many attempts.
    """

    name = models.CharField(max_length=80)
    """The handler that does it."""
    key = models.CharField(max_length=200, unique=True)
    """What it is about: enqueued twice under the same key, it is done once."""
    arguments = models.JSONField(default=dict)
    enqueued_at = models.DateTimeField()
    run_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    lease = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(key=""), name="job_is_named"),
            models.CheckConstraint(
                condition=Q(lease=None, leased_until=None)
                | Q(lease__isnull=False, leased_until__isnull=False),
                name="job_lease",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(failed_at=None), name="job_ends_once"
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, failed_at=None) | Q(lease=None),
                name="ended_job_is_nobodys",
            ),
        ]
        indexes = [
            models.Index(
                fields=["run_at", "id"],
                name="job_pending",
                condition=Q(done_at=None, failed_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.key}"


class WorkerHeartbeat(models.Model):
    """When a worker was last seen at work, whichever of them it was. One row at most."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    beat_at = models.DateTimeField()
    worker = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_worker_heartbeat")]

    def __str__(self) -> str:
        return f"{self.worker} at {self.beat_at}"
