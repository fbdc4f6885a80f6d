from contextlib import contextmanager

from django.db import connection, transaction
from django.http import Http404, HttpResponse, JsonResponse

import bodies
import statements
from django_peer.models import AttendanceRow, Membership, ReturnRow, SummaryRow


def _statement(text, *names):
    return text.replace("%", "%%").format(**{name: f"%({name})s" for name in names})


ENTER = _statement(statements.ENTER, "slug", "person", "rights", "request")
ATTENDANCE = _statement(statements.ATTENDANCE, "chapter", "first", "last", "as_of")
SUMMARIES = _statement(statements.SUMMARIES, "chapter", "first", "last")
ROI = _statement(statements.ROI, "chapter", "month", "as_of")
ATTENDANCE_JSON = _statement(statements.ATTENDANCE_JSON, "chapter", "first", "last", "as_of")
ROI_JSON = _statement(statements.ROI_JSON, "chapter", "month", "as_of")


@contextmanager
def acting(request, slug):
    """A transaction behind the walls of a chapter: its cursor, and the chapter."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            ENTER,
            {
                "slug": slug,
                "person": request.headers["X-Person"],
                "rights": statements.RIGHTS,
                "request": "peer",
            },
        )
        row = cursor.fetchone()
        if row is None:
            raise Http404
        yield cursor, {"id": row[0], "slug": row[1], "currency": row[2]}


def hello(request):
    return JsonResponse({"hello": "world"})


def lookup(request, slug, id):
    with acting(request, slug) as (_, chapter):
        try:
            member = Membership.objects.standing().get(chapter_id=chapter["id"], id=id)
        except Membership.DoesNotExist:
            raise Http404 from None
    return JsonResponse(
        {
            "id": member.id,
            "name": member.name,
            "seat": member.seat.title if member.seat else None,
            "joined": member.joined_on.isoformat(),
            "status": member.status,
            "email": member.email,
            "company": member.company,
            "renews": member.renews_on.isoformat() if member.renews_on else None,
            "ended": member.ended_on.isoformat() if member.ended_on else None,
        }
    )


def attendance_report(request, slug):
    first, last = bodies.days(bodies.month(request.GET["month"]))
    with acting(request, slug) as (cursor, chapter):
        cursor.execute(
            ATTENDANCE_JSON,
            {
                "chapter": chapter["id"],
                "first": first,
                "last": last,
                "as_of": bodies.instant(request.GET["as_of"]),
            },
        )
        return HttpResponse(cursor.fetchone()[0], content_type="application/json")


def roi_report(request, slug):
    with acting(request, slug) as (cursor, chapter):
        cursor.execute(
            ROI_JSON,
            {
                "chapter": chapter["id"],
                "month": bodies.month(request.GET["month"]),
                "as_of": bodies.instant(request.GET["as_of"]),
            },
        )
        return HttpResponse(cursor.fetchone()[0], content_type="application/json")


def attendance_report_of_models(request, slug):
    first, last = bodies.days(bodies.month(request.GET["month"]))
    as_of = request.GET["as_of"]
    with acting(request, slug) as (_, chapter):
        period = {"chapter": chapter["id"], "first": first, "last": last}
        rows = AttendanceRow.objects.raw(ATTENDANCE, {**period, "as_of": bodies.instant(as_of)})
        summaries = SummaryRow.objects.raw(SUMMARIES, period)
        body = bodies.attendance(
            chapter, first, last, as_of, [vars(row) for row in rows], [vars(row) for row in summaries]
        )
    return JsonResponse(body)


def roi_report_of_models(request, slug):
    month, as_of = request.GET["month"], request.GET["as_of"]
    with acting(request, slug) as (_, chapter):
        rows = ReturnRow.objects.raw(
            ROI,
            {"chapter": chapter["id"], "month": bodies.month(month), "as_of": bodies.instant(as_of)},
        )
        body = bodies.roi(chapter, month, as_of, [vars(row) for row in rows])
    return JsonResponse(body)
