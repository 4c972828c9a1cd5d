"""What a client that was generated from the OpenAPI document does: launches, lists, reads typed results.

Arguments: the server's URL, and the id of a completed experiment of TE-NAS.
"""

import sys

from espalier_generated import Client
from espalier_generated.api.catalogue import list_methods
from espalier_generated.api.experiments import (
    launch_experiment,
    list_experiments,
    pause_experiment,
    show_experiment,
    show_findings,
)
from espalier_generated.models import (
    ExperimentLine,
    ExperimentState,
    ExperimentView,
    LaunchRequest,
    ListMethodsSort,
    Problem,
    TeNasFindings,
    TeNasSpecification,
    TeNasSpecificationMethod,
)

url, completed = sys.argv[1:]
client = Client(base_url=url)

request = LaunchRequest(specification=TeNasSpecification(method=TeNasSpecificationMethod.TE_NAS, seed=21))
launched = launch_experiment.sync(client=client, body=request, idempotency_key="generated")
assert isinstance(launched, ExperimentView), launched
assert launched.state == ExperimentState.QUEUED
assert isinstance(launched.specification, TeNasSpecification)
assert launched.specification.seed == 21
again = launch_experiment.sync(client=client, body=request, idempotency_key="generated")
assert isinstance(again, ExperimentView) and again.id == launched.id

lines = list_experiments.sync(client=client, state="COMPLETED", limit=1)
assert isinstance(lines, list) and len(lines) == 1
assert isinstance(lines[0], ExperimentLine) and lines[0].state == ExperimentState.COMPLETED

view = show_experiment.sync(completed, client=client)
assert isinstance(view, ExperimentView) and view.started and view.ended and view.ended > view.started
findings = show_findings.sync(completed, client=client)
assert isinstance(findings, TeNasFindings), findings
assert findings.rounds[0].candidates[0].operator in findings.operators
assert findings.found is not None and findings.trainings[0].architecture == findings.found.architecture

refused = show_experiment.sync("nobody", client=client)
assert isinstance(refused, Problem) and refused.status == 404
over = pause_experiment.sync_detailed(completed, client=client)
assert over.status_code == 409 and isinstance(over.parsed, Problem)
methods = list_methods.sync(client=client, sort=ListMethodsSort.NAME)
assert isinstance(methods, list) and methods[0].name == "gnn-evolution"
print("read", len(findings.rounds), "rounds")
