"""How a network of PyTorch becomes a folder with `model.onnx` and what lies beside it."""

import json
import warnings
from pathlib import Path

import torch

OPSET = 18


def seeded(make, *args, **kwargs):
    """The network that `make` builds, with the same random weights each time."""
    torch.manual_seed(7)
    return make(*args, **kwargs).eval()


def pictures(rows, columns, count=1, channels=3):
    """Smooth random pictures from 0 to 1: noise in several sizes, so that deep layers see something."""
    generator = torch.Generator().manual_seed(11)
    total = torch.zeros(count, channels, rows, columns)
    for cells in (2, 5, 11, 23, 47):
        noise = torch.rand(count, channels, cells, cells, generator=generator)
        total += torch.nn.functional.interpolate(noise, (rows, columns), mode="bicubic")
    return ((total - total.amin()) / (total.amax() - total.amin())).clamp(0, 1)


def lively(net):
    """The network with weights that keep the scale of what they are given: libraries begin with smaller ones, through
    which a deep network says nearly the same everywhere."""
    torch.manual_seed(13)
    for module in net.modules():
        if isinstance(module, (torch.nn.Linear, torch.nn.Conv2d, torch.nn.ConvTranspose2d)):
            torch.nn.init.kaiming_normal_(module.weight, nonlinearity="linear")
            if module.bias is not None:
                torch.nn.init.normal_(module.bias, 0.05, 0.1)
    return net


def settled(net, *inputs):
    """The network with the means and variances of its batch normalisations taken from a few pictures.

    Without this a deep network of random weights answers the same everywhere, and there is nothing to match.
    """
    for module in net.modules():
        if isinstance(module, torch.nn.modules.batchnorm._BatchNorm):
            module.reset_running_stats()
            module.momentum = None
            module.train()
    with torch.no_grad():
        for _ in range(2):
            net(*inputs)
    return net.eval()


def write(folder, net, inputs, names_in, names_out, free=None, dynamo=False, opset=OPSET, functions=False):
    """Exports `net` to `folder/model.onnx`, weights inside.

    :param free: names of free axes, as torch.onnx.export's `dynamic_axes`
    :param functions: whether the new exporter's local functions are left as they are
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    file = str(folder / "model.onnx")
    if not isinstance(inputs, tuple):
        inputs = (inputs,)
    options = {"input_names": names_in, "output_names": names_out, "opset_version": opset}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        if dynamo:
            axes = None
            if free:
                automatic = torch.export.Dim.DYNAMIC
                axes = tuple({a: automatic for a in free[n]} if n in free else None for n in names_in)
            torch.onnx.export(net, inputs, file, dynamo=True, external_data=False, optimize=not functions,
                              dynamic_shapes=axes, verbose=False, **options)
        else:
            torch.onnx.export(net, inputs, file, dynamo=False, dynamic_axes=free, **options)


def single(folder):
    """Makes float32 of the float64 that the old exporter writes where floats are divided by whole numbers: ONNX Runtime
    has not all operators for it."""
    import numpy
    import onnx

    file = Path(folder) / "model.onnx"
    model = onnx.load(file)
    double, plain = onnx.TensorProto.DOUBLE, onnx.TensorProto.FLOAT
    for node in model.graph.node:
        for attribute in node.attribute:
            if node.op_type == "Cast" and attribute.name == "to" and attribute.i == double:
                attribute.i = plain
            if attribute.HasField("t") and attribute.t.data_type == double:
                numbers = onnx.numpy_helper.to_array(attribute.t).astype(numpy.float32)
                attribute.t.CopyFrom(onnx.numpy_helper.from_array(numpy.asarray(numbers), attribute.t.name))
    for number in model.graph.initializer:
        if number.data_type == double:
            number.CopyFrom(onnx.numpy_helper.from_array(onnx.numpy_helper.to_array(number).astype(numpy.float32), number.name))
    del model.graph.value_info[:]
    onnx.save(model, file)


def write_json(folder, name, values):
    (Path(folder) / name).write_text(json.dumps(values, indent=2) + "\n")


def task(folder, **values):
    """Writes a `config.json` that says what a network of no library's own means."""
    write_json(folder, "config.json", values)


def preprocessing(folder, size=None, mean=None, std=None, scale=None):
    """Writes a `preprocessor_config.json`."""
    values = {"do_resize": size is not None, "do_rescale": True, "rescale_factor": scale or 1 / 255,
              "do_normalize": mean is not None}
    if size:
        values["size"] = {"height": size[0], "width": size[1]}
    if mean:
        values |= {"image_mean": mean, "image_std": std}
    write_json(folder, "preprocessor_config.json", values)


IMAGENET = {"mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]}
HALVES = {"mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5]}
FREE = {2: "rows", 3: "columns"}
