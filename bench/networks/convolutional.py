"""Convolutional architectures that no library at hand has, written compactly: true in structure, narrow in width."""

import torch
import torch.nn.functional as F
from torch import nn


def block(inside, outside, kernel=3, stride=1, dilation=1, groups=1, activation=nn.ReLU):
    """Convolution, batch normalisation, activation."""
    return nn.Sequential(
        nn.Conv2d(inside, outside, kernel, stride, dilation * (kernel // 2), dilation, groups, bias=False),
        nn.BatchNorm2d(outside),
        activation(),
    )


class UNet(nn.Module):
    """Ronneberger's network; where a size halves unevenly, the decoder's picture is padded to its skip's size."""

    def __init__(self, channels=3, classes=5, width=16, depth=4, padding=True, normalisation=nn.BatchNorm2d):
        super().__init__()
        self.padding = padding

        def double(inside, outside):
            return nn.Sequential(
                nn.Conv2d(inside, outside, 3, 1, 1), normalisation(outside), nn.ReLU(),
                nn.Conv2d(outside, outside, 3, 1, 1), normalisation(outside), nn.ReLU())

        widths = [width * 2**i for i in range(depth + 1)]
        self.down = nn.ModuleList(double(i, o) for i, o in zip([channels] + widths[:-1], widths))
        self.up = nn.ModuleList(nn.ConvTranspose2d(w * 2, w, 2, 2) for w in reversed(widths[:-1]))
        self.join = nn.ModuleList(double(w * 2, w) for w in reversed(widths[:-1]))
        self.head = nn.Conv2d(width, classes, 1)

    def forward(self, x):
        skips = []
        for i, down in enumerate(self.down):
            x = down(x if i == 0 else F.max_pool2d(x, 2))
            skips.append(x)
        skips.pop()
        for up, join in zip(self.up, self.join):
            x, skip = up(x), skips.pop()
            if self.padding:
                x = F.pad(x, (0, skip.shape[3] - x.shape[3], 0, skip.shape[2] - x.shape[2]))
            x = join(torch.cat([skip, x], 1))
        return self.head(x)


class ENetStage(nn.Module):
    """One of ENet's bottlenecks: a plain, dilated or asymmetric convolution between two 1 x 1 ones."""

    def __init__(self, channels, dilation=1, asymmetric=0):
        super().__init__()
        inner = channels // 4
        if asymmetric:
            middle = nn.Sequential(
                nn.Conv2d(inner, inner, (asymmetric, 1), padding=(asymmetric // 2, 0), bias=False),
                nn.Conv2d(inner, inner, (1, asymmetric), padding=(0, asymmetric // 2), bias=False),
                nn.BatchNorm2d(inner), nn.PReLU())
        else:
            middle = block(inner, inner, 3, 1, dilation, activation=nn.PReLU)
        self.branch = nn.Sequential(block(channels, inner, 1, activation=nn.PReLU), middle,
                                    nn.Conv2d(inner, channels, 1, bias=False), nn.BatchNorm2d(channels))
        self.out = nn.PReLU()

    def forward(self, x):
        return self.out(x + self.branch(x))


class ENetDown(nn.Module):
    def __init__(self, inside, outside):
        super().__init__()
        inner = inside // 4
        self.grow = outside - inside
        self.branch = nn.Sequential(
            nn.Conv2d(inside, inner, 2, 2, bias=False), nn.BatchNorm2d(inner), nn.PReLU(),
            block(inner, inner, activation=nn.PReLU), nn.Conv2d(inner, outside, 1, bias=False), nn.BatchNorm2d(outside))
        self.out = nn.PReLU()

    def forward(self, x):
        main, places = F.max_pool2d(x, 2, return_indices=True)
        main = F.pad(main, (0, 0, 0, 0, 0, self.grow))
        return self.out(main + self.branch(x)), places


class Unpool(torch.autograd.Function):
    """ONNX's MaxUnpool, which PyTorch's exporters do not write: its indices count over all channels."""

    @staticmethod
    def forward(ctx, x, places):
        grown = x.new_zeros(x.shape[0] * x.shape[1] * x.shape[2] * x.shape[3] * 4)
        grown[places.flatten()] = x.flatten()
        return grown.view(x.shape[0], x.shape[1], x.shape[2] * 2, x.shape[3] * 2)

    @staticmethod
    def symbolic(graph, x, places):
        return graph.op("MaxUnpool", x, places, kernel_shape_i=[2, 2], strides_i=[2, 2])


class ENetUp(nn.Module):
    """Max-unpooling by the indices of the pooling that it undoes."""

    def __init__(self, inside, outside):
        super().__init__()
        inner = inside // 4
        self.main = nn.Sequential(nn.Conv2d(inside, outside, 1, bias=False), nn.BatchNorm2d(outside))
        self.branch = nn.Sequential(
            block(inside, inner, 1), nn.ConvTranspose2d(inner, inner, 2, 2, bias=False), nn.BatchNorm2d(inner), nn.ReLU(),
            nn.Conv2d(inner, outside, 1, bias=False), nn.BatchNorm2d(outside))

    def forward(self, x, places):
        count, channels, rows, columns = places.shape
        planes = torch.arange(count * channels).view(count, channels, 1, 1) * (rows * columns * 4)
        return F.relu(Unpool.apply(self.main(x), places + planes) + self.branch(x))


class ENet(nn.Module):
    def __init__(self, classes=11):
        super().__init__()
        self.first = nn.Conv2d(3, 13, 3, 2, 1, bias=False)
        self.first_out = nn.Sequential(nn.BatchNorm2d(16), nn.PReLU())
        self.down1 = ENetDown(16, 64)
        self.stage1 = nn.Sequential(*(ENetStage(64) for _ in range(4)))
        self.down2 = ENetDown(64, 128)
        round_ = lambda: [ENetStage(128), ENetStage(128, 2), ENetStage(128, asymmetric=5), ENetStage(128, 4),
                          ENetStage(128), ENetStage(128, 8), ENetStage(128, asymmetric=5), ENetStage(128, 16)]
        self.stage2 = nn.Sequential(*round_(), *round_())
        self.up1 = ENetUp(128, 64)
        self.stage4 = nn.Sequential(ENetStage(64), ENetStage(64))
        self.up2 = ENetUp(64, 16)
        self.stage5 = ENetStage(16)
        self.head = nn.ConvTranspose2d(16, classes, 3, 2, 1, 1)

    def forward(self, x):
        x = self.first_out(torch.cat([self.first(x), F.max_pool2d(x, 2)], 1))
        x, one = self.down1(x)
        x, two = self.down2(self.stage1(x))
        x = self.stage4(self.up1(self.stage2(x), two))
        return self.head(self.stage5(self.up2(x, one)))


class PyramidPooling(nn.Module):
    """PSPNet's head over the features of any backbone that gives strides of 8."""

    def __init__(self, backbone, channels, classes=11):
        super().__init__()
        self.backbone = backbone
        quarter = channels // 4
        self.pools = nn.ModuleList(nn.Sequential(nn.AdaptiveAvgPool2d(n), nn.Conv2d(channels, quarter, 1), nn.ReLU())
                                   for n in (1, 2, 3, 6))
        self.join = block(channels * 2, quarter)
        self.head = nn.Conv2d(quarter, classes, 1)

    def forward(self, x):
        features = self.backbone(x)["out"]
        pooled = [F.interpolate(p(features), features.shape[2:], mode="bilinear", align_corners=True) for p in self.pools]
        scores = self.head(self.join(torch.cat([features] + pooled, 1)))
        return F.interpolate(scores, x.shape[2:], mode="bilinear", align_corners=True)


class Basic(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.body = nn.Sequential(block(channels, channels), nn.Conv2d(channels, channels, 3, 1, 1, bias=False),
                                  nn.BatchNorm2d(channels))

    def forward(self, x):
        return F.relu(x + self.body(x))


class Exchange(nn.Module):
    """HRNet's module: blocks in each resolution, then every resolution told to every other."""

    def __init__(self, widths):
        super().__init__()
        self.bodies = nn.ModuleList(nn.Sequential(Basic(w), Basic(w)) for w in widths)
        self.paths = nn.ModuleList(nn.ModuleList(self.path(widths, j, i) for j in range(len(widths)))
                                   for i in range(len(widths)))

    @staticmethod
    def path(widths, source, target):
        if source == target:
            return nn.Identity()
        if source > target:
            return nn.Sequential(nn.Conv2d(widths[source], widths[target], 1, bias=False), nn.BatchNorm2d(widths[target]))
        steps = [block(widths[source], widths[source], 3, 2) for _ in range(target - source - 1)]
        return nn.Sequential(*steps, nn.Conv2d(widths[source], widths[target], 3, 2, 1, bias=False),
                             nn.BatchNorm2d(widths[target]))

    def forward(self, features):
        features = [body(f) for body, f in zip(self.bodies, features)]
        return [F.relu(sum(F.interpolate(path(f), features[i].shape[2:], mode="bilinear") if j > i else path(f)
                           for j, (path, f) in enumerate(zip(paths, features))))
                for i, paths in enumerate(self.paths)]


class HRNet(nn.Module):
    """Four resolutions side by side; scores at a quarter of the picture's size, as the original gives them."""

    def __init__(self, classes=11, width=12, head=True):
        super().__init__()
        self.stem = nn.Sequential(block(3, 32, 3, 2), block(32, width, 3, 2), Basic(width))
        self.widths = [width * 2**i for i in range(4)]
        self.grow = nn.ModuleList(block(self.widths[i], self.widths[i + 1], 3, 2) for i in range(3))
        self.stages = nn.ModuleList(Exchange(self.widths[: i + 2]) for i in range(3))
        self.all = sum(self.widths)
        self.head = nn.Sequential(block(self.all, self.all, 1), nn.Conv2d(self.all, classes, 1)) if head else nn.Identity()

    def forward(self, x):
        features = [self.stem(x)]
        for grow, stage in zip(self.grow, self.stages):
            features = stage(features + [grow(features[-1])])
        size = features[0].shape[2:]
        return self.head(torch.cat([features[0]] + [F.interpolate(f, size, mode="bilinear") for f in features[1:]], 1))


class OCRNet(nn.Module):
    """Object-contextual representations: soft regions, each pixel's attention to them, two outputs (main and aux)."""

    def __init__(self, classes=11):
        super().__init__()
        self.backbone = HRNet(head=False)
        channels, middle = self.backbone.all, 48
        self.aux = nn.Sequential(block(channels, channels, 1), nn.Conv2d(channels, classes, 1))
        self.reduce = block(channels, middle)
        self.query, self.key, self.value = (nn.Conv2d(middle, middle // 2, 1) for _ in range(3))
        self.back = block(middle // 2, middle, 1)
        self.join = block(middle * 2, middle, 1)
        self.head = nn.Conv2d(middle, classes, 1)

    def forward(self, x):
        features = self.backbone(x)
        aux = self.aux(features)
        pixels = self.reduce(features)
        regions = (torch.softmax(aux.flatten(2), 2) @ pixels.flatten(2).transpose(1, 2)).transpose(1, 2).unsqueeze(3)
        query = self.query(pixels).flatten(2).transpose(1, 2)
        key, value = self.key(regions).flatten(2), self.value(regions).flatten(2).transpose(1, 2)
        attention = torch.softmax(query @ key * query.shape[2] ** -0.5, 2) @ value
        context = self.back(attention.transpose(1, 2).reshape(query.shape[0], -1, pixels.shape[2], pixels.shape[3]))
        return self.head(self.join(torch.cat([context, pixels], 1))), aux


class RSU(nn.Module):
    """U2Net's block: a small U-Net with a residual. The deepest ones are dilated instead of pooled."""

    def __init__(self, height, inside, middle, outside, dilated=False):
        super().__init__()
        self.dilated = dilated
        rate = lambda i: 2**i if dilated else 1
        self.first = block(inside, outside)
        self.down = nn.ModuleList(block(outside if i == 0 else middle, middle, dilation=rate(i)) for i in range(height - 1))
        self.bottom = block(middle, middle, dilation=rate(height - 1) if dilated else 2)
        self.up = nn.ModuleList(block(middle * 2, outside if i == 0 else middle, dilation=rate(i))
                                for i in reversed(range(height - 1)))

    def forward(self, x):
        first = x = self.first(x)
        skips = []
        for i, down in enumerate(self.down):
            x = down(x if i == 0 or self.dilated else F.max_pool2d(x, 2, 2, ceil_mode=True))
            skips.append(x)
        x = self.bottom(x)
        for up in self.up:
            skip = skips.pop()
            x = up(torch.cat([F.interpolate(x, skip.shape[2:], mode="bilinear"), skip], 1))
        return x + first


class NestedU(nn.Module):
    """U2Net (seven probabilities, the joined one first) and ISNet (a strided stem, six probabilities, none joined)."""

    def __init__(self, isnet=False, width=8):
        super().__init__()
        self.stem = nn.Conv2d(3, width * 2, 3, 2, 1) if isnet else None
        w, inside = width, width * 2 if isnet else 3
        self.encode = nn.ModuleList([RSU(7, inside, w, w * 2), RSU(6, w * 2, w, w * 4), RSU(5, w * 4, w * 2, w * 8),
                                     RSU(4, w * 8, w * 4, w * 8), RSU(4, w * 8, w * 4, w * 8, True),
                                     RSU(4, w * 8, w * 4, w * 8, True)])
        self.decode = nn.ModuleList([RSU(4, w * 16, w * 4, w * 8, True), RSU(4, w * 16, w * 2, w * 8),
                                     RSU(5, w * 16, w * 2, w * 4), RSU(6, w * 8, w, w * 2), RSU(7, w * 4, w, w * 2)])
        self.side = nn.ModuleList(nn.Conv2d(c, 1, 3, 1, 1) for c in (w * 2, w * 2, w * 4, w * 8, w * 8, w * 8))
        self.join = None if isnet else nn.Conv2d(6, 1, 1)

    def forward(self, x):
        size = x.shape[2:]
        if self.stem is not None:
            x = self.stem(x)
        skips = []
        for i, encode in enumerate(self.encode):
            x = encode(x if i == 0 else F.max_pool2d(x, 2, 2, ceil_mode=True))
            skips.append(x)
        features = [skips.pop()]
        for decode in self.decode:
            skip = skips.pop()
            features.append(decode(torch.cat([F.interpolate(features[-1], skip.shape[2:], mode="bilinear"), skip], 1)))
        sides = [F.interpolate(side(f), size, mode="bilinear") for side, f in zip(self.side, reversed(features))]
        if self.join is not None:
            sides.insert(0, self.join(torch.cat(sides, 1)))
        return tuple(torch.sigmoid(s) for s in sides)
