#!/usr/bin/env python3
"""Counts what a training with PyTorch has learnt after each second since the process was started.

    first_seconds.py NET [--seconds 10] [--threads 2]

The other side of `benchmarks first-seconds`: the same networks (lenet28, lecture32, vgg32), 4,096 random images in
memory, another batch of 32 each step, channels_last, SGD with momentum 0.9, the loss read after each step, and the same
lines of JSON. Linux only: it asks the system when its process began, so that imports are counted.
"""
import argparse
import json
import os
import time

# (input C, H, W), channels of the stages of convolutions before each pool, their kernel, sizes of the fully connected layers
NETS = {
    "lenet28": ((1, 28, 28), [[8], [16]], 5, [64, 10]),
    "lecture32": ((3, 32, 32), [[16], [32]], 3, [64, 3]),
    "vgg32": ((3, 32, 32), [[32, 32], [64, 64], [128, 128]], 3, [256, 10]),
}
BATCH, IMAGES = 32, 4096


def seconds_alive():
    with open("/proc/self/stat") as stat:
        started = int(stat.read().rsplit(")", 1)[1].split()[19]) / os.sysconf("SC_CLK_TCK")
    return time.clock_gettime(time.CLOCK_BOOTTIME) - started


def network(nn, shape, stages, kernel, sizes):
    channels, height, width = shape
    layers = []
    for stage in stages:
        for out in stage:
            layers += [nn.Conv2d(channels, out, kernel, padding=kernel // 2), nn.ReLU()]
            channels = out
        layers.append(nn.MaxPool2d(2))
        height, width = height // 2, width // 2
    layers.append(nn.Flatten())
    features = channels * height * width
    for size in sizes:
        layers += [nn.Linear(features, size), nn.ReLU()]
        features = size
    return nn.Sequential(*layers[:-1])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("net", choices=NETS)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()

    import torch
    import torch.nn.functional as functional

    torch.set_num_threads(args.threads)
    torch.manual_seed(1)
    shape, stages, kernel, sizes = NETS[args.net]
    net = network(torch.nn, shape, stages, kernel, sizes).to(memory_format=torch.channels_last)
    images = torch.randn(IMAGES, *shape).contiguous(memory_format=torch.channels_last)
    labels = torch.arange(IMAGES) % sizes[-1]
    optimizer = torch.optim.SGD(net.parameters(), lr=1e-4, momentum=0.9)
    learnt, second = 0, 1
    while second <= args.seconds:
        first = learnt % IMAGES
        batch = slice(first, first + BATCH)
        optimizer.zero_grad(set_to_none=True)
        loss = functional.cross_entropy(net(images[batch]), labels[batch])
        loss.backward()
        optimizer.step()
        loss.item()
        learnt += BATCH
        while second <= args.seconds and seconds_alive() >= second:
            print(json.dumps({"net": args.net, "seconds": second, "images": learnt}), flush=True)
            second += 1


if __name__ == "__main__":
    main()
