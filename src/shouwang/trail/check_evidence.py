"""Checks an export of the trail with nothing but Python: python check_evidence.py evidence.json [SEAL]"""

import hashlib
import json
import sys


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


with open(sys.argv[1], encoding="utf-8") as stream:
    body = json.load(stream)
seals, previous = {}, None
for seal in body["seals"]:
    said = "\x1f".join(str(seal[key]) for key in ("previous", "moment", "first", "last", "count", "root"))
    if sha(said.encode()).hex() != seal["digest"] or previous not in (None, seal["previous"]):
        sys.exit(f"seal {seal['number']} is not what it says, or does not follow the one before")
    seals[seal["number"]], previous = seal, seal["digest"]
for event in body["events"]:
    digest = sha("\x1f".join(event["parts"]).encode()).hex()
    node = sha(b"\x00" + f"{event['number']}\x1f{digest}".encode())
    for side, other in event["path"]:
        pair = (bytes.fromhex(other), node) if side == "left" else (node, bytes.fromhex(other))
        node = sha(b"\x01" + b"".join(pair))
    if event["seal"] and node.hex() != seals[event["seal"]]["root"]:
        sys.exit(f"event {event['number']} is not what was sealed")
print(len(body["events"]), "events,", sum(not event["seal"] for event in body["events"]), "of them unsealed")
print("last seal", previous)
if len(sys.argv) > 2 and sys.argv[2].lower() not in {seal["digest"] for seal in body["seals"]}:
    sys.exit("the published seal is not among these")
