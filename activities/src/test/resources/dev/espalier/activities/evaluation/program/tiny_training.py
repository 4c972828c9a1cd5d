"""A training in a few lines, for tests: what it tells follows from architecture, seed and epoch.

tiny_training.py ARCHITECTURE EPOCHS SEED CHECKPOINT [DEED]: DEED is what it does at the second epoch.
"""
import hashlib
import json
import os
import sys

architecture, epochs, seed, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
deed = sys.argv[5] if len(sys.argv) > 5 else ""
state_file = os.path.join(folder, "state.json")
notes = os.environ["NOTES"]


def note(word, epoch):
    with open(notes, "a") as file:
        file.write(f"{word} {epoch}\n")


def once(word):
    """Whether this is the first process that comes here."""
    try:
        os.close(os.open(notes + "-" + word, os.O_CREAT | os.O_EXCL))
        return True
    except FileExistsError:
        return False


state = {"epoch": 0, "digest": seed}
if os.path.exists(state_file):
    with open(state_file) as file:
        state = json.load(file)


def tell():
    ratio = int(state["digest"][:6], 16) / 0xffffff
    line = {"epoch": state["epoch"], "validation": ratio, "loss": 1 - ratio}
    if deed != "no-test":
        line["test"] = ratio / 2
    print(json.dumps(line), flush=True)


if state["epoch"] > 0:
    tell()
print("words for people")
print("a warning", file=sys.stderr, flush=True)
for epoch in range(state["epoch"] + 1, epochs + 1):
    note("started", epoch)
    if epoch == 2:
        if deed == "killed" and once("killed"):
            os.kill(os.getpid(), 9)
        elif deed == "always-killed":
            os.kill(os.getpid(), 11)
        elif deed == "fails":
            print("ValueError: no such layer", file=sys.stderr)
            sys.exit(3)
        elif deed == "memory":
            bytearray(1 << 33)
        elif deed == "percent":
            print(json.dumps({"epoch": 2, "validation": 71}), flush=True)
        elif deed == "diverges":
            print(json.dumps({"epoch": 2, "validation": float("nan")}), flush=True)
        elif deed == "early":
            sys.exit(0)
    digest = hashlib.sha256(f"{state['digest']}/{architecture}/{epoch}".encode()).hexdigest()
    state = {"epoch": epoch, "digest": digest}
    with open(state_file + ".part", "w") as file:
        json.dump(state, file)
    os.replace(state_file + ".part", state_file)
    tell()
    note("told", epoch)
