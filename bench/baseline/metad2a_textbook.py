#!/usr/bin/env python3
"""MetaD2A in textbook PyTorch, for a speed comparison.

As the paper describes it: graphs grow vertex by vertex, each from a list of what reaches it; sets go through one after
another; each candidate is scored on ten draws of its own. The names of the parameters are those of the published
checkpoints. Written for this comparison after the description.

Reads features.bin, tasks.json, trained.pt, generator.pt and predictor.pt from a folder (MetaD2ASpeed writes them).
Prints one JSON object.
"""
import argparse
import json
import os
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
import math

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

HEADS = 4
START, END = 0, 1


class Mab(nn.Module):
    """Attention of one set on another; the scale is the whole width's."""

    def __init__(self, queries, keys, width):
        super().__init__()
        self.fc_q = nn.Linear(queries, width)
        self.fc_k = nn.Linear(keys, width)
        self.fc_v = nn.Linear(keys, width)
        self.fc_o = nn.Linear(width, width)

    def forward(self, queries, keys):
        q, k, v = self.fc_q(queries), self.fc_k(keys), self.fc_v(keys)
        each = q.size(2) // HEADS
        q, k, v = (torch.cat(x.split(each, 2), 0) for x in (q, k, v))
        attention = torch.softmax(q.bmm(k.transpose(1, 2)) / math.sqrt(self.fc_q.out_features), 2)
        out = torch.cat((q + attention.bmm(v)).split(queries.size(0), 0), 2)
        return out + F.relu(self.fc_o(out))


class Sab(nn.Module):
    def __init__(self, width, hidden):
        super().__init__()
        self.mab = Mab(width, width, hidden)

    def forward(self, x):
        return self.mab(x, x)


class Pma(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.S = nn.Parameter(torch.empty(1, 1, width))
        nn.init.xavier_uniform_(self.S)
        self.mab = Mab(width, width, width)

    def forward(self, x):
        return self.mab(self.S.repeat(x.size(0), 1, 1), x)


class SetPool(nn.Module):
    def __init__(self, width, hidden):
        super().__init__()
        self.enc = nn.Sequential(Sab(width, hidden), Sab(hidden, hidden))
        self.dec = nn.Sequential(Pma(hidden), nn.Linear(hidden, hidden))

    def forward(self, x):
        return self.dec(self.enc(x)).squeeze(1)


class SetEncoder(nn.Module):
    def __init__(self, width, latent, images):
        super().__init__()
        self.images = images
        self.width = width
        self.intra_setpool = SetPool(width, latent)
        self.inter_setpool = SetPool(latent, latent)

    def set_vectors(self, batch):
        """[b, classes * images, width] -> [b, latent], one set after another."""
        vectors = []
        for images in batch:
            classes = self.intra_setpool(images.reshape(-1, self.images, self.width))
            vectors.append(self.inter_setpool(classes.unsqueeze(0)))
        return torch.cat(vectors, 0)


def one_hot(index, width):
    return F.one_hot(torch.as_tensor(index), width).float()


class States:
    """The vertices so far of some graphs that grow together."""

    def __init__(self, count):
        self.types = [[] for _ in range(count)]
        self.sources = [[] for _ in range(count)]  # of each vertex
        self.state = [[] for _ in range(count)]


class Generator(SetEncoder):
    def __init__(self, vertices, types, width=512, latent=56, hidden=56, images=20):
        super().__init__(width, latent, images)
        self.vertices, self.types, self.hidden = vertices, types, hidden
        for name in ("grue_forward", "grue_backward"):
            setattr(self, name, nn.GRUCell(types, hidden))
        self.enc_g_mu, self.enc_g_var = nn.Linear(hidden, latent), nn.Linear(hidden, latent)
        self.fc1, self.fc2 = nn.Linear(latent, latent), nn.Linear(latent, latent)
        self.grud = nn.GRUCell(types, hidden)
        self.fc3 = nn.Linear(latent, hidden)
        self.add_vertex = nn.Sequential(nn.Linear(hidden, 2 * hidden), nn.ReLU(), nn.Linear(2 * hidden, types))
        self.add_edge = nn.Sequential(nn.Linear(2 * hidden, 4 * hidden), nn.ReLU(), nn.Linear(4 * hidden, 1))
        self.decoding_gate = nn.Sequential(nn.Linear(hidden + vertices, hidden), nn.Sigmoid())
        self.decoding_mapper = nn.Sequential(nn.Linear(hidden + vertices, hidden, bias=False))
        for way in ("forward", "backward"):
            setattr(self, f"gate_{way}", nn.Sequential(nn.Linear(hidden + vertices, hidden), nn.Sigmoid()))
        for way in ("forward", "backward"):
            setattr(self, f"mapper_{way}", nn.Sequential(nn.Linear(hidden + vertices, hidden, bias=False)))
        self.hv_unify = nn.Sequential(nn.Linear(2 * hidden, hidden))
        self.hg_unify = nn.Sequential(nn.Linear(2 * hidden, hidden))
        self.set_fc = nn.Sequential(nn.Linear(512, latent), nn.ReLU())

    def latent(self, batch):
        vectors = self.set_vectors(batch)
        return self.fc1(vectors), self.fc2(vectors)

    def update(self, graphs, vertex, hidden=None):
        """Computes a vertex's states from those of its sources, in all graphs that have it."""
        having = [g for g in range(len(graphs.types)) if len(graphs.types[g]) > vertex]
        if not having:
            return
        inputs = one_hot([graphs.types[g][vertex] for g in having], self.types)
        if hidden is None:
            most = max(len(graphs.sources[g][vertex]) for g in having)
            if most == 0:
                hidden = torch.zeros(len(having), self.hidden)
            else:
                rows = []
                for g in having:
                    sources = graphs.sources[g][vertex]
                    row = [torch.cat([graphs.state[g][s], one_hot([s], self.vertices)], 1) for s in sources]
                    row += [torch.zeros(1, self.hidden + self.vertices)] * (most - len(sources))
                    rows.append(torch.cat(row, 0).unsqueeze(0))
                stacked = torch.cat(rows, 0)
                hidden = (self.decoding_gate(stacked) * self.decoding_mapper(stacked)).sum(1)
        states = self.grud(inputs, hidden)
        for i, g in enumerate(having):
            del graphs.state[g][vertex:]
            graphs.state[g].append(states[i:i + 1])

    def begin(self, z):
        graphs = States(len(z))
        for g in range(len(z)):
            graphs.types[g].append(START)
            graphs.sources[g].append([])
        self.update(graphs, 0, torch.tanh(self.fc3(z)))
        return graphs

    def vertex_state(self, graphs, vertex):
        return torch.cat([states[vertex] if len(states) > vertex else torch.zeros(1, self.hidden)
                          for states in graphs.state], 0)

    def edge_score(self, graphs, source, vertex):
        pair = torch.cat([self.vertex_state(graphs, source), self.vertex_state(graphs, vertex)], 1)
        return torch.sigmoid(self.add_edge(pair))

    def loss(self, mu, logvar, types, sources, noise=0.0):
        """Sum over the batch; graphs of all vertices."""
        z = mu + noise * 0.01 * torch.exp(0.5 * logvar)
        graphs = self.begin(z)
        total = 0
        for vertex in range(1, self.vertices):
            scores = self.add_vertex(torch.cat([states[-1] for states in graphs.state], 0))
            total = total + F.cross_entropy(scores, torch.tensor([t[vertex] for t in types]), reduction="sum")
            for g in range(len(z)):
                graphs.types[g].append(types[g][vertex])
                graphs.sources[g].append([])
            self.update(graphs, vertex)
            edge_scores, truth = [], []
            for source in range(vertex - 1, -1, -1):
                edge_scores.append(self.edge_score(graphs, source, vertex))
                truth.append(torch.tensor([[float(source in sources[g][vertex])] for g in range(len(z))]))
                for g in range(len(z)):
                    if source in sources[g][vertex]:
                        graphs.sources[g][vertex].append(source)
                self.update(graphs, vertex)
            total = total + F.binary_cross_entropy(torch.cat(edge_scores, 1), torch.cat(truth, 1), reduction="sum")
        kld = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
        return total + 0.005 * kld, total, kld

    @torch.no_grad()
    def decode(self, z, uniform_types=None, uniform_edges=None):
        graphs = self.begin(z)
        finished = [False] * len(z)
        row = 0
        for vertex in range(1, self.vertices):
            if vertex == self.vertices - 1:
                new = [END] * len(z)
            else:
                probabilities = torch.softmax(
                    self.add_vertex(torch.cat([states[-1] for states in graphs.state], 0)), 1)
                if uniform_types is None:
                    new = [int(torch.multinomial(p, 1)) for p in probabilities]
                else:
                    sums = probabilities.double()
                    sums = (sums / sums.sum(1, keepdim=True)).cumsum(1)
                    new = [int((sums[g] <= uniform_types[vertex - 1][g]).sum()) for g in range(len(z))]
            for g in range(len(z)):
                if not finished[g]:
                    graphs.types[g].append(new[g])
                    graphs.sources[g].append([])
            self.update(graphs, vertex)
            for source in range(vertex - 1, -1, -1):
                scores = self.edge_score(graphs, source, vertex)[:, 0]
                uniform = torch.rand(len(z)) if uniform_edges is None else torch.tensor(uniform_edges[row])
                row += 1
                for g in range(len(z)):
                    if finished[g]:
                        continue
                    if new[g] == END:
                        used = {s for sources in graphs.sources[g] for s in sources}
                        graphs.sources[g][vertex] = [s for s in range(vertex) if s not in used]
                        finished[g] = True
                    elif uniform[g] < scores[g]:
                        graphs.sources[g][vertex].append(source)
                self.update(graphs, vertex)
        return graphs


class Predictor(SetEncoder):
    def __init__(self, vertices, types, width=512, latent=56, hidden=512, images=20):
        super().__init__(width, latent, images)
        self.vertices, self.types, self.hidden = vertices, types, hidden
        for name in ("grue_forward", "grue_backward"):
            setattr(self, name, nn.GRUCell(types, hidden))
        self.fc1, self.fc2 = nn.Linear(hidden, latent), nn.Linear(hidden, latent)
        for way in ("forward", "backward"):
            setattr(self, f"gate_{way}", nn.Sequential(nn.Linear(hidden + vertices, hidden), nn.Sigmoid()))
        for way in ("forward", "backward"):
            setattr(self, f"mapper_{way}", nn.Sequential(nn.Linear(hidden + vertices, hidden, bias=False)))
        self.hv_unify = nn.Sequential(nn.Linear(2 * hidden, hidden))
        self.hg_unify = nn.Sequential(nn.Linear(2 * hidden, hidden))
        self.set_fc = nn.Sequential(nn.Linear(512, latent), nn.ReLU())
        self.pred_fc = nn.Sequential(nn.Linear(2 * latent, hidden), nn.Tanh(), nn.Linear(hidden, 1))

    def one_way(self, types, neighbours, order, gru, gate, mapper):
        states = {}
        for vertex in order:
            inputs = one_hot([t[vertex] for t in types], self.types)
            rows = []
            for g in range(len(types)):
                row = [torch.cat([states[n][g:g + 1], one_hot([n], self.vertices)], 1) for n in neighbours[g][vertex]]
                if row:
                    rows.append(torch.cat(row, 0).unsqueeze(0))
            if not rows:
                hidden = torch.zeros(len(types), self.hidden)
            else:
                stacked = torch.cat(rows, 0)
                hidden = (gate(stacked) * mapper(stacked)).sum(1)
            states[vertex] = gru(inputs, hidden)
        return states[order[-1]]

    def graph_vectors(self, types, sources):
        order = list(range(self.vertices))
        targets = [[[t for t in order if v in each[t]] for v in order] for each in sources]
        forward = self.one_way(types, sources, order, self.grue_forward, self.gate_forward, self.mapper_forward)
        backward = self.one_way(types, targets, order[::-1], self.grue_backward, self.gate_backward,
                                self.mapper_backward)
        return self.fc1(self.hg_unify(torch.cat([forward, backward], 1)))

    def forward(self, batch, types, sources):
        return self.pred_fc(torch.cat([self.set_vectors(batch), self.graph_vectors(types, sources)], 1))


PER_CLASS, WANTED, DRAWS, WARM_UP = 20, 500, 10, 3


def decoded(types, sources):
    """The operations of a valid cell, else None."""
    if len(types) != 8 or types[0] != START or types[-1] != END or any(t < 2 for t in types[1:-1]):
        return None
    used = {s for each in sources for s in each}
    if any(not sources[v] for v in range(1, 8)) or any(v not in used for v in range(7)):
        return None
    return tuple(types[1:-1])


def draw(features, classes):
    return torch.cat([features[c][torch.randperm(features.size(1))[:PER_CLASS]] for c in classes], 0)


def timed(work):
    cpu, wall = time.process_time(), time.time()
    answer = work()
    return answer, time.process_time() - cpu, time.time() - wall


def generate(model, features, classes):
    kept, generated = {}, 0
    with torch.no_grad():
        while len(kept) < WANTED:
            batch = torch.stack([draw(features, classes) for _ in range(100)])
            graphs = model.decode(model.latent(batch)[0])
            for types, sources in zip(graphs.types, graphs.sources):
                generated += 1
                cell = decoded(types, sources)
                if cell is not None and len(kept) < WANTED:
                    kept[cell] = [START, *cell, END]
    return list(kept.values()), generated


def rank(model, features, classes, candidates, sources):
    scores = []
    with torch.no_grad():
        for types in candidates:
            batch = torch.stack([draw(features, classes) for _ in range(DRAWS)])
            scores.append(float(model(batch, [types] * DRAWS, [sources] * DRAWS).mean()))
    return scores


def train(model, loss_of, features, tasks, steps):
    optimizer = torch.optim.Adam(model.parameters(), 1e-4)
    losses, begin = [], (0, 0)
    for step in range(WARM_UP + steps):
        if step == WARM_UP:
            begin = (time.process_time(), time.time())
        optimizer.zero_grad()
        loss = loss_of(torch.stack([draw(features, classes) for classes in tasks]))
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()) / len(tasks))
    return losses, (time.process_time() - begin[0]) / steps, (time.time() - begin[1]) / steps


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--steps", type=int, default=20)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    content = json.loads((options.folder / "tasks.json").read_text())
    features = torch.from_numpy(np.fromfile(options.folder / "features.bin", dtype="<f4")).view(
        content["classes"], content["images"], 512)
    sources = [[s for s, t in content["edges"] if t == v] for v in range(8)]
    types, tasks = content["types"], content["tasks"]

    def loaded(model, name):
        model.load_state_dict(torch.load(options.folder / name, map_location="cpu", weights_only=True))
        return model

    trained = loaded(Generator(8, 7), "trained.pt")
    predictor = loaded(Predictor(8, 7), "predictor.pt")
    classes = range(10)
    (candidates, generated), generating, generating_wall = timed(lambda: generate(trained, features, classes))
    _, ranking, ranking_wall = timed(lambda: rank(predictor, features, classes, candidates, sources))
    fixed = features[:10, :PER_CLASS].reshape(1, -1, 512)
    with torch.no_grad():
        means = trained.latent(fixed)[0][0].tolist()
        scores = predictor(fixed.repeat(len(types), 1, 1), types, [sources] * len(types))[:, 0].tolist()

    result = {"torch": torch.__version__, "generated": generated,
              "generatingCpuSeconds": generating, "generatingSeconds": generating_wall,
              "rankingCpuSeconds": ranking, "rankingSeconds": ranking_wall, "means": means, "scores": scores}
    generator = loaded(Generator(8, 7), "generator.pt")

    def generator_loss(batch):
        mu, logvar = generator.latent(batch)
        return generator.loss(mu, logvar, types, [sources] * len(types), torch.randn_like(mu))[0]

    targets = torch.tensor(content["targets"])[:, None]
    for name, model, loss_of in [
            ("generator", generator, generator_loss),
            ("predictor", predictor, lambda batch: (
                (predictor(batch, types, [sources] * len(types)) - targets) ** 2).sum())]:
        losses, cpu, wall = train(model, loss_of, features, tasks, options.steps)
        result |= {f"{name}Losses": losses, f"{name}StepCpuSeconds": cpu, f"{name}StepSeconds": wall}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
