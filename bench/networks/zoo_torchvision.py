"""Torchvision's segmentation networks, and PSPNet over its ResNet."""

import torch

from convolutional import PyramidPooling
from writing import FREE, IMAGENET, pictures, preprocessing, seeded, settled, write


def _declare_operators():
    """Lets torchvision be imported where its compiled operators do not load; none of these networks uses them."""
    library = torch.library.Library("torchvision", "DEF")
    for schema in (
        "nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
        "qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
        "roi_align(Tensor input, Tensor rois, float scale, int rows, int columns, int ratio, bool aligned) -> Tensor",
        "qroi_align(Tensor input, Tensor rois, float scale, int rows, int columns, int ratio, bool aligned) -> Tensor",
        "roi_pool(Tensor input, Tensor rois, float scale, int rows, int columns) -> (Tensor, Tensor)",
        "ps_roi_align(Tensor input, Tensor rois, float scale, int rows, int columns, int ratio) -> (Tensor, Tensor)",
        "ps_roi_pool(Tensor input, Tensor rois, float scale, int rows, int columns) -> (Tensor, Tensor)",
        "_roi_align_backward(Tensor g, Tensor r, float s, int a, int b, int c, int d, int e, int f, int i, bool j) -> Tensor",
        "_ps_roi_align_backward(Tensor g, Tensor r, Tensor m, float s, int a, int b, int i, int c, int d, int e, int f) -> Tensor",
        "_roi_pool_backward(Tensor g, Tensor r, Tensor m, float s, int a, int b, int c, int d, int e, int f) -> Tensor",
        "_ps_roi_pool_backward(Tensor g, Tensor r, Tensor m, float s, int a, int b, int c, int d, int e, int f) -> Tensor",
        "deform_conv2d(Tensor x, Tensor w, Tensor o, Tensor m, Tensor b, int p, int q, int r, int s, int t, int u, int v, int z, bool k) -> Tensor",
        "_deform_conv2d_backward(Tensor g, Tensor x, Tensor w, Tensor o, Tensor m, Tensor b, int p, int q, int r, int s, int t, int u, int v, int z, bool k) -> (Tensor, Tensor, Tensor, Tensor, Tensor)",
    ):
        library.define(schema)
    return library


try:
    import torchvision  # noqa: F401
except RuntimeError:
    import sys

    for _loaded in [n for n in sys.modules if n.split(".")[0] == "torchvision"]:
        del sys.modules[_loaded]
    _library = _declare_operators()
    import torchvision  # noqa: F401


def _resnet50():
    """ResNet-50 with strides of 8 and a quarter of its width; layer4 gives 512 channels."""
    from torchvision.models._utils import IntermediateLayerGetter
    from torchvision.models.resnet import Bottleneck, ResNet

    class Narrow(ResNet):
        def _make_layer(self, block, planes, *args, **kwargs):
            return super()._make_layer(block, planes // 4, *args, **kwargs)

    net = Narrow(Bottleneck, [3, 4, 6, 3], replace_stride_with_dilation=[False, True, True])
    return IntermediateLayerGetter(net, {"layer4": "out", "layer3": "aux"})


def fcn_resnet50(folder):
    """FCN-ResNet50 (torchvision), dict with aux"""
    from torchvision.models.segmentation.fcn import FCN, FCNHead

    net = settled(seeded(lambda: FCN(_resnet50(), FCNHead(512, 21), FCNHead(256, 21))), pictures(128, 192, 2))
    write(folder, net, pictures(128, 192), ["input"], ["out", "aux"])
    preprocessing(folder, (128, 192), **IMAGENET)


def deeplabv3_mobilenet(folder):
    """DeepLabV3-MobileNetV3 (torchvision), free size"""
    from torchvision.models.mobilenetv3 import mobilenet_v3_large
    from torchvision.models.segmentation.deeplabv3 import _deeplabv3_mobilenetv3

    net = seeded(lambda: _deeplabv3_mobilenetv3(mobilenet_v3_large(width_mult=0.35, dilated=True), 21, None))
    settled(net, pictures(128, 192, 2))
    write(folder, net, pictures(128, 192), ["input"], ["out"], {"input": FREE, "out": FREE})
    preprocessing(folder, (128, 192), **IMAGENET)


def lraspp(folder):
    """LR-ASPP-MobileNetV3 (torchvision)"""
    from torchvision.models.mobilenetv3 import mobilenet_v3_large
    from torchvision.models.segmentation.lraspp import _lraspp_mobilenetv3

    net = settled(seeded(lambda: _lraspp_mobilenetv3(mobilenet_v3_large(width_mult=0.5, dilated=True), 21)), pictures(128, 192, 2))
    write(folder, net, pictures(128, 192), ["input"], ["out"])
    preprocessing(folder, (128, 192), **IMAGENET)


def pspnet(folder):
    """PSPNet over ResNet-50"""
    net = settled(seeded(lambda: PyramidPooling(_resnet50(), 512)), pictures(192, 192, 2))
    write(folder, net, pictures(192, 192), ["input"], ["scores"])
    preprocessing(folder, (192, 192), **IMAGENET)
