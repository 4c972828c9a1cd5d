"""Against a real API: the test of the build starts one, with planted experiments, and says where."""

import hashlib
import json
import os
import threading
from pathlib import Path

import pytest

from espalier import Client, Conflict, NotFound, Problem, Unreachable, frame

HOME = os.environ.get("ESPALIER_TEST_HOME", "")
pytestmark = pytest.mark.skipif(not HOME, reason="ESPALIER_TEST_HOME names no home with a running API")

DONE = "te-nas-k7m2qd"


@pytest.fixture(name="client")
def of_the_home() -> Client:
    return Client(home=HOME)


def test_finds_the_api_of_its_home_and_has_it_prove_that(client: Client, tmp_path: Path) -> None:
    assert client.url.startswith("http://127.0.0.1:")
    processes = json.loads((Path(HOME) / "run" / "processes.json").read_text())
    processes["secret"] = "another"
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "processes.json").write_text(json.dumps(processes))
    with pytest.raises(Unreachable, match="not the API of the home"):
        Client(home=tmp_path)


def test_says_that_nothing_runs_in_a_home(tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match="espalier up"):
        Client(home=tmp_path)
    with pytest.raises(Unreachable, match="does not answer"):
        Client("http://127.0.0.1:1").experiments()


def test_launches_once_under_a_key_and_steers(client: Client) -> None:
    first = client.launch({"method": "te-nas", "seed": 11}, sets={"search.repeats": 2}, key="a-test")
    again = client.launch({"method": "te-nas", "seed": 11}, sets={"search.repeats": 2}, key="a-test")

    assert first.id == again.id
    view = first.view()
    assert view["specification"]["search"]["repeats"] == 2
    assert view["launchedBy"] == "Python"
    assert first.state == "QUEUED"
    assert first.pause()["desired"] == "PAUSED"
    assert first.resume()["desired"] == "RUNNING"
    assert first.cancel()["desired"] == "CANCELLED"


def test_launches_yaml(client: Client) -> None:
    assert client.launch("method: te-nas\nseed: 12\n").view()["seed"] == 12


def test_lists_in_parts_filtered_and_sorted(client: Client) -> None:
    lines = client.experiments(words="evolution", sort="seed")

    assert [line["id"] for line in lines] == ["gnn-evolution-h8n3wd", "gnn-evolution-b5k2xs"]
    assert [line["id"] for line in client.experiments(words="evolution", sort="-seed", limit=1)] == [
        "gnn-evolution-b5k2xs"]
    assert {line["state"] for line in client.experiments(state="COMPLETED")} == {"COMPLETED"}


def test_reads_results_as_rows_and_as_data_frames(client: Client) -> None:
    experiment = client.experiment(DONE)

    result = experiment.result
    assert result is not None
    trainings = experiment.trainings()
    assert trainings[0]["architecture"] == result["architecture"]
    assert all(0 <= training["testAccuracy"] <= 1 for training in trainings)
    curves = frame(experiment.curves())
    assert set(curves.columns) == {"architecture", "evaluation", "seed", "series", "epoch", "value"}
    assert set(curves["series"]) == {"loss", "validation"}


def test_reads_every_number_in_long_form(client: Client) -> None:
    experiment = client.experiment(DONE)

    rows = experiment.measurements("round/candidates")

    first = experiment.findings()["rounds"][0]["candidates"]
    deltas = [row["value"] for row in rows if row["series"] == "round/candidates/regionDelta" and row["round"] == 0]
    assert deltas == [candidate["regionDelta"] for candidate in first]
    assert len(experiment.measurements()) > len(rows)
    with pytest.raises(NotFound, match="no series"):
        experiment.measurements("nothing")


def test_downloads_what_it_has_left(client: Client, tmp_path: Path) -> None:
    experiment = client.experiment(DONE)
    digest = next(training["weights"] for training in experiment.trainings() if training["weights"])

    experiment.download(digest, tmp_path / "weights")

    assert hashlib.sha256((tmp_path / "weights").read_bytes()).hexdigest() == digest
    assert experiment.artifacts() == []
    with pytest.raises(NotFound):
        experiment.download("0" * 64, tmp_path / "nothing")


def test_follows_to_the_end_and_takes_up_after_an_event(client: Client) -> None:
    events = list(client.experiment(DONE).follow())

    told = [event for event in events if event.kind == "event"]
    assert events[-1].kind == "snapshot" and events[-1].data["state"] == "COMPLETED"
    later = [event for event in client.experiment(DONE).follow(after=told[1].id) if event.kind == "event"]
    assert [event.id for event in later] == [event.id for event in told[2:]]


def test_waits_until_it_stands(client: Client) -> None:
    assert client.experiment(DONE).wait()["state"] == "COMPLETED"
    assert client.experiment("te-nas-w4x9bn").wait()["state"] == "NEEDS_ATTENTION"


def test_goes_on_after_a_lost_connection(client: Client) -> None:
    """A relay before the API ends each connection after some bytes: no event is lost, none comes twice."""
    import http.server
    import urllib.request

    class Relay(http.server.BaseHTTPRequestHandler):
        asked = []  # type: list[str]

        def do_GET(self) -> None:
            last = self.headers.get("Last-Event-ID")
            Relay.asked.append(last or "")
            request = urllib.request.Request(client.url + self.path, headers={"Last-Event-ID": last} if last else {})
            with urllib.request.urlopen(request) as response:
                self.send_response(200)
                self.end_headers()
                events = 0
                for line in response:
                    self.wfile.write(line)
                    events += line == b"\n"
                    if events == 2 and len(Relay.asked) < 3:
                        return

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Relay)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    relayed = Client(f"http://127.0.0.1:{server.server_port}")
    try:
        from espalier import Experiment
        ids = [event.id for event in Experiment(relayed, DONE).follow() if event.kind == "event"]
    finally:
        server.shutdown()
        server.server_close()

    whole = [event.id for event in client.experiment(DONE).follow() if event.kind == "event"]
    assert len(whole) > 4
    assert ids == whole
    assert Relay.asked[1] == whole[1]


def test_tells_problems_apart(client: Client) -> None:
    with pytest.raises(NotFound, match="no experiment nobody"):
        client.experiment("nobody")
    with pytest.raises(Conflict, match="over"):
        client.experiment(DONE).pause()
    with pytest.raises(Problem) as refused:
        client.launch({"method": "te-nas", "sead": 1, "search": {"repeats": 0}})
    assert refused.value.status == 400
    assert len(refused.value.problems) == 2
