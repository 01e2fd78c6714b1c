"""Other forms of the networks: the new exporter, local functions, half precision, quantised, preprocessing inside."""

import numpy
import torch

import zoo_torchvision as vision
import zoo_transformers as library
from convolutional import UNet
from writing import FREE, IMAGENET, pictures, preprocessing, seeded, settled, task, write


def _unet():
    return settled(seeded(UNet), pictures(128, 192, 2))


def _fixed_unet(folder, **options):
    write(folder, _unet(), pictures(128, 192), ["pixel_values"], ["logits"], **options)
    preprocessing(folder, (128, 192), **IMAGENET)


def unet_dynamo(folder):
    """U-Net by the new exporter, free size"""
    write(folder, _unet(), pictures(128, 192), ["pixel_values"], ["logits"], {"pixel_values": FREE}, dynamo=True)
    preprocessing(folder, (128, 192), **IMAGENET)


def unet_functions(folder):
    """U-Net by the new exporter, local functions kept"""
    _fixed_unet(folder, dynamo=True, functions=True)


def fcn_dynamo(folder):
    """FCN-ResNet50 by the new exporter"""
    from torchvision.models.segmentation.fcn import FCN, FCNHead

    net = settled(seeded(lambda: FCN(vision._resnet50(), FCNHead(512, 21), None)), pictures(128, 192, 2))
    write(folder, net, pictures(128, 192), ["input"], ["out"], dynamo=True)
    preprocessing(folder, (128, 192), **IMAGENET)


def segformer_dynamo(folder):
    """SegFormer by the new exporter"""
    model = library._segformer()
    write(folder, library._Only(model, "logits"), pictures(128, 192), ["pixel_values"], ["logits"], dynamo=True)
    library._save(folder, model, library._processor("SegformerImageProcessor", size={"height": 128, "width": 192}))


def segformer_functions(folder):
    """SegFormer by the new exporter, local functions kept"""
    model = library._segformer()
    write(folder, library._Only(model, "logits"), pictures(128, 192), ["pixel_values"], ["logits"], dynamo=True, functions=True)
    library._save(folder, model, library._processor("SegformerImageProcessor", size={"height": 128, "width": 192}))


def dinov2_dynamo(folder):
    """DINOv2 with a linear head by the new exporter"""
    net = library.settled_model(library._Linear, library._dinov2(**library._labels(12)), 140, 140)
    write(folder, net, pictures(140, 140), ["pixel_values"], ["logits"], dynamo=True)
    library._save(folder, net, library._processor("BitImageProcessor", size={"height": 140, "width": 140}, do_center_crop=False))


def dpt_depth_dynamo(folder):
    """DPT for depth by the new exporter"""
    from transformers import DPTForDepthEstimation

    model = library.positive(library.settled_model(DPTForDepthEstimation, library._dpt(), 128, 128))
    write(folder, library._Only(model, "predicted_depth"), pictures(128, 128), ["pixel_values"], ["predicted_depth"], dynamo=True)
    library._save(folder, model, library._processor("DPTImageProcessor", size={"height": 128, "width": 128}))


def swin_upernet_dynamo(folder):
    """Swin and UPerNet by the new exporter"""
    from transformers import SwinConfig

    backbone = SwinConfig(embed_dim=24, depths=[1, 2, 2, 1], num_heads=[1, 2, 4, 4], window_size=6, image_size=192,
                          out_features=["stage1", "stage2", "stage3", "stage4"])
    backbone._attn_implementation = "eager"
    model = library._upernet(backbone)
    write(folder, library._Only(model, "logits"), pictures(192, 192), ["pixel_values"], ["logits"], dynamo=True)
    library._save(folder, model, library._processor("SegformerImageProcessor", size={"height": 192, "width": 192}))


def unet_half(folder):
    """U-Net in float16, float16 in and out"""
    import onnx
    from onnxruntime.transformers.float16 import convert_float_to_float16

    _fixed_unet(folder)
    onnx.save(convert_float_to_float16(onnx.load(folder / "model.onnx")), folder / "model.onnx")


def unet_half_inside(folder):
    """U-Net in float16, float32 in and out"""
    import onnx
    from onnxruntime.transformers.float16 import convert_float_to_float16

    _fixed_unet(folder)
    onnx.save(convert_float_to_float16(onnx.load(folder / "model.onnx"), keep_io_types=True), folder / "model.onnx")


def _calibration():
    from onnxruntime.quantization import CalibrationDataReader

    class Pictures(CalibrationDataReader):
        def __init__(self):
            self.left = [{"pixel_values": p[None].numpy().astype(numpy.float32)} for p in pictures(128, 192, 4)]

        def get_next(self):
            return self.left.pop() if self.left else None

    return Pictures()


def _quantised(folder, **options):
    from onnxruntime.quantization import QuantType, quantize_static

    _fixed_unet(folder)
    plain = folder / "plain.onnx"
    (folder / "model.onnx").rename(plain)
    quantize_static(plain, folder / "model.onnx", _calibration(), weight_type=QuantType.QInt8,
                    activation_type=QuantType.QUInt8, **options)
    plain.unlink()


def unet_qdq(folder):
    """U-Net quantised, QDQ form"""
    from onnxruntime.quantization import QuantFormat

    _quantised(folder, quant_format=QuantFormat.QDQ, per_channel=True)


def unet_qoperator(folder):
    """U-Net quantised, operator form"""
    from onnxruntime.quantization import QuantFormat

    _quantised(folder, quant_format=QuantFormat.QOperator)


def unet_dynamic(folder):
    """U-Net quantised dynamically"""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    _fixed_unet(folder)
    plain = folder / "plain.onnx"
    (folder / "model.onnx").rename(plain)
    quantize_dynamic(plain, folder / "model.onnx", weight_type=QuantType.QUInt8)
    plain.unlink()


class _Complete(torch.nn.Module):
    """A network with its preprocessing inside: bytes with channels last in, labels out."""

    def __init__(self, net):
        super().__init__()
        self.net = net
        self.register_buffer("mean", torch.tensor(IMAGENET["mean"]).view(1, 3, 1, 1))
        self.register_buffer("std", torch.tensor(IMAGENET["std"]).view(1, 3, 1, 1))

    def forward(self, picture):
        x = (picture.permute(0, 3, 1, 2).float() / 255 - self.mean) / self.std
        return self.net(x).argmax(1).to(torch.uint8)


def unet_complete(folder):
    """U-Net with its preprocessing inside: uint8, channels last, labels out"""
    picture = (pictures(128, 192) * 255).to(torch.uint8).permute(0, 2, 3, 1).contiguous()
    write(folder, _Complete(_unet()), picture, ["picture"], ["labels"])


def unet_batch(folder):
    """U-Net with a fixed batch of two"""
    write(folder, _unet(), pictures(128, 192, 2), ["pixel_values"], ["logits"])
    preprocessing(folder, (128, 192), **IMAGENET)


def segformer_half(folder):
    """SegFormer in float16"""
    import onnx
    from onnxruntime.transformers.float16 import convert_float_to_float16

    library.segformer_fixed(folder)
    onnx.save(convert_float_to_float16(onnx.load(folder / "model.onnx"), keep_io_types=True), folder / "model.onnx")
