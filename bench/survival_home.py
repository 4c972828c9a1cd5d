"""A home with a running `up`, for the benches that drive and kill one."""
import json
import os
import signal
import subprocess
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def espalier(home, *arguments, check=True):
    done = subprocess.run(
        [str(ROOT / "espalier"), *arguments, "--home", str(home)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=600)
    if check and done.returncode != 0:
        raise SystemExit(f"espalier {' '.join(arguments)} failed ({done.returncode}):\n{done.stdout}{done.stderr}")
    return done


class Installation:
    """One home and the `up` that runs it."""

    def __init__(self, home, slots):
        self.home = home
        self.slots = slots
        self.up = None

    def processes(self):
        try:
            return json.loads((self.home / "run" / "processes.json").read_text())
        except (OSError, ValueError):
            return {}

    def start(self):
        log = open(self.home / "bench-up.log", "a")
        self.up = subprocess.Popen(
            [str(ROOT / "espalier"), "up", "--home", str(self.home), "--slots", str(self.slots)],
            stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)

    def await_ready(self):
        deadline = time.monotonic() + 300
        while time.monotonic() < deadline:
            if (self.processes().get("supervisor") or {}).get("ready") and self.up.poll() is None:
                return
            if self.up.poll() is not None:
                raise SystemExit("up ended: see " + str(self.home / "bench-up.log"))
            time.sleep(0.2)
        raise SystemExit("up was not ready in five minutes")

    def pids(self, victim):
        now = self.processes()
        parts = {
            "worker": [w["pid"] for w in now.get("workers", [])],
            "api": [(now.get("api") or {}).get("pid", 0)],
            "temporal": [(now.get("temporal") or {}).get("pid", 0)],
            "supervisor": [self.up.pid],  # the record may still name one that was killed before
        }
        chosen = sum(parts.values(), []) if victim == "everything" else parts[victim]
        return [pid for pid in chosen if pid]

    def kill(self, victim):
        for pid in self.pids(victim):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        if victim in ("supervisor", "everything"):
            self.up.wait()
            self.start()

    def stop(self):
        if self.up and self.up.poll() is None:
            self.up.terminate()
            try:
                self.up.wait(60)
            except subprocess.TimeoutExpired:
                self.up.kill()

    def launch(self, settings, method="te-nas"):
        done = espalier(self.home, "run", method, "--fresh", "--detach", "--json", *settings)
        return json.loads(done.stdout)["id"]

    def train(self, experiment, settings):
        """Launches the training of what an experiment has found."""
        done = espalier(self.home, "train", experiment, "--fresh", "--detach", "--json", *settings)
        return json.loads(done.stdout)["id"]

    def get(self, path):
        """What the API answers."""
        with urllib.request.urlopen(self.processes()["api"]["url"].rstrip("/") + path, timeout=30) as answer:
            return json.load(answer)

    def show(self, experiment):
        """The experiment as the API tells it, which costs nothing to ask; None while the API is away."""
        api = self.processes().get("api")
        if not api:
            return None
        try:
            with urllib.request.urlopen(f"{api['url'].rstrip('/')}/api/experiments/{experiment}", timeout=5) as answer:
                return json.load(answer)
        except (OSError, ValueError):
            return None

    def await_end(self, experiment, kills, patience):
        """Waits for the end; `kills` are (seconds after now, victim), in order. Returns (view, seconds, log)."""
        start = time.monotonic()
        log = []
        pending = list(kills)
        while time.monotonic() - start < patience:
            if pending and time.monotonic() - start >= pending[0][0]:
                _, victim = pending.pop(0)
                log.append(f"{victim} at {time.monotonic() - start:.0f} s")
                self.kill(victim)
                continue
            view = self.show(experiment)
            if view and view["state"] in ("COMPLETED", "CANCELLED", "NEEDS_ATTENTION"):
                return view, time.monotonic() - start, log
            wait = 1.0
            if pending:
                wait = max(0.0, min(wait, pending[0][0] - (time.monotonic() - start)))
            time.sleep(wait)
        raise SystemExit(f"{experiment} did not end within {patience} s after {log}")


def worker(home, slots):
    """One more worker for a running installation."""
    log = open(home / "bench-workers.log", "a")
    return subprocess.Popen(
        [str(ROOT / "espalier"), "worker", "--queue", "cpu", "--device", "cpu", "--slots", str(slots), "--home",
         str(home)], stdout=log, stderr=log, stdin=subprocess.DEVNULL)


def compiled(jdk, libraries):
    """The bench module's classes, compiled against what the launcher built last; once for each of its builds."""
    classes = libraries.parent / "bench"
    sources = sorted(str(path) for path in (ROOT / "bench/src/main/java").rglob("*.java"))
    newest = max(os.path.getmtime(path) for path in sources)
    if not classes.is_dir() or classes.stat().st_mtime < newest:
        done = subprocess.run(
            [str(jdk / "bin" / "javac"), "-nowarn", "--add-modules", "jdk.incubator.vector", "-d", str(classes), "-cp",
             f"{libraries}/*", *sources], stderr=subprocess.PIPE, text=True)
        if done.returncode != 0:
            raise SystemExit("the bench module does not compile:\n" + done.stderr)
        os.utime(classes)
    return classes


def jdk():
    """A JDK 25, where the launcher would look for one too."""
    home = os.environ.get("JAVA_HOME", "")
    candidates = [Path(home)] if home else []
    candidates += sorted(Path("/usr/lib/jvm").glob("*")) if Path("/usr/lib/jvm").is_dir() else []
    for candidate in candidates:
        release = candidate / "release"
        if release.exists() and 'JAVA_VERSION="25' in release.read_text():
            return candidate
    raise SystemExit("no JDK 25 was found: set JAVA_HOME to one")


def java(main, *arguments):
    """The command that runs a class of the bench module in a JVM of its own, with the launcher's class path and flags."""
    listed = subprocess.run([str(ROOT / "espalier"), "--version"], stdout=subprocess.PIPE, text=True, check=True)
    assert listed.stdout  # the launcher has built what there was to build
    builds = ROOT / "target" / "espalier"
    found = jdk()
    libraries = builds / (builds / "current").read_text().strip() / "lib"
    return [
        str(found / "bin" / "java"), "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow", "-Doffline=true", "-Dai.djl.pytorch.num_threads=1",
        "-Dai.djl.pytorch.num_interop_threads=1", "-XX:MaxDirectMemorySize=1g",
        "--add-modules", "jdk.incubator.vector", "-Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0",
        "-cp", f"{compiled(found, libraries)}:{libraries}/*", main, *arguments]
