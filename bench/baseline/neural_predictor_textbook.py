#!/usr/bin/env python3
"""The published neural predictor in textbook PyTorch, for a speed comparison.

Dense matrices of seven vertices, zero padded, as its description has them: each layer normalises the adjacency matrix
and its transpose, multiplies features by weights, and drops a tenth. Training is the published recipe (Adam with L2 in
the gradient, cosine by epoch, shuffled batches of 10, what is left over rests, mean squared error on normalised
accuracies); scoring goes through all cells in batches of 1000. Written for this comparison after the description.

Reads cells.bin, rows.json, first.safetensors and trained.safetensors from a folder (NeuralPredictorSpeed writes them).
Prints one JSON object.
"""
import argparse
import json
import os
import struct
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, Dataset

VERTICES, KINDS = 7, 5
RECORD = 1 + VERTICES + VERTICES


def normalized(matrix):
    return matrix / matrix.sum(2, keepdim=True)


class DirectedConvolution(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight1 = nn.Parameter(torch.zeros(inputs, outputs))
        self.weight2 = nn.Parameter(torch.zeros(inputs, outputs))
        self.dropout = nn.Dropout(0.1)

    def forward(self, x, adjacency):
        along = F.relu(torch.matmul(normalized(adjacency), torch.matmul(x, self.weight1)))
        against = F.relu(torch.matmul(normalized(adjacency.transpose(1, 2)), torch.matmul(x, self.weight2)))
        return self.dropout((along + against) / 2)


class NeuralPredictor(nn.Module):
    def __init__(self, width=144, hidden=128, layers=3):
        super().__init__()
        self.gcn = nn.ModuleList(DirectedConvolution(KINDS if i == 0 else width, width) for i in range(layers))
        self.fc1 = nn.Linear(width, hidden, bias=False)
        self.dropout = nn.Dropout(0.1)
        self.fc2 = nn.Linear(hidden, 1, bias=False)

    def forward(self, batch):
        adjacency = batch["adjacency"]
        adjacency = normalized(adjacency + torch.eye(VERTICES, device=adjacency.device))
        x = batch["operations"]
        for layer in self.gcn:
            x = layer(x, adjacency)
        pooled = x.sum(1) / batch["num_vertices"].view(-1, 1)
        return self.fc2(self.dropout(self.fc1(pooled))).view(-1)


class Cells(Dataset):
    """One dictionary a cell, as the published program's data set has them; arrays of all cells are made before."""

    def __init__(self, data, accuracies):
        records = np.frombuffer(data, dtype=np.uint8).reshape(-1, RECORD)
        self.count = records[:, 0].astype(np.int64)
        rows = records[:, 1 + VERTICES:]
        self.adjacency = ((rows[:, :, None] >> np.arange(VERTICES)) & 1).astype(np.float32)
        real = np.arange(VERTICES)[None, :] < self.count[:, None]
        self.operations = (np.eye(KINDS, dtype=np.float32)[records[:, 1:1 + VERTICES]] * real[:, :, None])
        self.accuracies = accuracies

    def __len__(self):
        return len(self.count)

    def __getitem__(self, index):
        return {
            "num_vertices": self.count[index],
            "adjacency": self.adjacency[index],
            "operations": self.operations[index],
            "target": self.accuracies[index],
        }


def safetensors(path):
    data = path.read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + size])
    for name, entry in header.items():
        if name != "__metadata__":
            start, end = entry["data_offsets"]
            yield name, torch.frombuffer(bytearray(data[8 + size + start:8 + size + end]), dtype=torch.float32)


def load(model, path, prefix):
    parameters = dict(model.named_parameters())
    with torch.no_grad():
        for name, values in safetensors(path):
            if name.startswith(prefix) and name.removeprefix(prefix) in parameters:
                parameter = parameters.pop(name.removeprefix(prefix))
                parameter.copy_(values.view(parameter.shape))
    assert not parameters, sorted(parameters)


def train(model, cells, epochs):
    loader = DataLoader(cells, batch_size=10, shuffle=True, drop_last=True)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-4, weight_decay=1e-3)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs)
    model.train()
    losses = []
    for _ in range(epochs):
        total, steps = 0.0, 0
        for batch in loader:
            optimizer.zero_grad()
            loss = F.mse_loss(model(batch), batch["target"])
            loss.backward()
            optimizer.step()
            total, steps = total + loss.item(), steps + 1
        scheduler.step()
        losses.append(total / steps)
    return losses


def scored(model, loader):
    model.eval()
    with torch.no_grad():
        return torch.cat([model(batch) for batch in loader])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--epochs", type=int, default=300)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    content = json.loads((options.folder / "rows.json").read_text())
    data = (options.folder / "cells.bin").read_bytes()
    chosen = b"".join(data[i * RECORD:(i + 1) * RECORD] for i in content["rows"])
    mean, deviation = content["mean"], content["deviation"]
    model = NeuralPredictor()
    load(model, options.folder / "first.safetensors", "present.weights.")

    rows = Cells(chosen, ((np.array(content["accuracies"]) - mean) / deviation).astype(np.float32))
    first = scored(model, [next(iter(DataLoader(rows, batch_size=len(rows))))])
    begin, wall = time.process_time(), time.time()
    losses = train(model, rows, options.epochs)
    trained, trained_wall = time.process_time() - begin, time.time() - wall

    # Scored with the first weights, which both sides have: those after training differ by their random numbers.
    load(model, options.folder / "first.safetensors", "present.weights.")
    begin, wall = time.process_time(), time.time()
    everything = Cells(data, np.zeros(len(data) // RECORD, dtype=np.float32))
    predictions = scored(model, DataLoader(everything, batch_size=1000))
    loaded, loaded_wall = time.process_time() - begin, time.time() - wall
    begin = time.process_time()
    batches = [{"num_vertices": torch.from_numpy(everything.count[i:i + 1000]),
                "adjacency": torch.from_numpy(everything.adjacency[i:i + 1000]),
                "operations": torch.from_numpy(everything.operations[i:i + 1000])}
               for i in range(0, len(everything), 1000)]
    scored(model, batches)
    forward = time.process_time() - begin
    load(model, options.folder / "trained.safetensors", "member.0.")
    begin = time.process_time()
    scored(model, DataLoader(everything, batch_size=1000))
    scored_trained = time.process_time() - begin
    print(json.dumps({
        "torch": torch.__version__,
        "epochs": options.epochs,
        "trainingCpuSeconds": round(trained, 3),
        "trainingSeconds": round(trained_wall, 3),
        "cells": len(predictions),
        "scoringCpuSeconds": round(loaded, 3),
        "scoringSeconds": round(loaded_wall, 3),
        "scoringTrainedCpuSeconds": round(scored_trained, 3),
        "forwardOnlyCpuSeconds": round(forward, 3),
        "losses": losses,
        "firstOutputs": first.tolist(),
        "meanScore": float(predictions.double().mean()),
        "scores": predictions[::1000].tolist(),
    }))


if __name__ == "__main__":
    main()
