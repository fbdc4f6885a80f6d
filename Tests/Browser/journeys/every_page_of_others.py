"""Every page to which links lead a member, and a director, can be used by everybody."""

from journeys.every_page import look


def walk(walk):
    look(walk, "a member", walk.service.member, "/")
    look(walk, "a director", walk.service.director, "/regions/")
