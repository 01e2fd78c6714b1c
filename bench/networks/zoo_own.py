"""Architectures written here."""

import torch

from convolutional import ENet, HRNet, NestedU, OCRNet, UNet
from translation import EDSR, FastStyle, LaMa, cyclegan
from writing import FREE, HALVES, IMAGENET, pictures, preprocessing, seeded, settled, task, write


def unet_free(folder):
    """U-Net, free rows and columns, padded inside where they halve unevenly"""
    net = settled(seeded(UNet), pictures(128, 192, 2))
    write(folder, net, pictures(128, 192), ["pixel_values"], ["logits"], {"pixel_values": FREE, "logits": FREE})
    preprocessing(folder, (128, 192), **IMAGENET)


def unet_medical(folder):
    """U-Net for one channel, instance normalisation, sizes that are multiples of 16, sigmoid"""
    net = seeded(lambda: torch.nn.Sequential(UNet(1, 1, 12, padding=False, normalisation=torch.nn.InstanceNorm2d),
                                             torch.nn.Sigmoid()))
    write(folder, net, pictures(128, 128, channels=1), ["image"], ["mask"], {"image": FREE, "mask": FREE})
    preprocessing(folder, (128, 128), [0.5], [0.25])


def enet(folder):
    """ENet with max-unpooling"""
    net = settled(seeded(ENet), pictures(128, 192, 2))
    write(folder, net, pictures(128, 192), ["input"], ["scores"])


def hrnet(folder):
    """HRNet, scores at a quarter of the picture's size"""
    net = settled(seeded(HRNet), pictures(128, 192, 2))
    write(folder, net, pictures(128, 192), ["input"], ["scores"])
    preprocessing(folder, (128, 192), **IMAGENET)


def ocrnet(folder):
    """OCRNet over HRNet, two outputs"""
    net = settled(seeded(OCRNet), pictures(128, 192, 2))
    write(folder, net, pictures(128, 192), ["input"], ["scores", "aux"])
    preprocessing(folder, (128, 192), **IMAGENET)


def u2net(folder):
    """U2Net, seven outputs after sigmoid"""
    net = settled(seeded(NestedU), pictures(160, 160, 2))
    write(folder, net, pictures(160, 160), ["input.1"], [f"d{i}" for i in range(7)])
    preprocessing(folder, (160, 160), **IMAGENET)


def isnet(folder):
    """ISNet, six outputs after sigmoid, strided stem"""
    net = settled(seeded(NestedU, True), pictures(192, 192, 2))
    write(folder, net, pictures(192, 192), ["input_image"], [f"output_{i}" for i in range(6)])
    preprocessing(folder, (192, 192), [0.5] * 3, [1.0] * 3)


def cyclegan_generator(folder):
    """CycleGAN's generator, Tanh"""
    write(folder, seeded(cyclegan), pictures(128, 128), ["input"], ["output"])
    preprocessing(folder, (128, 128), **HALVES)


def fast_style(folder):
    """Fast style transfer, 0..255 in and out, free size"""
    write(folder, seeded(FastStyle), pictures(128, 128) * 255, ["input1"], ["output1"], {"input1": FREE, "output1": FREE})
    preprocessing(folder, (128, 128), scale=1.0)
    task(folder, task="image-to-image", output_range=[0, 255])


def edsr(folder):
    """EDSR, twice the size"""
    write(folder, seeded(EDSR), pictures(96, 128), ["lr"], ["sr"], {"lr": FREE, "sr": FREE})
    preprocessing(folder, (96, 128))
    task(folder, task="image-to-image", output_range=[0, 1])


def edsr_x4(folder):
    """EDSR, four times the size, fixed"""
    write(folder, seeded(EDSR, 4), pictures(64, 96), ["lr"], ["sr"])
    task(folder, task="image-to-image", output_range=[0, 1])


def lama(folder):
    """LaMa: picture and mask in, spectra by DFT (new exporter)"""
    net = settled(seeded(LaMa), pictures(128, 128, 2), (pictures(128, 128, 2, 1) > 0.6).float())
    write(folder, net, (pictures(128, 128), (pictures(128, 128, 1, 1) > 0.6).float()), ["image", "mask"], ["output"], dynamo=True)
    task(folder, task="image-to-image", output_range=[0, 1])
