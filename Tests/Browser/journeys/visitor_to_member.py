"""From visitor to member: invited, registered, applied, voted on, inducted.

A member invites somebody, who says that they come, without signing in. Of another, who is here, the committee decides, and a
leader seats them; the office that votes was given a moment before.
"""

import datetime
import re
import urllib.parse

from playwright.sync_api import expect

IN_EVERY_MANNER = True


def walk(walk):
    service, hands = walk.service, walk.hands
    name, seat = f"Wanda Wegener {walk.number + 1}", f"beekeeper {walk.number + 1}"
    brings, votes = service.plain_members[0], service.plain_members[3 + walk.number]
    host, committee = walk.traveller(), walk.traveller()
    walk.sign_in(host, brings)
    with walk.step("a member invites a guest, and gets a link to pass on"):
        walk.open(host, "/chapters/demo/visitors/invite")
        hands.write(host.get_by_label("Name", exact=True), f"Gerda Gast {walk.number + 1}")
        walk.check_page(host)
        hands.press(host.get_by_role("button", name="Invite", exact=True))
        link = urllib.parse.urlsplit(host.get_by_role("main").locator("code").inner_text()).path
        walk.check_page(host)
    guest = walk.traveller()
    with walk.step("the guest says there that they come, with what may be kept of them"):
        walk.open(guest, link)
        hands.write(guest.get_by_label("Profession"), seat)
        hands.press(guest.get_by_role("button", name="I will come"))
        expect(guest.get_by_role("alert")).to_contain_text("tick the box if you agree")
        walk.check_page(guest)
        hands.tick(guest.get_by_label("I agree that"))
        hands.press(guest.get_by_role("button", name="I will come"))
        expect(guest.get_by_role("status")).to_contain_text("You are expected.")
        walk.check_page(guest)
    with walk.check("a link that nobody was given leads nowhere"):
        walk.open(guest, link[:-1] + ("A" if link[-1] != "A" else "B"), status=404)
    with walk.step("who is here already is registered"):
        walk.open(host, "/chapters/demo/log/visitor")
        hands.write(host.get_by_label("Name", exact=True), name)
        hands.tick(host.get_by_label("They agree that we keep their contact data"))
        hands.press(host.get_by_role("button", name="Register"))
        expect(host.get_by_role("status")).to_contain_text("Kept: a visitor.")
    walk.sign_in(committee, votes)
    with walk.step("who holds no office sees no applications"):
        walk.open(committee, "/chapters/demo/applications", status=403)
    service.tell("office", "appoint", "demo", votes, "membership-committee", "--from", datetime.date.today().isoformat())
    with walk.step("from the day of the office on they do, and open one from the visitor"):
        walk.open(committee, "/chapters/demo/visitors")
        hands.press(committee.get_by_role("link", name=re.compile(name)))
        walk.check_page(committee)
        hands.choose(committee.get_by_label("Status"), "visited")
        hands.press(committee.get_by_role("button", name="Move on"))
        hands.press(committee.get_by_role("link", name="Open an application"))
        expect(committee.get_by_label("Name", exact=True)).to_have_value(name)
        hands.write(committee.get_by_label("Seat", exact=True), seat)
        hands.press(committee.get_by_role("button", name="Open it"))
        expect(committee.get_by_role("heading", level=1)).to_contain_text(name)
        walk.check_page(committee)
    application = committee.url
    with walk.step("a vote is counted, and the decision made"):
        hands.press(committee.get_by_role("button", name="yes", exact=True))
        walk.open(committee, application)
        hands.press(committee.get_by_role("link", name="Decide"))
        hands.tick(committee.get_by_label("accepted"))
        walk.check_page(committee)
        hands.press(committee.get_by_role("button", name="Decide"))
        walk.open(committee, application)
        expect(committee.get_by_role("main")).to_contain_text("accepted")
    with walk.check("who brought them reads none of it"):
        walk.open(host, application, status=403)
    leader = walk.traveller()
    walk.sign_in(leader, service.president)
    with walk.step("a leader seats the member"):
        walk.open(leader, "/chapters/demo/members/new")
        hands.write(leader.get_by_label("Name", exact=True), name)
        hands.write(leader.get_by_label("Seat", exact=True), seat)
        hands.press(leader.get_by_role("main").get_by_role("button").last)
        walk.open(leader, "/chapters/demo/members?q=Wegener")
        expect(leader.get_by_role("main")).to_contain_text(name)
    with walk.step("and the committee inducts them"):
        walk.open(committee, application)
        hands.press(committee.get_by_role("link", name="Induct"))
        hands.press(committee.get_by_role("button", name="Induct"))
        expect(committee.get_by_role("link", name="The membership it became")).to_be_visible()
        walk.check_page(committee)
