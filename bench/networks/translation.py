"""Networks that answer with a picture: translation, style, super-resolution, in-painting."""

import torch
import torch.nn.functional as F
from torch import nn


class Residual(nn.Module):
    """Two reflected convolutions with instance normalisation, added to what came in."""

    def __init__(self, channels):
        super().__init__()
        layers = []
        for i in range(2):
            layers += [nn.ReflectionPad2d(1), nn.Conv2d(channels, channels, 3), nn.InstanceNorm2d(channels, affine=True)]
            if i == 0:
                layers.append(nn.ReLU())
        self.body = nn.Sequential(*layers)

    def forward(self, x):
        return x + self.body(x)


def cyclegan(width=16, blocks=6):
    """CycleGAN's generator: -1..1 in, Tanh out."""
    layers = [nn.ReflectionPad2d(3), nn.Conv2d(3, width, 7), nn.InstanceNorm2d(width), nn.ReLU()]
    for w in (width, width * 2):
        layers += [nn.Conv2d(w, w * 2, 3, 2, 1), nn.InstanceNorm2d(w * 2), nn.ReLU()]
    layers += [Residual(width * 4) for _ in range(blocks)]
    for w in (width * 4, width * 2):
        layers += [nn.ConvTranspose2d(w, w // 2, 3, 2, 1, 1), nn.InstanceNorm2d(w // 2), nn.ReLU()]
    return nn.Sequential(*layers, nn.ReflectionPad2d(3), nn.Conv2d(width, 3, 7), nn.Tanh())


class FastStyle(nn.Module):
    """Johnson's transformer network as PyTorch's example has it: 0..255 in, about 0..255 out, nothing clips it."""

    def __init__(self, width=16):
        super().__init__()

        def step(inside, outside, kernel, stride=1):
            return [nn.ReflectionPad2d(kernel // 2), nn.Conv2d(inside, outside, kernel, stride),
                    nn.InstanceNorm2d(outside, affine=True), nn.ReLU()]

        self.down = nn.Sequential(*step(3, width, 9), *step(width, width * 2, 3, 2), *step(width * 2, width * 4, 3, 2))
        self.middle = nn.Sequential(*(Residual(width * 4) for _ in range(5)))
        self.up1 = nn.Sequential(*step(width * 4, width * 2, 3))
        self.up2 = nn.Sequential(*step(width * 2, width, 3))
        self.last = nn.Sequential(nn.ReflectionPad2d(4), nn.Conv2d(width, 3, 9))
        with torch.no_grad():
            self.last[1].weight.mul_(60)
            self.last[1].bias.fill_(128)

    def forward(self, x):
        x = self.middle(self.down(x))
        x = self.up1(F.interpolate(x, scale_factor=2, mode="nearest"))
        return self.last(self.up2(F.interpolate(x, scale_factor=2, mode="nearest")))


class EDSR(nn.Module):
    """Enhanced deep super-resolution: a mean taken off, residual blocks without normalisation, pixel shuffle."""

    def __init__(self, factor=2, width=32, blocks=6):
        super().__init__()
        self.mean = nn.Parameter(torch.tensor([0.4488, 0.4371, 0.4040]).view(1, 3, 1, 1), requires_grad=False)
        self.first = nn.Conv2d(3, width, 3, 1, 1)
        self.body = nn.ModuleList(
            nn.Sequential(nn.Conv2d(width, width, 3, 1, 1), nn.ReLU(), nn.Conv2d(width, width, 3, 1, 1))
            for _ in range(blocks))
        self.after = nn.Conv2d(width, width, 3, 1, 1)
        self.grow = nn.Sequential(nn.Conv2d(width, width * factor**2, 3, 1, 1), nn.PixelShuffle(factor))
        self.last = nn.Conv2d(width, 3, 3, 1, 1)

    def forward(self, x):
        first = y = self.first(x - self.mean)
        for body in self.body:
            y = y + 0.1 * body(y)
        return self.last(self.grow(first + self.after(y))) + self.mean


class Spectral(nn.Module):
    """A 1 x 1 convolution of the real two-dimensional spectrum."""

    def __init__(self, channels):
        super().__init__()
        self.conv = nn.Sequential(nn.Conv2d(channels * 2, channels * 2, 1, bias=False), nn.BatchNorm2d(channels * 2), nn.ReLU())

    def forward(self, x):
        rows, columns = x.shape[2:]
        spectrum = torch.fft.rfft2(x, norm="ortho")
        real, imaginary = self.conv(torch.cat([spectrum.real, spectrum.imag], 1)).chunk(2, 1)
        return torch.fft.irfft2(torch.complex(real, imaginary), s=(rows, columns), norm="ortho")


class Fourier(nn.Module):
    """LaMa's block: a local and a global half, each told to the other, with a residual."""

    def __init__(self, half):
        super().__init__()
        near = lambda: nn.Conv2d(half, half, 3, 1, 1, padding_mode="reflect", bias=False)
        self.local, self.cross, self.back, self.spectral = near(), near(), near(), Spectral(half)
        self.norms = nn.ModuleList([nn.BatchNorm2d(half), nn.BatchNorm2d(half)])

    def forward(self, x):
        a, b = x.chunk(2, 1)
        return x + torch.cat([F.relu(self.norms[0](self.local(a) + self.back(b))),
                              F.relu(self.norms[1](self.cross(a) + self.spectral(b)))], 1)


class LaMa(nn.Module):
    """In-painting: a picture and a mask in; what the mask leaves is the picture's own."""

    def __init__(self, width=16, blocks=4):
        super().__init__()
        layers = [nn.ReflectionPad2d(3), nn.Conv2d(4, width, 7), nn.BatchNorm2d(width), nn.ReLU()]
        for w in (width, width * 2):
            layers += [nn.Conv2d(w, w * 2, 3, 2, 1), nn.BatchNorm2d(w * 2), nn.ReLU()]
        layers += [Fourier(width * 2) for _ in range(blocks)]
        for w in (width * 4, width * 2):
            layers += [nn.ConvTranspose2d(w, w // 2, 3, 2, 1, 1), nn.BatchNorm2d(w // 2), nn.ReLU()]
        self.body = nn.Sequential(*layers, nn.ReflectionPad2d(3), nn.Conv2d(width, 3, 7), nn.Sigmoid())

    def forward(self, image, mask):
        painted = self.body(torch.cat([image * (1 - mask), mask], 1))
        return mask * painted + (1 - mask) * image
