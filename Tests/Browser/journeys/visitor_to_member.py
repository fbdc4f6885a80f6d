"""From visitor to member: registered, applied, voted on, inducted.

A member brings somebody; the committee decides; a leader seats them; the office that votes was given a moment before.
"""

import datetime
import re

from playwright.sync_api import expect

NAME = "Wanda Wegener"


def walk(walk):
    service = walk.service
    brings, votes = service.plain_members[0], service.plain_members[3]
    host, committee = walk.phone(), walk.phone(scheme="dark")
    walk.sign_in(host, brings)
    with walk.step("a member registers a visitor"):
        walk.open(host, "/chapters/demo/log/visitor")
        host.get_by_label("Name", exact=True).fill(NAME)
        host.get_by_label("They agree that we keep their contact data").check()
        host.get_by_role("button", name="Register").click()
        expect(host.get_by_role("status")).to_contain_text("Kept: a visitor.")
    walk.sign_in(committee, votes)
    with walk.step("who holds no office sees no applications"):
        walk.open(committee, "/chapters/demo/applications", status=403)
    service.tell("office", "appoint", "demo", votes, "membership-committee", "--from", datetime.date.today().isoformat())
    with walk.step("from the day of the office on they do, and open one from the visitor"):
        walk.open(committee, "/chapters/demo/visitors")
        committee.get_by_role("link", name=re.compile(NAME)).click()
        walk.check_page(committee)
        committee.get_by_label("Status").select_option("visited")
        committee.get_by_role("button", name="Move on").click()
        committee.get_by_role("link", name="Open an application").click()
        expect(committee.get_by_label("Name", exact=True)).to_have_value(NAME)
        committee.get_by_label("Seat", exact=True).fill("beekeeper")
        committee.get_by_role("button", name="Open it").click()
        expect(committee.get_by_role("heading", level=1)).to_contain_text(NAME)
        walk.check_page(committee)
    application = committee.url
    with walk.step("a vote is counted, and the decision made"):
        committee.get_by_role("button", name="yes", exact=True).click()
        walk.open(committee, application)
        committee.get_by_role("link", name="Decide").click()
        committee.get_by_label("accepted").check()
        walk.check_page(committee)
        committee.get_by_role("button", name="Decide").click()
        walk.open(committee, application)
        expect(committee.get_by_role("main")).to_contain_text("accepted")
    with walk.check("who brought them reads none of it"):
        walk.open(host, application, status=403)
    leader = walk.desktop()
    walk.sign_in(leader, service.president)
    with walk.step("a leader seats the member"):
        walk.open(leader, "/chapters/demo/members/new")
        leader.get_by_label("Name", exact=True).fill(NAME)
        leader.get_by_label("Seat", exact=True).fill("beekeeper")
        leader.get_by_role("main").get_by_role("button").last.click()
        walk.open(leader, f"/chapters/demo/members?q={NAME.split()[1]}")
        expect(leader.get_by_role("main")).to_contain_text(NAME)
    with walk.step("and the committee inducts them"):
        walk.open(committee, application)
        committee.get_by_role("link", name="Induct").click()
        committee.get_by_role("button", name="Induct").click()
        expect(committee.get_by_role("link", name="The membership it became")).to_be_visible()
        walk.check_page(committee)
