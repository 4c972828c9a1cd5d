"""The HTTP API of a running ``espalier up``."""

import csv
import hashlib
import hmac
import io
import json
import os
import secrets
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any, Dict, Iterator, List, Mapping, Optional, Tuple, Union, cast

Json = Dict[str, Any]

_OVER = ("COMPLETED", "CANCELLED")
_STANDS = _OVER + ("NEEDS_ATTENTION", "PAUSED")
_PAGE = 1000


class Problem(Exception):
    """What the API refuses: ``status``, and every single problem."""

    def __init__(self, status: int, problems: List[str]) -> None:
        super().__init__("\n".join(problems))
        self.status = status
        self.problems = problems


class NotFound(Problem):
    """There is nothing of that name."""


class Conflict(Problem):
    """It does not go with the state that the experiment is in."""


class Unreachable(Exception):
    """No API answers, or it is not the one of the home."""


@dataclass(frozen=True)
class Event:
    """What a stream tells: ``event`` (something happened), ``snapshot`` (the whole experiment), ``plots``."""

    kind: str
    data: Json
    id: str = ""


class Client:
    """Speaks to the API of a home, or to a URL.

    Without a URL it is the home's (``home``, else ``ESPALIER_HOME``, else ``~/.espalier``): ``espalier up`` has written
    there where its API is, and the API has to prove that it is that one before anything is asked of it. No password is
    needed: the API listens on this machine only, and answers this user.
    """

    def __init__(
        self, url: Optional[str] = None, *, home: Union[str, Path, None] = None, timeout: float = 30.0
    ) -> None:
        self._timeout = timeout
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        secret = ""
        if url is None:
            url, secret = _running(Path(home or os.environ.get("ESPALIER_HOME") or Path.home() / ".espalier"))
        self.url = url.rstrip("/")
        if secret:
            self._require_proof(secret)

    def _require_proof(self, secret: str) -> None:
        challenge = secrets.token_hex(16)
        with self._open("GET", "/health", headers={"Espalier-Challenge": challenge}) as response:
            proof = response.headers.get("Espalier-Proof", "")
        expected = hmac.new(secret.encode(), challenge.encode(), hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected, proof):
            raise Unreachable(f"what answers at {self.url} is not the API of the home: look with espalier doctor")

    def launch(
        self,
        specification: Union[str, Mapping[str, Any]],
        *,
        sets: Optional[Mapping[str, Any]] = None,
        fresh: bool = False,
        launched_by: str = "Python",
        key: Optional[str] = None,
    ) -> "Experiment":
        """Launches an experiment: a specification as a dict or YAML, and single settings by their dotted paths.

        Under the same ``key`` it is launched once, however often that is asked; without one a lost answer is asked for
        again by itself, and nothing is launched twice.
        """
        body = {
            "specification": specification if isinstance(specification, str) else dict(specification),
            "sets": {path: value if isinstance(value, str) else json.dumps(value) for path, value in (sets or {}).items()},
            "fresh": fresh,
            "launchedBy": launched_by,
        }
        return Experiment(self, self._post("/api/experiments", body, key)["id"])

    def experiment(self, id: str) -> "Experiment":
        """The experiment of that id."""
        experiment = Experiment(self, id)
        experiment.view()
        return experiment

    def experiments(
        self, *, state: Union[str, None] = None, words: str = "", sort: str = "-created", limit: Optional[int] = None
    ) -> List[Json]:
        """The list, a dict for each: ``state`` is one or several by commas, ``sort`` a field, with ``-`` the greatest first."""
        parameters = {"state": state or "", "q": words, "sort": sort}
        lines: List[Json] = []
        while limit is None or len(lines) < limit:
            size = _PAGE if limit is None else min(_PAGE, limit - len(lines))
            query = urllib.parse.urlencode(
                {name: value for name, value in {**parameters, "limit": size, "offset": len(lines)}.items() if value != ""}
            )
            part = cast(List[Json], self._get("/api/experiments?" + query))
            lines += part
            if len(part) < size:
                break
        return lines

    def _get(self, path: str) -> Any:
        with self._open("GET", path) as response:
            return json.load(response)

    def _post(self, path: str, body: Optional[Json], key: Optional[str] = None) -> Json:
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        for attempt in range(3):
            try:
                with self._open("POST", path, body or {}, headers) as response:
                    return cast(Json, json.load(response))
            except (Unreachable, HTTPException, ConnectionError):
                if attempt == 2:
                    raise
        raise AssertionError("unreachable")

    def _open(
        self, method: str, path: str, body: Optional[Json] = None, headers: Optional[Mapping[str, str]] = None
    ) -> HTTPResponse:
        request = urllib.request.Request(self.url + path, method=method, headers=dict(headers or {}))
        request.add_header("Accept", "*/*")
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        try:
            return cast(HTTPResponse, self._opener.open(request, timeout=self._timeout))
        except urllib.error.HTTPError as error:
            with error:
                raise _problem(error.code, error.read()) from None
        except (urllib.error.URLError, TimeoutError) as error:
            raise Unreachable(f"{self.url} does not answer ({error}): start it with espalier up") from error


class Experiment:
    """One experiment, as it is whenever it is asked."""

    def __init__(self, client: Client, id: str) -> None:
        self._client = client
        self.id = id

    def __repr__(self) -> str:
        return f"Experiment({self.id!r})"

    @property
    def _path(self) -> str:
        return "/api/experiments/" + urllib.parse.quote(self.id, safe="")

    def view(self) -> Json:
        """Everything that ``espalier show --json`` prints."""
        return cast(Json, self._client._get(self._path))

    @property
    def state(self) -> str:
        """QUEUED, RUNNING, PAUSED, NEEDS_ATTENTION, COMPLETED or CANCELLED."""
        return str(self.view()["state"])

    @property
    def result(self) -> Optional[Json]:
        """What was found; None before it is completed."""
        return cast(Optional[Json], self.view()["result"])

    def pause(self) -> Json:
        """Pauses at the next checkpoint."""
        return self._client._post(self._path + "/pause", None)

    def resume(self) -> Json:
        """Goes on after a pause."""
        return self._client._post(self._path + "/resume", None)

    def cancel(self) -> Json:
        """Ends it; what is finished stays."""
        return self._client._post(self._path + "/cancel", None)

    def retry(self) -> Json:
        """Tries what failed again, from its last checkpoint."""
        return self._client._post(self._path + "/retry", None)

    def findings(self) -> Json:
        """The numbers behind the plots, as far as they are known."""
        return cast(Json, self._client._get(self._path + "/plots"))

    def trainings(self) -> List[Json]:
        """The trainings, a dict for each: architecture, seed, accuracies as ratios, parameters, MACs."""
        return [
            {name: value for name, value in training.items() if name not in ("loss", "validation")}
            for training in _trainings(self.findings())
        ]

    def curves(self) -> List[Json]:
        """The curves of its trainings in long form: a dict for each training, series and epoch."""
        return [
            {
                "architecture": training["architecture"],
                "evaluation": training["evaluationId"],
                "seed": training["seed"],
                "series": series,
                "epoch": point[0],
                "value": point[1],
            }
            for training in _trainings(self.findings())
            for series in ("loss", "validation")
            for point in training[series]
        ]

    def measurements(self, series: str = "") -> List[Json]:
        """Every number that its stages have measured (losses, indicators, fitness, ...), a dict for each.

        ``series`` is one series, or what its name begins with before a ``-`` or ``/``; a value that was not finite is
        None.
        """
        query = "?" + urllib.parse.urlencode({"name": series}) if series else ""
        with self._client._open("GET", f"{self._path}/series/csv{query}") as response:
            lines = csv.DictReader(io.StringIO(response.read().decode("utf-8"), newline=""))
        return [
            {
                "stage": line["stage"],
                "series": line["series"],
                "round": int(line["round"]),
                "step": int(line["step"]),
                "value": float(line["value"]) if line["value"] else None,
            }
            for line in lines
        ]

    def artifacts(self) -> List[Json]:
        """The files that it has left."""
        return cast(List[Json], self._client._get(self._path + "/artifacts"))

    def download(self, digest: str, file: Union[str, Path]) -> None:
        """Writes an artifact into a file; refuses bytes that are not those of the digest."""
        with self._client._open("GET", f"{self._path}/artifacts/{urllib.parse.quote(digest, safe='')}") as response:
            content = response.read()
        if hashlib.sha256(content).hexdigest() != digest:
            raise Unreachable(f"what came is not {digest}: try again")
        part = Path(f"{file}.part")
        part.write_bytes(content)
        part.replace(file)

    def follow(self, *, after: Optional[str] = None) -> Iterator[Event]:
        """What happens, as it happens, until the experiment is over.

        A lost connection is taken up where it was lost: no event comes twice, none is missed.
        """
        last = after
        failures = 0
        while True:
            try:
                headers = {"Last-Event-ID": last} if last else {}
                with self._client._open("GET", self._path + "/events", headers=headers) as response:
                    for event in _events(response):
                        failures = 0
                        last = event.id or last
                        yield event
                        if event.kind == "snapshot" and event.data["state"] in _OVER:
                            return
            except (Unreachable, HTTPException, OSError) as lost:
                failures += 1
                if failures > 5:
                    raise Unreachable(f"{self._client.url} was lost: {lost}") from lost
                time.sleep(min(2 ** failures / 4, 5))

    def wait(self) -> Json:
        """Returns when it stands: completed, cancelled, paused, or in need of attention; the view as it is then."""
        for event in self.follow():
            if event.kind == "snapshot" and event.data["state"] in _STANDS:
                return event.data
        return self.view()


def _trainings(node: Any) -> Iterator[Json]:
    if isinstance(node, dict):
        if {"evaluationId", "architecture", "loss", "validation"} <= node.keys():
            yield node
        else:
            for each in node.values():
                yield from _trainings(each)
    elif isinstance(node, list):
        for each in node:
            yield from _trainings(each)


def _events(response: HTTPResponse) -> Iterator[Event]:
    """The messages of a stream of server-sent events; comments and heartbeats are passed over."""
    fields: Dict[str, List[str]] = {}
    for line in response:
        text = line.decode("utf-8").rstrip("\r\n")
        if text:
            name, _, value = text.partition(":")
            fields.setdefault(name, []).append(value[1:] if value.startswith(" ") else value)
            continue
        kind = "".join(fields.get("event", ["message"]))
        data = "\n".join(fields.get("data", []))
        if data and kind != "heartbeat":
            parsed = json.loads(data)
            yield Event(kind, parsed if isinstance(parsed, dict) else {"value": parsed}, "".join(fields.get("id", [])))
        fields = {}


def _problem(status: int, body: bytes) -> Problem:
    try:
        problem = json.loads(body)
        problems = [str(each) for each in problem.get("problems") or [problem["detail"]]]
    except (ValueError, KeyError, AttributeError):
        problems = [f"status {status}"]
    return {404: NotFound, 409: Conflict}.get(status, Problem)(status, problems)


def _running(home: Path) -> Tuple[str, str]:
    """Where the API of a home is, and the secret of which it has a proof."""
    try:
        processes = json.loads((home / "run" / "processes.json").read_text(encoding="utf-8"))
        api = processes["api"]
        return str(api["url"]), str(processes.get("secret") or "")
    except FileNotFoundError:
        raise Unreachable(f"nothing runs in the home {home}: start it with espalier up") from None
    except (ValueError, KeyError, TypeError) as error:
        raise Unreachable(f"{home}/run/processes.json tells of no API: start it with espalier up") from error
