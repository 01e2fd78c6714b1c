"""From PyTorch's modules and data sets to what the program reads."""

import inspect
import json
import os

import numpy as np
import pytest
import tiny
from conftest import need

import compnn

try:
    import torch
except ImportError:
    torch = None


@pytest.fixture(autouse=True)
def with_torch(work):
    need(torch is not None, "PyTorch")


def module(seed=1, classes=3):
    torch.manual_seed(seed)
    return torch.nn.Sequential(
        torch.nn.Conv2d(3, 8, 3, stride=2, padding=1),
        torch.nn.BatchNorm2d(8),
        torch.nn.ReLU(),
        torch.nn.Upsample(scale_factor=2, mode="nearest"),
        torch.nn.Conv2d(8, classes, 1),
    )


EXAMPLE = None if torch is None else torch.zeros(1, 3, 32, 48)


def read(folder, name):
    return json.loads((folder / name).read_text())


def test_a_module_becomes_a_folder_that_says_how_pictures_go_in(tmp_path, capsys):
    net = module().train()

    folder = compnn.export(net, EXAMPLE, tmp_path / "net", task="segmentation", labels=tiny.CLASSES, mean=[0.5, 0.4, 0.3], std=[0.2, 0.3, 0.4])

    assert read(folder, "config.json") == {"task": "image-segmentation", "id2label": {"0": "red", "1": "green", "2": "blue"}}
    preparation = read(folder, "preprocessor_config.json")
    assert preparation["size"] == {"height": 32, "width": 48}
    assert preparation["image_mean"] == [0.5, 0.4, 0.3] and preparation["image_std"] == [0.2, 0.3, 0.4]
    assert net.training
    assert "the exported network gives what the module gives" in capsys.readouterr().out


def test_an_exported_module_is_indexed_and_says_what_it_says_in_pytorch(tmp_path):
    net = module().eval()
    folder = compnn.export(net, torch.zeros(3, 32, 32), tmp_path / "net", labels=tiny.CLASSES, check=False)
    pixels, _ = tiny.picture(5)

    with compnn.index(folder, tiny.data(tmp_path / "data", 3), out=tmp_path / "x.db", layers=["penultimate"]) as db:
        said = db.explain(pixels).network

    with torch.no_grad():
        scores = net(torch.from_numpy(pixels.transpose(2, 0, 1)[None].astype(np.float32) / 255))
    assert (said == scores.argmax(1)[0].numpy()).mean() > 0.999


def test_what_is_not_said_is_printed(tmp_path, capsys):
    compnn.export(module(), EXAMPLE, tmp_path / "net", labels=tiny.CLASSES, check=False)

    assert "Assumed: pixels go in as 0..1" in capsys.readouterr().out


def test_modules_that_give_several_things_are_exported_with_the_one_that_is_meant(tmp_path):
    class Several(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.inner = module()

        def forward(self, x):
            return {"aux": x.mean(), "out": self.inner(x)}

    folder = compnn.export(Several(), EXAMPLE, tmp_path / "net", labels=tiny.CLASSES)

    assert (folder / "model.onnx").exists()


def test_a_regression_and_a_painter_keep_their_numbers(tmp_path):
    depth = compnn.export(module(classes=1), EXAMPLE, tmp_path / "depth", task="depth")
    painter = compnn.export(torch.nn.Sequential(module(), torch.nn.Tanh()), EXAMPLE, tmp_path / "painter", task="image", output_range=(-1, 1))

    assert read(depth, "config.json") == {"task": "regression"}
    assert read(painter, "config.json") == {"task": "image-to-image", "output_range": [-1, 1]}


def test_settings_that_a_model_keeps_are_taken(tmp_path, capsys):
    net = module()
    net.pretrained_cfg = {"mean": (0.1, 0.2, 0.3), "std": (0.5, 0.5, 0.5), "interpolation": "bicubic"}

    folder = compnn.export(net, EXAMPLE, tmp_path / "net", labels=tiny.CLASSES, check=False)

    preparation = read(folder, "preprocessor_config.json")
    assert preparation["image_mean"] == [0.1, 0.2, 0.3] and preparation["resample"] == 3
    assert "Taken from timm" in capsys.readouterr().out


def test_an_image_processors_settings_are_taken_as_they_are(tmp_path):
    class Processor:
        def to_dict(self):
            return {"image_processor_type": "SegformerImageProcessor", "do_resize": True, "size": {"height": 32, "width": 48}, "do_normalize": False}

    folder = compnn.export(module(), EXAMPLE, tmp_path / "net", labels=tiny.CLASSES, processor=Processor(), check=False)

    assert read(folder, "preprocessor_config.json")["image_processor_type"] == "SegformerImageProcessor"


def test_an_export_that_gives_other_numbers_is_refused(tmp_path, monkeypatch):
    exported = torch.onnx.export

    def wrong(model, *arguments, **more):
        with torch.no_grad():
            model[4].bias += 1
        exported(model, *arguments, **more)
        with torch.no_grad():
            model[4].bias -= 1

    monkeypatch.setattr(torch.onnx, "export", wrong)
    wrong.__signature__ = inspect.signature(exported)

    with pytest.raises(compnn.CompNNError, match="expected the numbers that the module gives"):
        compnn.export(module(), EXAMPLE, tmp_path / "net", labels=tiny.CLASSES, exporter="old")


def test_pytorchs_newer_exporter_is_used_or_said_to_be_missing(tmp_path):
    newer = "dynamo" in inspect.signature(torch.onnx.export).parameters
    if newer:
        pytest.importorskip("onnxscript")
        assert (compnn.export(module(), EXAMPLE, tmp_path / "net", labels=tiny.CLASSES, exporter="new") / "model.onnx").exists()
    else:
        with pytest.raises(compnn.CompNNError, match="exporter new: PyTorch .* has none"):
            compnn.export(module(), EXAMPLE, tmp_path / "net", labels=tiny.CLASSES, exporter="new")


@pytest.mark.parametrize(
    "asked, said",
    [
        ({"labels": ["one"]}, "labels: expected 3 names, one for each channel of the output, found 1"),
        ({"task": "sorting"}, "task: expected segmentation, image or regression, found 'sorting'"),
        ({"example": "picture.png"}, "example: expected a tensor"),
        ({"model": "net"}, "expected a torch.nn.Module, found str"),
        ({"processor": 3}, "processor: expected an image processor"),
    ],
)
def test_what_does_not_fit_is_one_line(tmp_path, asked, said):
    given = {"model": module(), "example": EXAMPLE, "folder": tmp_path / "net", **asked}

    with pytest.raises(compnn.CompNNError) as e:
        compnn.export(**given)

    assert said in str(e.value) and "\n" not in str(e.value)


def test_a_torch_data_set_becomes_one_of_ours_with_tags(tmp_path):
    class Pictures(torch.utils.data.Dataset):
        def __len__(self):
            return 4

        def __getitem__(self, i):
            pixels, classes = tiny.picture(i)
            picture = (torch.from_numpy(pixels).permute(2, 0, 1) / 255 - 0.5) / 0.25
            label = torch.from_numpy(classes.astype(np.int64))
            label[0, 0] = -1
            return picture, label

    folder = compnn.export_data(Pictures(), tmp_path / "data", tags=["a", ["b", "c"], None, "a"], names=["p", "q", "r", "s"], labels=tiny.CLASSES, mean=0.5, std=0.25)
    with compnn.index(tiny.network(tmp_path / "net"), folder, out=tmp_path / "x.db", layers=["penultimate"]) as db:
        assert [e["id"] for e in db.exemplars] == ["p", "q", "r", "s"]
        assert [e["tags"] for e in db.exemplars] == [["a"], ["b", "c"], [], ["a"]]
        pixels, classes = tiny.picture(1)
        assert (db.exemplar_input(1) == pixels).all()
        classes[0, 0] = 255
        assert (db.exemplar_target(1) == classes).all()


def test_arrays_of_numbers_and_of_colours_become_targets(tmp_path):
    pixels, _ = tiny.picture(1)

    numbers = compnn.export_data([(pixels, np.ones((32, 32), np.float32))], tmp_path / "numbers")
    colours = compnn.export_data([(pixels, pixels[::-1])], tmp_path / "colours")
    alone = compnn.export_data([pixels], tmp_path / "alone")

    assert np.load(numbers / "labels" / "000000.npy").shape == (32, 32)
    assert (colours / "labels" / "000000.png").exists()
    assert not (alone / "labels").exists()
    with pytest.raises(compnn.CompNNError, match="found images in it"):
        compnn.export_data([pixels], tmp_path / "alone")
    with pytest.raises(compnn.CompNNError, match="pair 0: expected classes from 0 to 254, found 300"):
        compnn.export_data([(pixels, np.full((32, 32), 300))], tmp_path / "many")
