"""Be told what changes: check each message of a webhook, and take in each change once.

SECRET=whsec_… python receive.py 9000 seen.txt
"""

import base64
import hashlib
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

SECONDS = 300  # a message that is older may have been kept by somebody and sent again


class Receiver(BaseHTTPRequestHandler):
    """Answer 204 once a message is taken in: only then does the next one come."""

    def do_POST(self):  # as Python's library calls it
        """Take in a message that is genuine."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        is_ours = is_genuine(self.headers, body)
        if is_ours:
            take_in(json.loads(body).get("changes", []), Path(sys.argv[2]))
        self.send_response(204 if is_ours else 401)
        self.end_headers()


def is_genuine(headers, body):
    """Tell whether the portal signed this message, and just now."""
    stamp = headers.get("webhook-timestamp", "0")
    key = base64.b64decode(os.environ["SECRET"].removeprefix("whsec_"))
    signed = f"{headers.get('webhook-id')}.{stamp}.".encode() + body
    ours = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    theirs = headers.get("webhook-signature", "").split()
    is_new = stamp.isdigit() and abs(time.time() - int(stamp)) < SECONDS
    return is_new and any(hmac.compare_digest(ours, each) for each in theirs)


def take_in(changes, seen):
    """Do what is to be done with each change above the highest number dealt with so far."""
    highest = int(seen.read_text()) if seen.exists() else 0
    for change in changes:
        if change["seq"] > highest:
            print(change["seq"], change["kind"], change["href"], flush=True)  # your work
            seen.write_text(str(change["seq"]))


HTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
