#!/usr/bin/env python3
"""TE-NAS's measurements as the published program takes them, in textbook PyTorch, for a speed comparison.

Single measurements, or a whole search extrapolated from a few candidates of each round. The NTK condition number
takes one backward pass an image; linear regions are three batches of 1000, counted by products of 3000 x 3000 matrices
in half precision. The un-pruned network is measured again for every candidate. Written for this comparison after the
paper (Chen et al., ICLR 2021); random images, one thread.

Prints one JSON object of CPU seconds.
"""
import argparse
import json
import os
import statistics
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
import torch
import torch.nn as nn
import torch.nn.functional as F

OPERATORS = ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"]
EDGES = [(1, 0), (2, 0), (2, 1), (3, 0), (3, 1), (3, 2)]


class ReluConvBn(nn.Module):
    def __init__(self, inputs, outputs, kernel, stride=1):
        super().__init__()
        self.relu = nn.ReLU(inplace=False)
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False)
        self.bn = nn.BatchNorm2d(outputs)

    def forward(self, x):
        return self.bn(self.conv(self.relu(x)))


class Pool(nn.Module):
    def forward(self, x):
        return F.avg_pool2d(x, 3, stride=1, padding=1, count_include_pad=False)


def operator(name, channels):
    return {"skip_connect": nn.Identity, "avg_pool_3x3": Pool}.get(
        name, lambda: ReluConvBn(channels, channels, 3 if name.endswith("3x3") else 1))()


class Cell(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.edges = nn.ModuleList(
            nn.ModuleList(operator(name, channels) for name in OPERATORS[1:]) for _ in EDGES)

    def forward(self, x, active):
        nodes = [x]
        for target in (1, 2, 3):
            total = 0
            for index, (to, source) in enumerate(EDGES):
                if to == target and active[index]:
                    weight = 1.0 / len(active[index])
                    total = total + sum(weight * self.edges[index][o - 1](nodes[source]) for o in active[index])
            nodes.append(total)
        return nodes[3]


class Reduction(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.first = ReluConvBn(inputs, outputs, 3, 2)
        self.second = ReluConvBn(outputs, outputs, 3)
        self.shortcut = nn.Conv2d(inputs, outputs, 1, bias=False)

    def forward(self, x):
        return self.second(self.first(x)) + self.shortcut(F.avg_pool2d(x, 2))


class Supernet(nn.Module):
    def __init__(self, channels, classes):
        super().__init__()
        c = channels
        self.stem = nn.Sequential(nn.Conv2d(3, c, 3, padding=1, bias=False), nn.BatchNorm2d(c))
        self.layers = nn.ModuleList([Cell(c), Reduction(c, 2 * c), Cell(2 * c), Reduction(2 * c, 4 * c), Cell(4 * c)])
        self.last = nn.BatchNorm2d(4 * c)
        self.relu = nn.ReLU()
        self.linear = nn.Linear(4 * c, classes)

    def forward(self, x, active):
        x = self.stem(x)
        for layer in self.layers:
            x = layer(x, active) if isinstance(layer, Cell) else layer(x)
        return self.linear(self.relu(self.last(x)).mean((2, 3)))


class Thin(nn.Module):
    def __init__(self):
        super().__init__()
        self.cell = Cell(1)
        self.last = nn.BatchNorm2d(1)
        self.relu = nn.ReLU()

    def forward(self, x, active):
        return self.relu(self.last(self.cell(x, active)))


def condition(network, images, active):
    network.train()
    network.zero_grad()
    logits = network(images, active)
    rows = []
    for index in range(len(images)):
        cotangent = torch.zeros_like(logits)
        cotangent[index] = 1
        logits.backward(cotangent, retain_graph=True)
        rows.append(torch.cat([
            p.grad.view(-1) for name, p in network.named_parameters() if "weight" in name and p.grad is not None]))
        network.zero_grad()
    rows = torch.stack(rows)
    eigenvalues = torch.linalg.eigvalsh(rows @ rows.T, UPLO="U")
    return (eigenvalues[-1] / eigenvalues[0]).item()


def regions(network, batches, active):
    network.train()
    features = []
    kept = []
    hooks = [m.register_forward_hook(lambda module, inputs, output: kept.append(output))
             for m in network.modules() if isinstance(m, nn.ReLU)]
    with torch.no_grad():
        for batch in batches:
            kept.clear()
            network(batch, active)
            features.append(torch.cat([k.reshape(len(batch), -1) for k in kept], 1))
    for hook in hooks:
        hook.remove()
    kind = torch.half
    bits = torch.sign(torch.cat(features)).to(kind)
    products = bits @ (1 - bits).T
    products = products + products.T
    same = 1 - torch.sign(products)
    return (1.0 / same.float().sum(1)).sum().item()


RESIDUAL_LIKE = [[3], [1], [3], [1], [1], [3]]
CONVOLUTIONS = [[3] for _ in EDGES]
FULL = [[1, 2, 3, 4] for _ in EDGES]


def seconds(work, times):
    """CPU seconds: the median of some, after one to warm up."""
    measured = []
    for _ in range(times + 1):
        begin = time.process_time()
        work()
        measured.append(time.process_time() - begin)
    return statistics.median(measured[1:])


def single(options):
    """Single measurements: kernels of the supernet and of two single paths, one region count."""
    network, thin = Supernet(3, 10), Thin()
    images = torch.randn(options.batch, 3, options.image, options.image)
    batches = [torch.randn(1000, 1, 3, 3) for _ in range(3)]
    kernels = {"supernet": FULL, "residual-like": RESIDUAL_LIKE, "all conv 3x3": CONVOLUTIONS}
    return {
        "kernels": {
            name: round(seconds(lambda: condition(network, images, active), options.times), 4)
            for name, active in kernels.items()},
        "regions": {"3000": round(seconds(lambda: regions(thin, batches, CONVOLUTIONS), options.times), 4)},
    }


def search(options):
    """A whole search, from a few candidates of each of its three rounds: 24, 18 and 12, three repeats of both
    indicators on the un-pruned and the pruned network each."""
    network, thin = Supernet(3, 10), Thin()
    rounds = []
    for left, candidates in ((FULL, 24), ([[2, 3, 4]] * 6, 18), ([[3, 4]] * 6, 12)):
        begin = time.process_time()
        for candidate in range(options.candidates):
            edge = candidate % 6
            pruned = [list(active) for active in left]
            pruned[edge].remove(left[edge][candidate % len(left[edge])])
            images = torch.randn(options.batch, 3, options.image, options.image)
            batches = [torch.randn(1000, 1, 3, 3) for _ in range(3)]
            for active in (left, pruned):
                condition(network, images, active)
                regions(thin, batches, active)
        once = (time.process_time() - begin) / options.candidates
        rounds.append(3 * candidates * once)
    return {"candidatesOfEachRound": options.candidates, "roundSeconds": [round(r, 1) for r in rounds],
            "searchSeconds": round(sum(rounds), 1)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("part", choices=["single", "search"])
    parser.add_argument("--candidates", type=int, default=2, help="of each round of a search")
    parser.add_argument("--times", type=int, default=3, help="measurements of each single kind")
    parser.add_argument("--batch", type=int, default=72)
    parser.add_argument("--image", type=int, default=32)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    start = time.perf_counter()
    report = single(options) if options.part == "single" else search(options)
    report |= {"torch": torch.__version__, "wallSeconds": round(time.perf_counter() - start, 1)}
    print(json.dumps(report))


if __name__ == "__main__":
    main()
