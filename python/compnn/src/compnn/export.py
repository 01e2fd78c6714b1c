"""From a PyTorch module to the folder of a network that the program opens. PyTorch is imported here alone, and when it is needed."""

from __future__ import annotations

import contextlib
import inspect
import io
import json
import logging
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterator, Mapping, Optional, Sequence, Union

from . import _arrays
from ._errors import CompNNError
from ._process import run

if TYPE_CHECKING:
    import os

_TASKS = {
    "segmentation": "image-segmentation",
    "semantic-segmentation": "image-segmentation",
    "image": "image-to-image",
    "depth": "regression",
    "depth-estimation": "regression",
}
_KNOWN = {"image-segmentation", "image-to-image", "regression"}

_TOLERANCE = 1e-3
"""Of the greatest number: two runtimes add up in other orders, a wrong graph is off by far more."""

_OUTPUTS = ("logits", "out", "predicted_depth", "reconstruction", "last_hidden_state")
"""Under which names transformers and torchvision give what is meant."""


def export(
    model: Any,
    example: Any,
    folder: "Union[str, os.PathLike[str]]",
    *,
    task: Optional[str] = None,
    labels: "Union[Sequence[str], Mapping[int, str], None]" = None,
    mean: "Union[float, Sequence[float], None]" = None,
    std: "Union[float, Sequence[float], None]" = None,
    scale: Optional[float] = None,
    processor: Any = None,
    output_range: Optional[Sequence[float]] = None,
    threshold: Optional[float] = None,
    ignored: Optional[int] = None,
    exporter: Optional[str] = None,
    check: bool = True,
) -> Path:
    """Writes a PyTorch module as ONNX with the files that say how pictures go in and come out, and checks what was written:
    the program's output for a picture of noise, prepared by these files, against the module's.

    Args:
        model: a module of one picture that gives one tensor, or what transformers and torchvision give (``logits``, ``out`` ...). Its
            mode and its place stay what they were.
        example: a tensor of (1, channels, rows, columns) or (channels, rows, columns); only its shape counts, and training pictures will be
            brought to its rows and columns.
        folder: made where it is missing; ``model.onnx``, ``config.json`` and ``preprocessor_config.json`` in it are replaced.
        task: ``"segmentation"``, ``"image"`` (the output is a picture) or ``"regression"`` (numbers, such as depth). Where it is not said
            it follows from labels, from the model's own settings, or from the output.
        labels: names of the classes, in the order of the output's channels; the model's own (``id2label``) unless said.
        mean, std: what is subtracted from pixels, and what they are divided by then, for each channel.
        scale: what pixels 0..255 are multiplied by before; 1/255 unless said.
        processor: a Hugging Face image processor, whose settings are taken. Without it and without mean and std, those that timm or
            segmentation_models_pytorch keep in the model are; where there are none, pixels go in as 0..1, which is printed.
        output_range: the numbers of black and of full brightness in an output picture, such as (-1, 1).
        threshold: above it the one channel of a network of two classes means the second.
        ignored: the number of unlabelled pixels in label pictures, besides 255.
        exporter: ``"old"`` (TorchScript) or ``"new"`` (``dynamo=True``) of PyTorch's; unless said the old one, and where it fails the new one.
        check: whether the written network is run and compared.

    Returns:
        The folder, for :func:`compnn.index`.

    Raises:
        CompNNError: where neither exporter succeeds, or what was written gives other numbers than the module.
    """
    try:
        import torch
    except ImportError:
        raise CompNNError("expected PyTorch, which the export needs, found none; pip install torch") from None
    if not isinstance(model, torch.nn.Module):
        raise CompNNError(f"expected a torch.nn.Module, found {type(model).__name__}; hand over the module itself")
    place = next(iter(model.parameters()), torch.zeros(0)).device
    sample = _sample(torch, example).to(place)
    channels, rows, columns = sample.shape[1:]
    path = Path(folder)
    path.mkdir(parents=True, exist_ok=True)
    training = model.training
    model.eval()
    try:
        with torch.no_grad():
            given = model(sample)
        whole = model if isinstance(given, torch.Tensor) else _one_output(torch, model, given)
        with torch.no_grad():
            made = whole(sample)
        preparation = _preparation(model, processor, mean, std, scale, rows, columns, channels)
        meaning = _meaning(model, made, task, labels, output_range, threshold, ignored)
        (path / "config.json").write_text(json.dumps(meaning, indent=2) + "\n")
        (path / "preprocessor_config.json").write_text(json.dumps(preparation, indent=2) + "\n")
        name = "predicted_depth" if meaning.get("task") == "regression" else "logits"
        failures = []
        for kind in [exporter] if exporter else ["old", "new"]:
            try:
                _write(torch, whole, sample, path / "model.onnx", name, kind)
                if check:
                    _compare(torch, whole, path, preparation, processor, place, (channels, rows, columns))
                return path
            except CompNNError as e:
                failures.append(str(e))
        raise CompNNError("; ".join(dict.fromkeys(failures)))
    finally:
        model.train(training)


def _sample(torch: Any, example: Any) -> Any:
    if isinstance(example, Mapping):
        example = example.get("pixel_values", next(iter(example.values()), None))
    if not isinstance(example, torch.Tensor):
        raise CompNNError(f"example: expected a tensor of (1, channels, rows, columns), found {type(example).__name__}; torch.zeros(1, 3, 256, 256) will do")
    if example.ndim == 3:
        example = example[None]
    if example.ndim != 4 or not example.is_floating_point():
        raise CompNNError(f"example: expected floats of (1, channels, rows, columns), found {example.dtype} of {tuple(example.shape)}")
    return example[:1]


def _one_output(torch: Any, model: Any, given: Any) -> Any:
    """The module with the one tensor that is meant as its output."""
    if isinstance(given, Mapping) or hasattr(given, "keys"):
        key = next((name for name in _OUTPUTS if name in given), None)
        if key is None:
            key = next((name for name in given.keys() if isinstance(given[name], torch.Tensor) and given[name].ndim >= 3), None)
    elif isinstance(given, (tuple, list)):
        key = next((i for i, each in enumerate(given) if isinstance(each, torch.Tensor) and each.ndim >= 3), None)
    else:
        key = None
    if key is None:
        raise CompNNError(f"expected a module that gives a tensor with rows and columns, found {type(given).__name__}; wrap it in one that does")

    class OneOutput(torch.nn.Module):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, pixel_values: Any) -> Any:
            return self.model(pixel_values)[key]

    return OneOutput().eval()


def _numbers(value: Any) -> Any:
    return [float(each) for each in value] if isinstance(value, (list, tuple)) or hasattr(value, "tolist") else float(value)


def _preparation(model: Any, processor: Any, mean: Any, std: Any, scale: Any, rows: int, columns: int, channels: int) -> dict[str, Any]:
    size = {"height": rows, "width": columns}
    if processor is not None and mean is None and std is None and scale is None:
        inner = getattr(processor, "image_processor", processor)
        if not hasattr(inner, "to_dict"):
            raise CompNNError(f"processor: expected an image processor of transformers, found {type(processor).__name__}; say mean and std instead")
        found: dict[str, Any] = json.loads(json.dumps(inner.to_dict(), default=str))
        return found
    settings: dict[str, Any] = {"do_resize": True, "size": size, "resample": 2, "do_rescale": True, "rescale_factor": scale if scale is not None else 1 / 255}
    if mean is None and std is None:
        mean, std, kept = _kept(model)
        if "scale" in kept and scale is None:
            settings["rescale_factor"] = kept["scale"]
        if "resample" in kept:
            settings["resample"] = kept["resample"]
        if mean is None and channels == 3:
            print("Assumed: pixels go in as 0..1, neither mean nor std is taken off (mean=, std=, processor=)")
    if mean is not None or std is not None:
        settings["do_normalize"] = True
        settings["image_mean"] = _numbers(mean if mean is not None else 0)
        settings["image_std"] = _numbers(std if std is not None else 1)
    else:
        settings["do_normalize"] = False
    return settings


def _kept(model: Any) -> tuple[Any, Any, dict[str, Any]]:
    """What timm and segmentation_models_pytorch keep of how pictures were prepared: mean, deviation, and more."""
    filters = {"nearest": 0, "lanczos": 1, "bilinear": 2, "bicubic": 3}
    for holder in (model, getattr(model, "backbone", None), getattr(model, "encoder", None)):
        settings = getattr(holder, "pretrained_cfg", None) or getattr(holder, "default_cfg", None)
        if isinstance(settings, Mapping) and settings.get("mean") is not None:
            more = {"resample": filters[settings["interpolation"]]} if settings.get("interpolation") in filters else {}
            print(f"Taken from timm: mean {settings['mean']}, std {settings['std']}")
            return settings["mean"], settings["std"], more
    made = getattr(model, "config", None) or getattr(model, "_hub_mixin_config", None)
    if isinstance(made, Mapping) and "encoder_name" in made:
        try:
            from segmentation_models_pytorch.encoders import get_preprocessing_params

            found = get_preprocessing_params(made["encoder_name"], made.get("encoder_weights") or "imagenet")
        except (ImportError, KeyError, ValueError):
            return None, None, {}
        print(f"Taken from segmentation_models_pytorch: mean {found['mean']}, std {found['std']}")
        return found["mean"], found["std"], {"scale": 1 / 255 if (found.get("input_range") or [0, 1])[1] == 1 else 1}
    return None, None, {}


def _meaning(model: Any, made: Any, task: Any, labels: Any, output_range: Any, threshold: Any, ignored: Any) -> dict[str, Any]:
    meaning: dict[str, Any] = {}
    own = getattr(model, "config", None)
    own = own.to_dict() if hasattr(own, "to_dict") else {}
    for name in ("architectures", "semantic_loss_ignore_index"):
        if own.get(name) is not None:
            meaning[name] = own[name]
    architecture = type(model).__name__
    if own and "architectures" not in meaning:
        meaning["architectures"] = [architecture]
    if task is not None:
        known = _TASKS.get(task, task)
        if known not in _KNOWN:
            raise CompNNError(f"task: expected segmentation, image or regression, found {task!r}")
        meaning["task"] = known
    elif labels is not None:
        meaning["task"] = "image-segmentation"
    if labels is None and own.get("id2label") and ("Segmentation" in architecture or meaning.get("task") == "image-segmentation"):
        labels = own["id2label"]
    if labels is not None:
        names = {int(k): str(v) for k, v in labels.items()} if isinstance(labels, Mapping) else dict(enumerate(map(str, labels)))
        scores = made.is_floating_point() and made.ndim == 4
        expected = made.shape[1] if scores and made.shape[1] > 1 else 2 if scores else len(names)
        if len(names) != expected:
            raise CompNNError(f"labels: expected {expected} names, one for each channel of the output, found {len(names)}")
        meaning["id2label"] = {str(k): names[k] for k in sorted(names)}
    for name, value in (("output_range", output_range), ("threshold", threshold), ("semantic_loss_ignore_index", ignored)):
        if value is not None:
            meaning[name] = list(value) if name == "output_range" else value
    return meaning


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    # Both exporters say much that nobody can act upon.
    level = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(level)


def _write(torch: Any, model: Any, sample: Any, file: Path, output: str, kind: str) -> None:
    if kind not in ("old", "new"):
        raise CompNNError(f"exporter: expected old or new, found {kind!r}")
    chooses = "dynamo" in inspect.signature(torch.onnx.export).parameters
    if kind == "new" and not chooses:
        raise CompNNError(f"exporter new: PyTorch {torch.__version__} has none; install a newer one")
    for old in file.parent.glob(file.name + "*"):
        old.unlink()
    try:
        with _quiet(), torch.no_grad():
            torch.onnx.export(model, (sample,), str(file), input_names=["pixel_values"], output_names=[output], **({"dynamo": kind == "new"} if chooses else {}))
    except Exception as e:  # whatever an exporter throws, the other one may do
        said = (str(e).strip() or type(e).__name__).splitlines()[0]
        raise CompNNError(f"exporter {kind}: {type(e).__name__}: {said[:300]}") from e


def _compare(torch: Any, model: Any, folder: Path, preparation: Mapping[str, Any], processor: Any, place: Any, size: tuple[int, int, int]) -> None:
    """Runs what was written on a picture, and the module on the same picture as the files say that it is prepared."""
    channels, rows, columns = size
    if channels not in (1, 3):
        print(f"Not checked: the input has {channels} channels, which no picture has")
        return
    np = _arrays.numpy()
    random = np.random.default_rng(1)
    coarse = random.integers(0, 256, (rows // 8 + 2, columns // 8 + 2, 3)).repeat(8, 0).repeat(8, 1)[:rows, :columns]
    pixels = np.clip(coarse * 0.7 + random.integers(0, 77, (rows, columns, 3)), 0, 255).astype(np.uint8)
    if channels == 1:
        pixels = pixels[..., :1].repeat(3, 2)
    if "image_processor_type" in preparation or "feature_extractor_type" in preparation:
        inner = getattr(processor, "image_processor", processor)
        prepared = inner(images=pixels, return_tensors="pt")["pixel_values"].to(place)
        if tuple(prepared.shape[-2:]) != (rows, columns):
            raise CompNNError(
                f"example: expected {tuple(prepared.shape[-2:])} rows and columns, as the processor makes of such a picture, found {(rows, columns)}; "
                "make the example by the processor"
            )
    else:
        numbers = pixels[..., :channels].astype(np.float32) * preparation["rescale_factor"]
        if preparation["do_normalize"]:
            numbers = (numbers - np.asarray(preparation["image_mean"], np.float32)) / np.asarray(preparation["image_std"], np.float32)
        prepared = torch.from_numpy(np.ascontiguousarray(numbers.transpose(2, 0, 1))[None]).to(place)
    with torch.no_grad():
        expected = model(prepared.float())
    classes = not expected.is_floating_point()
    expected = expected.float().cpu()
    while expected.ndim < 4:
        expected = expected[None] if expected.ndim == 2 else expected[:, None]
    with tempfile.TemporaryDirectory(prefix="compnn-") as work:
        (Path(work) / "noise.png").write_bytes(_arrays.png(pixels))
        run(["output", str(folder), str(Path(work) / "noise.png"), "--npy", str(Path(work) / "output.npy")], show=False)
        found = torch.from_numpy(np.load(Path(work) / "output.npy")).permute(2, 0, 1)[None]
    if classes and found.shape[1] > 1:
        found = found.argmax(dim=1, keepdim=True).float()
    if expected.shape[-2:] != found.shape[-2:]:
        # The program shows outputs that are coarser than the picture at its size.
        expected = torch.nn.functional.interpolate(expected, size=found.shape[-2:], mode="nearest" if classes else "bilinear", **({} if classes else {"align_corners": False}))
    if expected.shape != found.shape:
        raise CompNNError(f"{folder}: expected an output of {tuple(expected.shape)}, as the module gives, found {tuple(found.shape)}")
    if classes:
        apart = float((expected != found).float().mean())
        if apart > 0.01:
            raise CompNNError(f"{folder}: expected the classes that the module gives, found others at {100 * apart:.1f} % of the pixels; try the other exporter")
        print("Checked: the exported network gives the classes that the module gives")
        return
    largest = float(expected.abs().max())
    apart = float((expected - found).abs().max())
    if not apart <= _TOLERANCE * max(largest, 1e-6):
        raise CompNNError(f"{folder}: expected the numbers that the module gives, up to {largest:.3g}, found differences up to {apart:.3g}; try the other exporter")
    print(f"Checked: the exported network gives what the module gives (greatest difference {apart:.2g} of {largest:.3g})")
