"""Trains a cell of NAS-Bench-201, or a network of parallel-ops, on images with PyTorch: for evaluation.command.

What the contract asks for (docs/own-training.md) is marked by [1] to [4]. Deterministic: the same arguments give the
same numbers, killed or not, on the same build of PyTorch.
"""
import argparse
import json
import os
import re
import time
from pathlib import Path

import numpy
import torch
from torch import nn
from torch.nn import functional

OPERATIONS = {
    "none": lambda channels: Zero(),
    "skip_connect": lambda channels: nn.Identity(),
    "nor_conv_1x1": lambda channels: convolution(channels, channels, 1),
    "nor_conv_3x3": lambda channels: convolution(channels, channels, 3),
    "avg_pool_3x3": lambda channels: nn.AvgPool2d(3, stride=1, padding=1, count_include_pad=False),
}


class Zero(nn.Module):
    def forward(self, images):
        return images * 0.0


def convolution(inputs, outputs, kernel, stride=1):
    return nn.Sequential(
        nn.ReLU(), nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outputs))


class Cell(nn.Module):
    """A cell by its string, |op~0|+|op~0|op~1|+|op~0|op~1|op~2|: each node adds up what comes to it."""

    def __init__(self, architecture, channels):
        super().__init__()
        self.nodes = [re.findall(r"([a-z0-9_]+)~(\d)", node) for node in architecture.split("+")]
        self.edges = nn.ModuleList(
            [OPERATIONS[operation](channels) for node in self.nodes for operation, _ in node])

    def forward(self, images):
        states = [images]
        edge = iter(self.edges)
        for node in self.nodes:
            states.append(sum(next(edge)(states[int(source)]) for _, source in node))
        return states[-1]


def network(architecture, channels, colours, classes):
    stages = [nn.Conv2d(colours, channels, 3, padding=1, bias=False), nn.BatchNorm2d(channels)]
    for stage in range(3):
        width = channels << stage
        if stage > 0:
            stages.append(convolution(width // 2, width, 3, stride=2))
        stages.append(Cell(architecture, width))
    width = channels << 2
    return nn.Sequential(
        *stages, nn.BatchNorm2d(width), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width, classes))


class Parallel(nn.Module):
    """A layer of parallel-ops: all its operations beside each other, added up."""

    def __init__(self, operations, inputs, outputs, stride):
        super().__init__()
        self.branches = nn.ModuleList([branch(each, inputs, outputs, stride) for each in operations])

    def forward(self, images):
        return sum(each(images) for each in self.branches)


def branch(operation, inputs, outputs, stride):
    if operation == "skip":
        return convolution(inputs, outputs, 1, stride)
    kernel, dilation = int(operation[3:]), 2 if operation.startswith("dil") else 1
    return nn.Sequential(
        nn.ReLU(),
        nn.Conv2d(inputs, inputs, kernel, stride, kernel // 2 * dilation, dilation, groups=inputs, bias=False),
        nn.Conv2d(inputs, outputs, 1, bias=False),
        nn.BatchNorm2d(outputs))


def layered(architecture, shape, colours, classes):
    """A network by its string, such as skip+sep3|sep5: the layers' channels and strides are the search's settings."""
    width = shape["stem"]
    stages = [nn.Conv2d(colours, width, 3, padding=1, bias=False), nn.BatchNorm2d(width)]
    for operations, layer in zip(architecture.split("|"), shape["layers"]):
        stages.append(Parallel(operations.split("+"), width, layer["channels"], layer["stride"]))
        width = layer["channels"]
    return nn.Sequential(*stages, nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width, classes))


def part(data, name, size):
    images = torch.from_numpy(numpy.load(data / f"{name}-images.npy")).float() / 255  # [n, c, h, w]
    images = functional.adaptive_avg_pool2d(images, size)
    return images, torch.from_numpy(numpy.load(data / f"{name}-labels.npy").astype(numpy.int64))


def accuracy(model, images, labels):
    model.eval()
    with torch.no_grad():
        right = sum(
            (model(images[i:i + 250]).argmax(1) == labels[i:i + 250]).sum().item() for i in range(0, len(labels), 250))
    return right / len(labels)


def note(words):
    """For bench/own-program: which epochs were begun."""
    if "EPOCH_LOG" in os.environ:
        with open(os.environ["EPOCH_LOG"], "a") as file:
            file.write(f"{time.time():.3f} {words}\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--arch", required=True)
    parser.add_argument("--file", type=Path, help="{architectureFile}: needed for parallel-ops")
    parser.add_argument("--epochs", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--channels", type=int, default=8)
    parser.add_argument("--image-size", type=int, default=16)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--schedule", type=int, help="epochs of the cosine schedule; default: --epochs")
    options = parser.parse_args()

    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(options.seed)
    about = json.loads((options.data / "data.json").read_text())
    train, labels = part(options.data, "train", options.image_size)
    validation = part(options.data, "validation", options.image_size)
    if options.arch.startswith("|"):
        model = network(options.arch, options.channels, about["channels"], len(about["classes"]))
    else:
        shape = json.loads(options.file.read_text())["network"]
        model = layered(options.arch, shape, about["channels"], len(about["classes"]))
    optimiser = torch.optim.SGD(model.parameters(), 0.1, momentum=0.9, nesterov=True, weight_decay=5e-4)
    steps = len(labels) // options.batch
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps * (options.schedule or options.epochs))

    # [1] Go on from what is in the checkpoint folder, and tell its epoch again.
    saved = options.checkpoint / "state.pt"
    done, told = 0, None
    if saved.exists():
        state = torch.load(saved, weights_only=True)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        done, told = state["epoch"], state["told"]
        print(json.dumps(told), flush=True)

    for epoch in range(done + 1, options.epochs + 1):
        note(f"started {options.arch} {epoch}")
        order = torch.randperm(len(labels), generator=torch.Generator().manual_seed(options.seed * 100_003 + epoch))
        model.train()
        total = 0.0
        for step in range(steps):
            some = order[step * options.batch:(step + 1) * options.batch]
            loss = functional.cross_entropy(model(train[some]), labels[some])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item()
        told = {"epoch": epoch, "validation": accuracy(model, *validation), "loss": total / steps}
        if epoch == options.epochs:
            told["test"] = accuracy(model, *part(options.data, "test", options.image_size))
        # [2] Write the checkpoint whole or not at all ...
        torch.save({
            "model": model.state_dict(), "optimiser": optimiser.state_dict(), "schedule": schedule.state_dict(),
            "epoch": epoch, "told": told}, f"{saved}.part")
        os.replace(f"{saved}.part", saved)
        # [3] ... and only then tell the epoch: one line of JSON on standard output.
        print(json.dumps(told), flush=True)
        note(f"told {options.arch} {epoch}")
    # [4] End with status 0; any other is a failure, with the last lines of standard error as its words.


if __name__ == "__main__":
    main()
