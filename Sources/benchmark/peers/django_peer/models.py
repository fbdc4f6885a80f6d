"""Tables and rows of reports, as the ORM sees them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Exists, F, Func, OuterRef, Q, Value, When


class Chapter(models.Model):
    id = models.IntegerField(primary_key=True)
    slug = models.TextField()
    currency = models.TextField()

    class Meta:
        managed = False
        db_table = "chapter"


class Seat(models.Model):
    pk = models.CompositePrimaryKey("chapter_id", "id")
    chapter = models.ForeignKey(Chapter, models.DO_NOTHING)
    id = models.BigIntegerField()
    title = models.TextField()

    class Meta:
        managed = False
        db_table = "seat"


class Leave(models.Model):
    pk = models.CompositePrimaryKey("chapter_id", "id")
    chapter = models.ForeignKey(Chapter, models.DO_NOTHING)
    id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    class Meta:
        managed = False
        db_table = "membership_leave"


class MembershipManager(models.Manager):
    def standing(self):
        """Members with their seat and chapter, and how they stand today."""
        today = Func(F("chapter_id"), function="today", output_field=models.DateField())
        leaves = Leave.objects.filter(
            Q(last_day=None) | Q(last_day__gte=OuterRef("today")),
            chapter_id=OuterRef("chapter_id"),
            membership_id=OuterRef("id"),
            first_day__lte=OuterRef("today"),
        )
        return (
            self.select_related("chapter", "seat")
            .annotate(today=today)
            .annotate(
                status=Case(
                    When(joined_on__gt=F("today"), then=Value("upcoming")),
                    When(ended_on__lt=F("today"), then=Value("ended")),
                    When(Exists(leaves), then=Value("on leave")),
                    When(renews_on__lte=F("today"), then=Value("overdue")),
                    default=Value("active"),
                )
            )
        )


class Membership(models.Model):
    pk = models.CompositePrimaryKey("chapter_id", "id")
    chapter = models.ForeignKey(Chapter, models.DO_NOTHING)
    id = models.BigIntegerField()
    name = models.TextField()
    seat_number = models.BigIntegerField(null=True, db_column="seat_id")
    seat = models.ForeignObject(
        Seat,
        models.DO_NOTHING,
        from_fields=("chapter", "seat_number"),
        to_fields=("chapter", "id"),
        null=True,
        related_name="+",
    )
    email = models.TextField(null=True)
    company = models.TextField(null=True)
    joined_on = models.DateField()
    renews_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    objects = MembershipManager()

    class Meta:
        managed = False
        db_table = "membership"


# Rows of reports are never saved; Django wants some field to be the key.
class AttendanceRow(models.Model):
    kind = models.TextField(primary_key=True)
    membership_id = models.BigIntegerField(null=True)
    name = models.TextField()
    present = models.BigIntegerField()
    absent = models.BigIntegerField()
    late = models.BigIntegerField()
    medical = models.BigIntegerField()
    substitute = models.BigIntegerField()
    referrals_given_inside = models.BigIntegerField()
    referrals_given_outside = models.BigIntegerField()
    referrals_received_inside = models.BigIntegerField()
    referrals_received_outside = models.BigIntegerField()
    visitors = models.BigIntegerField()
    one_to_ones = models.BigIntegerField()
    thanked_for = models.DecimalField(max_digits=20, decimal_places=4)
    education = models.DecimalField(max_digits=20, decimal_places=2)
    testimonials = models.BigIntegerField()
    held = models.BigIntegerField()
    rate = models.DecimalField(max_digits=20, decimal_places=4, null=True)

    class Meta:
        managed = False


class SummaryRow(models.Model):
    batch = models.BigIntegerField(primary_key=True)
    from_on = models.DateField()
    to_on = models.DateField()
    is_used = models.BooleanField()

    class Meta:
        managed = False


def _figure():
    return models.DecimalField(max_digits=20, decimal_places=4, null=True)


class ReturnRow(models.Model):
    block = models.TextField(primary_key=True)
    membership_id = models.BigIntegerField(null=True)
    name = models.TextField(null=True)
    dues = _figure()
    fees = _figure()
    spent = _figure()
    hours = _figure()
    time = _figure()
    cost = _figure()
    received = _figure()
    profit = _figure()
    given = _figure()
    net = _figure()
    roi = _figure()
    rot = _figure()
    payback = models.DateField(null=True)
    referrals_given = models.BigIntegerField(null=True)
    referrals_received = models.BigIntegerField(null=True)
    one_to_ones = models.BigIntegerField(null=True)
    meetings_held = models.BigIntegerField(null=True)
    members = models.BigIntegerField(null=True)
    received_outside = _figure()
    given_outside = _figure()
    given_former = _figure()
    median_roi = _figure()
    lower_quartile_roi = _figure()
    upper_quartile_roi = _figure()
    withheld = ArrayField(models.TextField(), null=True)
    unconverted = ArrayField(models.TextField(), null=True)
    seat_value = _figure()
    open_seat_month = _figure()

    class Meta:
        managed = False
