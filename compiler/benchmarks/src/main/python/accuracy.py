#!/usr/bin/env python3
"""Trains a network with cnnc and with PyTorch in turns: how right both become, and how fast.

    accuracy.py model.net DATA [--cnnc cnnc] [--reach 0.97] [--seeds 3] [--epochs 5] [--rate 0.02] [--threads 2]

model.net is lenet28.net or lecture32.net of the benchmark networks, the latter with ten outputs. DATA is a folder with
MNIST's four or two IDX files in gzip, whose last 2,000 images are judged by; or a folder with train and test, each with
a folder of JPEG pictures for each class. Same data, split, batch of 32, rate, momentum 0.9, pixels as 0 to 1; another
order and other first parameters. One line of JSON for each run: the accuracy after the last epoch, seconds from the
start of the process to its end, and until the end of the first epoch that had --reach.
"""
import argparse
import gzip
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

# channels of the convolutions, each with ReLU and a pool; their kernel; sizes of the fully connected layers
NETS = {"lenet28": ([8, 16], 5, [64, 10]), "lecture32": ([16, 32], 3, [64, 10])}
BATCH, VALIDATION = 32, 2000


def is_mnist(data):
    return bool(list(data.glob("*images*.gz")))


def mnist(data):
    import numpy

    def read(pattern, header):
        with gzip.open(sorted(data.glob(pattern))[0]) as file:
            return numpy.frombuffer(file.read(), numpy.uint8, offset=header)

    images = read("*images*.gz", 16).reshape(-1, 1, 28, 28)
    labels = read("*labels*.gz", 8)
    cut = len(labels) - VALIDATION
    return (images[:cut], labels[:cut]), (images[cut:], labels[cut:])


def pictures(folder):
    import numpy
    from PIL import Image

    images, labels = [], []
    for label, name in enumerate(sorted(os.listdir(folder))):
        for file in sorted((folder / name).iterdir()):
            images.append(numpy.asarray(Image.open(file).convert("RGB")).transpose(2, 0, 1))
            labels.append(label)
    return numpy.stack(images), numpy.array(labels, numpy.uint8)


def pytorch(args):
    """The other side; prints a line for each epoch, as cnnc train --json does."""
    import torch
    import torch.nn as nn
    import torch.nn.functional as functional

    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    data = pathlib.Path(args.data)
    parts = mnist(data) if is_mnist(data) else (pictures(data / "train"), pictures(data / "test"))
    (images, labels), (judged, truth) = [
        (torch.tensor(i).float().div(255).contiguous(memory_format=torch.channels_last), torch.tensor(l).long())
        for i, l in parts
    ]
    channels, size = images.shape[1], images.shape[2]
    convolutions, kernel, connected = NETS[pathlib.Path(args.model).stem]
    layers = []
    for out in convolutions:
        layers += [nn.Conv2d(channels, out, kernel, padding=kernel // 2), nn.ReLU(), nn.MaxPool2d(2)]
        channels, size = out, size // 2
    features = channels * size * size
    layers.append(nn.Flatten())
    for out in connected:
        layers += [nn.Linear(features, out), nn.ReLU()]
        features = out
    net = nn.Sequential(*layers[:-1]).to(memory_format=torch.channels_last)
    optimizer = torch.optim.SGD(net.parameters(), lr=args.rate, momentum=0.9)
    for _ in range(args.epochs):
        net.train()
        for batch in torch.randperm(len(labels)).split(BATCH):
            optimizer.zero_grad(set_to_none=True)
            loss = functional.cross_entropy(net(images[batch]), labels[batch])
            loss.backward()
            optimizer.step()
            loss.item()
        net.eval()
        with torch.no_grad():
            right = sum((net(i).argmax(1) == t).sum().item() for i, t in zip(judged.split(500), truth.split(500)))
        print(json.dumps({"event": "epoch", "validation_accuracy": right / len(truth)}), flush=True)


def cnnc(args, seed, weights):
    data = pathlib.Path(args.data)
    split = [data, "--validation", f"last:{VALIDATION}"]
    if not is_mnist(data):
        split = [data / "train", "--validation", data / "test"]
    options = ["--epochs", args.epochs, "--rate", args.rate, "--batch", BATCH, "--threads", args.threads, "--seed", seed]
    command = [args.cnnc, "train", args.model, "--json", "--force", "--out", weights, *options, "--data", *split]
    return [str(word) for word in command]


def run(args, who, seed, command):
    begin = time.monotonic()
    accuracy, reached = None, None
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            event = json.loads(line) if line.startswith("{") else {}
            if event.get("event") == "epoch":
                accuracy = event["validation_accuracy"]
                if reached is None and accuracy >= args.reach:
                    reached = round(time.monotonic() - begin, 1)
    if process.returncode:
        sys.exit(f"exit code {process.returncode} of {' '.join(command)}")
    seconds = round(time.monotonic() - begin, 1)
    figures = {"who": who, "seed": seed, "accuracy": accuracy, "seconds": seconds, "seconds_to_reach": reached}
    print(json.dumps(figures), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("data")
    parser.add_argument("--cnnc", default="cnnc")
    parser.add_argument("--reach", type=float, default=0.97)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rate", type=float, default=0.02)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, help=argparse.SUPPRESS)  # one training with PyTorch
    args = parser.parse_args()
    if args.seed is not None:
        pytorch(args)
        return
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(1, args.seeds + 1):
            run(args, "cnnc", seed, cnnc(args, seed, pathlib.Path(folder) / "weights.safetensors"))
            run(args, "pytorch channels_last", seed, [sys.executable, *sys.argv, "--seed", str(seed)])


if __name__ == "__main__":
    main()
