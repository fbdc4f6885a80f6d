"""What both peers ask of the database: the statements of the service, and PostgreSQL's own JSON over them."""

# The same settings as the service sends, for this transaction only; finds the chapter on the way.
ENTER = """
SELECT id, slug, currency,
       set_config('app.chapter_id', id::text, true), set_config('app.person_id', {person}, true),
       set_config('app.rights', {rights}, true), set_config('app.asked', 'api ' || {request}::text, true)
  FROM chapter
 WHERE slug = {slug}
"""

# The service finds them from the token; no peer authenticates.
RIGHTS = (
    "import-files manage-members mark-attendance record-education-for-members record-own-slips "
    "record-slips-for-members see-audit-trail see-chapter-reports see-chapter-totals see-roster see-visitors"
)

LOOKUP = """
SELECT membership.id, membership.name, seat.title AS seat, membership.joined_on,
       membership.email, membership.company, membership.renews_on, membership.ended_on,
       (SELECT CASE WHEN asked.day < membership.joined_on THEN 'upcoming'
                    WHEN asked.day > membership.ended_on THEN 'ended'
                    WHEN EXISTS (SELECT FROM membership_leave AS leave
                                  WHERE leave.chapter_id = membership.chapter_id AND leave.membership_id = membership.id
                                    AND asked.day BETWEEN leave.first_day AND coalesce(leave.last_day, 'infinity'))
                    THEN 'on leave'
                    WHEN asked.day >= membership.renews_on THEN 'overdue'
                    ELSE 'active' END
          FROM (SELECT today(membership.chapter_id) AS day) AS asked) AS status
  FROM membership
  LEFT JOIN seat ON seat.chapter_id = membership.chapter_id AND seat.id = membership.seat_id
 WHERE membership.chapter_id = {chapter} AND membership.id = {id}
"""

ATTENDANCE = "SELECT * FROM attendance({chapter}, {first}, {last}, {as_of})"
SUMMARIES = "SELECT * FROM summaries_of({chapter}, {first}, {last})"
ROI = "SELECT * FROM monthly_roi({chapter}, {month}, {as_of})"

COUNTS = (
    "present", "absent", "late", "medical", "substitute", "referrals_given_inside", "referrals_given_outside",
    "referrals_received_inside", "referrals_received_outside", "visitors", "one_to_ones",
)  # fmt: skip
FIGURES = ("dues", "fees", "spent", "hours", "time", "cost", "received", "profit", "given", "net")
RATIOS = ("roi", "rot")


def _pairs(names, cast=""):
    return ", ".join(f"""'{name}', "{name}"{cast}""" for name in names)


_MEMBER = "'member', json_build_object('id', membership_id, 'name', name)"
_MARKS = (
    f"{_pairs(COUNTS)}, 'thanked_for', thanked_for::text, "
    "'education', education, 'testimonials', testimonials, 'held', held, 'rate', rate"
)
_RETURN = f"{_pairs(FIGURES, '::text')}, {_pairs(RATIOS)}"
_INSTANT = """to_char({as_of}::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')"""

ATTENDANCE_JSON = f"""
WITH line AS MATERIALIZED ({ATTENDANCE})
SELECT json_build_object(
           'chapter', slug, 'from', {{first}}::date, 'to', {{last}}::date, 'currency', currency, 'as_of', {_INSTANT},
           'members', (SELECT coalesce(json_agg(json_build_object({_MEMBER}, {_MARKS})), '[]')
                         FROM line WHERE kind = 'member'),
           'others', (SELECT coalesce(json_agg(json_build_object('kind', kind, 'name', name, {_MARKS})), '[]')
                        FROM line WHERE kind NOT IN ('member', 'total')),
           'total', (SELECT json_build_object({_MARKS}) FROM line WHERE kind = 'total'),
           'summaries', (SELECT coalesce(json_agg(json_build_object(
                                    'import', batch, 'from', from_on, 'to', to_on, 'used', is_used)), '[]')
                           FROM summaries_of({{chapter}}, {{first}}, {{last}})))::text
  FROM chapter
 WHERE id = {{chapter}}
"""


def _block(name, more=""):
    return f"""
           'members', (SELECT coalesce(json_agg(json_build_object({_MEMBER}, {_RETURN},
                                  'payback', to_char(payback, 'YYYY-MM'), 'referrals_given', referrals_given,
                                  'referrals_received', referrals_received, 'one_to_ones', one_to_ones,
                                  'meetings_held', meetings_held)), '[]')
                         FROM line WHERE block = '{name}' AND membership_id IS NOT NULL),
           'totals', (SELECT json_build_object('members', members, {_RETURN},
                                 'received_outside', received_outside::text, 'given_outside', given_outside::text,
                                 'given_former', given_former::text, 'median_roi', median_roi,
                                 'quartiles_roi', json_build_array(lower_quartile_roi, upper_quartile_roi),
                                 'withheld', withheld, 'unconverted', unconverted{more})
                        FROM line WHERE block = '{name}' AND membership_id IS NULL)"""


_MONTH_ONLY = ", 'seat_value', seat_value::text, 'open_seat_month', open_seat_month::text"

ROI_JSON = f"""
WITH line AS MATERIALIZED ({ROI})
SELECT json_build_object(
           'chapter', slug, 'month', to_char({{month}}::date, 'YYYY-MM'), 'currency', currency, 'as_of', {_INSTANT},
           'closed', NULL, {_block('month', _MONTH_ONLY)},
           'trailing', json_build_object({_block('trailing')}),
           'since_joining', json_build_object({_block('since_joining')}))::text
  FROM chapter
 WHERE id = {{chapter}}
"""
