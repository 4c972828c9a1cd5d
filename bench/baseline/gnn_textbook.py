#!/usr/bin/env python3
"""The published graph predictor and its evolution in textbook PyTorch, for a speed comparison.

One graph at a time, edge by edge: every block adds self loops, counts degrees, gathers the source of each edge, weighs
it and adds it to its target, then takes a GRU step on all vertices. Training is the published recipe (one architecture
a step, Adam 1e-4, mean squared error, fixed order). The evolution is the published one as it was meant: population 20,
the best 10 stay as parents, crossover at one point, bits drawn again with probability 0.1, children above 15 M MACs
discarded, every individual scored in every generation. Written for this comparison after the published description.

Reads rows.json and first.safetensors from a folder (PredictorSpeed writes them). Prints one JSON object.
"""
import argparse
import json
import os
import random
import struct
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
import torch
import torch.nn as nn
import torch.nn.functional as F

LAYERS, OPERATIONS = 5, 6
VERTICES = LAYERS * (OPERATIONS + 1) + 1


def graph(bits):
    """Features and edges, the diagonal among them, as the adjacency matrix has them."""
    adjacency = torch.eye(VERTICES)
    for layer in range(LAYERS):
        start = layer * (OPERATIONS + 1)
        for operation in range(OPERATIONS):
            if bits[layer * OPERATIONS + operation]:
                adjacency[start, start + 1 + operation] = 1
                adjacency[start + 1 + operation, start + OPERATIONS + 1] = 1
    degree = adjacency.sum(1) - 1
    features = torch.stack([degree, torch.ones(VERTICES), torch.ones(VERTICES)], 1)
    return features, adjacency.nonzero().t().contiguous()


class Block(nn.Module):
    def __init__(self, embedding):
        super().__init__()
        self.gru = nn.GRU(embedding, embedding)

    def forward(self, x, edges):
        loops = torch.arange(x.size(0)).unsqueeze(0).repeat(2, 1)
        edges = torch.cat([edges, loops], 1)
        source, target = edges
        degree = torch.zeros(x.size(0)).scatter_add_(0, source, torch.ones(source.size(0)))
        root = degree.pow(-0.5)
        weight = root[source] * root[target]
        messages = weight.view(-1, 1) * x.index_select(0, source)
        received = torch.zeros_like(x).index_add(0, target, messages)
        _, hidden = self.gru(received.unsqueeze(0), x.unsqueeze(0))
        return hidden.squeeze(0)


class Encoder(nn.Module):
    def __init__(self, embedding, blocks):
        super().__init__()
        self.first = nn.Linear(3, embedding)
        self.layers = nn.ModuleList(Block(embedding) for _ in range(blocks))

    def forward(self, x, edges):
        x = F.leaky_relu(self.first(x))
        outputs = []
        for layer in self.layers:
            x = layer(x, edges)
            outputs.append(x)
        return torch.stack(outputs).max(0)[0]


class GraphPredictor(nn.Module):
    def __init__(self, embedding=128, hidden=54, blocks=5):
        super().__init__()
        self.e = Encoder(embedding, blocks)
        self.predictor = nn.Sequential(nn.Linear(VERTICES * embedding, hidden), nn.LeakyReLU(), nn.Linear(hidden, 1))

    def forward(self, x, edges):
        return torch.sigmoid(self.predictor(self.e(x, edges).view(-1)))


def safetensors(path):
    data = path.read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + size])
    for name, entry in header.items():
        if name != "__metadata__":
            start, end = entry["data_offsets"]
            yield name, torch.frombuffer(bytearray(data[8 + size + start:8 + size + end]), dtype=torch.float32)


def train(model, graphs, accuracies, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-4)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for (x, edges), accuracy in zip(graphs, accuracies):
            optimizer.zero_grad()
            loss = F.mse_loss(model(x, edges), torch.tensor([accuracy]))
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(graphs))
    return losses


def evolve(model, macs, fixed, generations, population=20, parents=10, limit=15e6):
    def legal(bits):
        return (all(any(bits[i:i + OPERATIONS]) for i in range(0, len(bits), OPERATIONS))
                and fixed + sum(m for m, bit in zip(macs, bits) if bit) <= limit)

    def drawn(make):
        while True:
            bits = make()
            if legal(bits):
                return bits

    def any_bits():
        return [random.randint(0, 1) for _ in macs]

    def crossed():
        one, other = random.sample(best, 2)
        point = random.randrange(len(macs))
        return one[:point] + other[point:]

    def mutated():
        return [random.randint(0, 1) if random.random() < 0.1 else bit for bit in random.choice(best)]

    individuals = [drawn(any_bits) for _ in range(population)]
    scored = 0
    for _ in range(generations):
        scores = []
        for bits in individuals:
            with torch.no_grad():
                scores.append(model(*graph(bits)).item())
            scored += 1
        order = sorted(range(len(individuals)), key=lambda i: -scores[i])
        best = [individuals[i] for i in order[:parents]]
        children = population - parents
        individuals = (best + [drawn(crossed) for _ in range(children // 2)]
                       + [drawn(mutated) for _ in range(children - children // 2)])
    return max(scores), scored


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--epochs", type=int, default=50)
    parser.add_argument("--generations", type=int, default=1000)
    options = parser.parse_args()
    torch.set_num_threads(1)
    random.seed(0)
    content = json.loads((options.folder / "rows.json").read_text())
    model = GraphPredictor()
    parameters = dict(model.named_parameters())
    with torch.no_grad():
        for name, values in safetensors(options.folder / "first.safetensors"):
            if name.startswith("present.weights."):
                parameter = parameters.pop(name.removeprefix("present.weights."))
                parameter.copy_(values.view(parameter.shape))
    assert not parameters, sorted(parameters)
    begin = time.process_time()
    graphs = [graph(bits) for bits in content["rows"]]
    losses = train(model, graphs, content["accuracies"], options.epochs)
    trained = time.process_time() - begin
    with torch.no_grad():
        predictions = [model(*graph(bits)).item() for bits in content["heldOut"]]
    begin = time.process_time()
    best, scored = evolve(model, content["macs"], content["fixedMacs"], options.generations)
    evolved = time.process_time() - begin
    print(json.dumps({
        "torch": torch.__version__,
        "epochs": options.epochs,
        "trainingCpuSeconds": round(trained, 3),
        "generations": options.generations,
        "scored": scored,
        "evolutionCpuSeconds": round(evolved, 3),
        "best": best,
        "losses": losses,
        "predictions": predictions,
    }))


if __name__ == "__main__":
    main()
