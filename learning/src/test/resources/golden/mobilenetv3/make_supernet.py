"""Makes the golden files of this folder: a tiny Once-for-All supernet of MobileNetV3 with made-up weights, and what
textbook PyTorch computes with sub-networks of it. Made with torch 2.x on a CPU by: python make_supernet.py

The layout and the names are those of the published supernets (width 0.05 here, where they have 1.0 and 1.2).
"""
import json
import math

import torch
import torch.nn.functional as F

WIDTH, CLASSES, SIDE, IMAGES, BATCH = 0.05, 10, 32, 8, 4
STAGES = [(24, 2, False, F.relu), (40, 2, True, F.relu), (80, 2, False, F.hardswish),
          (112, 1, True, F.hardswish), (160, 2, True, F.hardswish)]
MIXED = {'ks': [7, 5, 3, 3, 3, 5, 7, 3, 5, 5, 3, 3, 3, 7, 3, 3, 7, 5, 3, 7],
         'e': [6, 4, 3, 3, 3, 4, 6, 3, 4, 4, 3, 3, 6, 6, 3, 3, 3, 4, 6, 6], 'd': [2, 3, 2, 2, 4]}
LARGEST = {'ks': [7] * 20, 'e': [6] * 20, 'd': [4] * 5}
SMALLEST = {'ks': [3] * 20, 'e': [3] * 20, 'd': [2] * 5}


def eights(channels):
    nearest = max(8, int(channels + 4) // 8 * 8)
    return nearest + 8 if nearest < 0.9 * channels else nearest


def scaled(channels):
    return eights(channels * WIDTH)


def supernet():
    torch.manual_seed(14)
    weights = {}

    def tensor(name, *shape, scale=None):
        fan = math.prod(shape[1:]) or 1
        weights[name] = torch.randn(*shape) * (scale or math.sqrt(2 / fan))

    def norm(name, channels):
        weights[name + '.weight'] = torch.rand(channels) + 0.5
        weights[name + '.bias'] = torch.randn(channels) * 0.2
        weights[name + '.running_mean'] = torch.randn(channels) * 0.2
        weights[name + '.running_var'] = torch.rand(channels) + 0.5
        weights[name + '.num_batches_tracked'] = torch.tensor(125)

    stem = scaled(16)
    tensor('first_conv.conv.weight', stem, 3, 3, 3)
    norm('first_conv.bn', stem)
    fixed = 'blocks.0.mobile_inverted_conv.'
    tensor(fixed + 'depth_conv.conv.weight', stem, 1, 3, 3)
    norm(fixed + 'depth_conv.bn', stem)
    tensor(fixed + 'point_linear.conv.weight', stem, stem, 1, 1)
    norm(fixed + 'point_linear.bn', stem)
    before, block = stem, 1
    for width, _, gated, _ in STAGES:
        for _ in range(4):
            prefix, out, inner = f'blocks.{block}.mobile_inverted_conv.', scaled(width), before * 6
            tensor(prefix + 'inverted_bottleneck.conv.conv.weight', inner, before, 1, 1)
            norm(prefix + 'inverted_bottleneck.bn.bn', inner)
            tensor(prefix + 'depth_conv.conv.conv.weight', inner, 1, 7, 7, scale=0.25)
            for larger, smaller in ((7, 5), (5, 3)):
                taps = smaller * smaller
                weights[prefix + f'depth_conv.conv.{larger}to{smaller}_matrix'] = (
                    torch.eye(taps) + torch.randn(taps, taps) * 0.1)
            norm(prefix + 'depth_conv.bn.bn', inner)
            if gated:
                gate = eights(inner // 4)
                for part, shape in (('reduce', (gate, inner)), ('expand', (inner, gate))):
                    tensor(prefix + f'depth_conv.se.fc.{part}.weight', *shape, 1, 1)
                    tensor(prefix + f'depth_conv.se.fc.{part}.bias', shape[0], scale=0.2)
            tensor(prefix + 'point_linear.conv.conv.weight', out, inner, 1, 1)
            norm(prefix + 'point_linear.bn.bn', out)
            before, block = out, block + 1
    tensor('final_expand_layer.conv.weight', scaled(960), before, 1, 1)
    norm('final_expand_layer.bn', scaled(960))
    tensor('feature_mix_layer.conv.weight', scaled(1280), scaled(960), 1, 1)
    tensor('classifier.linear.weight', CLASSES, scaled(1280))
    tensor('classifier.linear.bias', CLASSES, scale=0.2)
    return weights


def kernel(weights, prefix, inner, side):
    """The middle of the next larger kernel, through its matrix, from 7 down."""
    filters = weights[prefix + 'conv.conv.weight'][:inner]
    for larger, smaller in ((7, 5), (5, 3)):
        if side < larger:
            middle = filters[:, :, 1:-1, 1:-1].reshape(inner, smaller * smaller)
            matrix = weights[prefix + f'conv.{larger}to{smaller}_matrix']
            filters = (middle @ matrix.t()).reshape(inner, 1, smaller, smaller)
    return filters


class Run:
    """One pass. With `collected`, each normalisation uses and keeps the statistics of its batch (biased variance)."""

    def __init__(self, weights, statistics=None, collected=None):
        self.weights, self.statistics, self.collected = weights, statistics, collected

    def norm(self, x, name):
        count, w = x.shape[1], self.weights
        if self.collected is not None:
            mean, var = x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=False)
            self.collected.setdefault(name, []).append((len(x), mean, var))
        elif self.statistics is not None:
            mean, var = self.statistics[name]
        else:
            mean, var = w[name + '.running_mean'][:count], w[name + '.running_var'][:count]
        return F.batch_norm(x, mean, var, w[name + '.weight'][:count], w[name + '.bias'][:count], False, 0, 1e-5)

    def gate(self, x, prefix):
        w, inner = self.weights, x.shape[1]
        narrow = eights(inner // 4)
        y = x.mean((2, 3), keepdim=True)
        y = F.relu(F.conv2d(y, w[prefix + 'reduce.weight'][:narrow, :inner], w[prefix + 'reduce.bias'][:narrow]))
        y = F.conv2d(y, w[prefix + 'expand.weight'][:inner, :narrow], w[prefix + 'expand.bias'][:inner])
        return x * F.relu6(y + 3) / 6

    def logits(self, x, net):
        w = self.weights
        x = F.hardswish(self.norm(F.conv2d(x, w['first_conv.conv.weight'], None, 2, 1), 'first_conv.bn'))
        fixed = 'blocks.0.mobile_inverted_conv.'
        y = F.conv2d(x, w[fixed + 'depth_conv.conv.weight'], None, 1, 1, 1, x.shape[1])
        y = F.relu(self.norm(y, fixed + 'depth_conv.bn'))
        x = x + self.norm(F.conv2d(y, w[fixed + 'point_linear.conv.weight']), fixed + 'point_linear.bn')
        for stage, (_, stride, gated, activation) in enumerate(STAGES):
            for slot in range(net['d'][stage]):
                place = 4 * stage + slot
                prefix, side = f'blocks.{place + 1}.mobile_inverted_conv.', net['ks'][place]
                inner, step = x.shape[1] * net['e'][place], stride if slot == 0 else 1
                y = F.conv2d(x, w[prefix + 'inverted_bottleneck.conv.conv.weight'][:inner])
                y = activation(self.norm(y, prefix + 'inverted_bottleneck.bn.bn'))
                filters = kernel(w, prefix + 'depth_conv.', inner, side)
                y = F.conv2d(y, filters, None, step, side // 2, 1, inner)
                y = activation(self.norm(y, prefix + 'depth_conv.bn.bn'))
                if gated:
                    y = self.gate(y, prefix + 'depth_conv.se.fc.')
                y = F.conv2d(y, w[prefix + 'point_linear.conv.conv.weight'][:, :inner])
                y = self.norm(y, prefix + 'point_linear.bn.bn')
                x = x + y if step == 1 and x.shape[1] == y.shape[1] else y
        x = F.hardswish(self.norm(F.conv2d(x, w['final_expand_layer.conv.weight']), 'final_expand_layer.bn'))
        x = F.hardswish(F.conv2d(x.mean((2, 3), keepdim=True), w['feature_mix_layer.conv.weight'])).flatten(1)
        return F.linear(x, w['classifier.linear.weight'], w['classifier.linear.bias'])


def reset(weights, images, net):
    collected = {}
    for batch in images.split(BATCH):
        Run(weights, collected=collected).logits(batch, net)
    means = {}
    for name, seen in collected.items():
        count = sum(n for n, _, _ in seen)
        means[name] = (sum(n * m for n, m, _ in seen) / count, sum(n * v for n, _, v in seen) / count)
    return means


def main():
    weights = supernet()
    torch.save({'state_dict': weights}, 'supernet.pt')
    wide = {name: value.double() for name, value in weights.items()}
    index = torch.arange(IMAGES * 3 * SIDE * SIDE, dtype=torch.float64)
    images = (torch.sin(0.7 * index) + torch.cos(0.013 * index)).reshape(IMAGES, 3, SIDE, SIDE)
    cases = []
    for net in (MIXED, LARGEST, SMALLEST):
        statistics = reset(wide, images, net)
        cases.append({**net, 'logits': Run(wide).logits(images, net).tolist(),
                      'logits_after_reset': Run(wide, statistics).logits(images, net).tolist(),
                      'first_variance_after_reset': statistics['first_conv.bn'][1].tolist()})
    with open('supernet.json', 'w') as out:
        json.dump({'width': WIDTH, 'images': IMAGES, 'side': SIDE, 'batch': BATCH,
                   'pixel': 'sin(0.7 i) + cos(0.013 i), i counts images, channels, rows, columns', 'cases': cases},
                  out, indent=1)


if __name__ == '__main__':
    with torch.no_grad():
        main()
