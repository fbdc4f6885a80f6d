"""What the drills of restarts and upgrades have in common: services behind an nginx, and a crowd that must notice nothing."""

import http.client
import pathlib
import ssl
import sys

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path += [str(TESTS / "Faults"), str(TESTS / "Proxy")]

from cluster import DATABASE, PROJECT, Cluster, wait_until  # noqa: E402, F401
from crowd import Crowd  # noqa: E402, F401
from nginx import Nginx  # noqa: E402
from stage import ActivatedNode, Node, Stage  # noqa: E402, F401

# Longer than nginx keeps a connection that rests, by deploy/nginx/chapterhouse.conf.
DRAIN = 5


class Front:
    """The nginx of deploy/nginx before services, as clients know it: a place of its own."""

    name = "nginx"

    def __init__(self, nodes):
        self.nodes, self.errors = nodes, []
        self.program, self.tell, self.memory = nodes[0].program, nodes[0].tell, nodes[0].memory
        self.nginx = Nginx("localhost", *(node.port for node in nodes))
        self.context = ssl.create_default_context(cafile=self.nginx.certificate)

    def connect(self, seconds):
        return http.client.HTTPSConnection("localhost", self.nginx.port, timeout=seconds, context=self.context)

    def start(self):
        for node in self.nodes:
            node.start()

    def wait_until_ready(self):
        for node in self.nodes:
            node.wait_until_ready()

    def is_alive(self):
        return self.nginx.process.poll() is None

    def probe(self, path):
        """200 where every service says so."""
        return max((node.probe(path) or 599 for node in self.nodes), default=599)

    def end(self):
        for node in self.nodes:
            node.end()
        self.nginx.end()
