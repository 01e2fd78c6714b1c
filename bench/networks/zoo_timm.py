"""Networks over backbones of timm: Segmenter, BiRefNet-like, YOLO-seg-like and PP-OCR's detector."""

import torch
import torch.nn.functional as F
from torch import nn

from convolutional import block
from writing import FREE, HALVES, IMAGENET, lively, pictures, preprocessing, seeded, settled, task, write


class _Segmenter(nn.Module):
    """Segmenter: a ViT's tokens and class embeddings through two more blocks; masks are their products."""

    def __init__(self, classes=12, masks=True, size=128):
        import timm
        from timm.models.vision_transformer import Block

        super().__init__()
        self.body = timm.models.vision_transformer.VisionTransformer(
            img_size=size, patch_size=16, embed_dim=64, depth=4, num_heads=4, num_classes=0, reg_tokens=0 if masks else 4)
        for part in self.body.blocks:
            part.attn.fused_attn = False
        self.masks, self.first = masks, self.body.num_prefix_tokens
        self.head = nn.Linear(64, classes)
        self.queries = nn.Parameter(torch.randn(1, classes, 64) * 0.5)
        self.decoder = nn.Sequential(Block(64, 4), Block(64, 4))
        for part in self.decoder:
            part.attn.fused_attn = False
        self.norm = nn.LayerNorm(classes)

    def forward(self, x):
        tokens = self.body.forward_features(x)[:, self.first:]
        if self.masks:
            both = self.decoder(torch.cat([tokens, self.queries.expand(x.shape[0], -1, -1)], 1))
            count = tokens.shape[1]
            patches, classes = F.normalize(both[:, :count], dim=-1), F.normalize(both[:, count:], dim=-1)
            scores = self.norm(patches @ classes.transpose(1, 2))
        else:
            scores = self.head(tokens)
        rows, columns = x.shape[2] // 16, x.shape[3] // 16
        grid = scores.transpose(1, 2).reshape(x.shape[0], -1, rows, columns)
        return F.interpolate(grid, x.shape[2:], mode="bilinear")


def segmenter(folder):
    """Segmenter: ViT and mask transformer (timm)"""
    write(folder, lively(seeded(_Segmenter)), pictures(128, 128), ["input"], ["scores"])
    preprocessing(folder, (128, 128), **HALVES)


def vit_linear_registers(folder):
    """ViT with register tokens, linear head before the reshape (timm)"""
    write(folder, lively(seeded(_Segmenter, masks=False)), pictures(128, 128), ["input"], ["scores"])
    preprocessing(folder, (128, 128), **HALVES)


class _BiRefNet(nn.Module):
    """BiRefNet's shape: Swin in two scales, dilated context, a decoder that is shown the picture's patches."""

    def __init__(self, size=128):
        import timm

        super().__init__()
        self.body = timm.models.swin_transformer.SwinTransformer(
            img_size=size, embed_dim=16, depths=(1, 1, 2, 1), num_heads=(1, 2, 4, 4), window_size=4, num_classes=0)
        for module in self.body.modules():
            if hasattr(module, "fused_attn"):
                module.fused_attn = False
        widths = [32, 64, 128, 256]
        self.context = nn.ModuleList(block(256, 32, 1 if d == 0 else 3, dilation=max(d, 1)) for d in (0, 1, 2))
        self.squeeze = block(96, 64, 1)
        self.lateral = nn.ModuleList(nn.Conv2d(w, 64, 1) for w in widths)
        self.patches = nn.ModuleList(block(3 * s * s, 16) for s in (32, 16, 8, 4))
        self.decode = nn.ModuleList(block(80, 64) for _ in range(4))
        self.head = nn.Conv2d(64, 1, 1)

    def features(self, x):
        x = self.body.patch_embed(x)
        found = []
        for layer in self.body.layers:
            x = layer(x)
            found.append(x.permute(0, 3, 1, 2))
        return found

    def forward(self, picture):
        half = F.interpolate(F.interpolate(picture, scale_factor=0.5, mode="bilinear"), picture.shape[2:], mode="bilinear")
        pairs = zip(self.features(picture), self.features(half))
        features = [torch.cat([a, b], 1) for a, b in pairs]
        x = self.squeeze(torch.cat([c(features[-1]) for c in self.context], 1))
        for i, (decode, patches, size) in enumerate(zip(self.decode, self.patches, (32, 16, 8, 4))):
            lateral = self.lateral[3 - i](features[3 - i])
            seen = patches(F.pixel_unshuffle(picture, size))
            x = decode(torch.cat([F.interpolate(x, lateral.shape[2:], mode="bilinear") + lateral, seen], 1))
        return torch.sigmoid(F.interpolate(self.head(x), picture.shape[2:], mode="bilinear"))


def birefnet(folder):
    """BiRefNet-like: Swin in two scales, dilated context, picture patches in the decoder"""
    net = settled(lively(seeded(_BiRefNet)), pictures(128, 128, 2))
    write(folder, net, pictures(128, 128), ["input_image"], ["output_image"])
    preprocessing(folder, (128, 128), **IMAGENET)


class _Detector(nn.Module):
    """PP-OCR's detector: MobileNetV3, a pyramid with squeezed channels, a head of two transposed convolutions."""

    def __init__(self):
        import timm

        super().__init__()
        self.body = timm.create_model("mobilenetv3_small_050", features_only=True, out_indices=(1, 2, 3, 4))
        self.lateral = nn.ModuleList(nn.Conv2d(w, 48, 1, bias=False) for w in self.body.feature_info.channels())
        self.squeeze = nn.ModuleList(nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(48, 12, 1), nn.ReLU(),
                                                   nn.Conv2d(12, 48, 1), nn.Hardsigmoid()) for _ in range(4))
        self.smooth = nn.ModuleList(nn.Conv2d(48, 12, 3, 1, 1, bias=False) for _ in range(4))
        self.head = nn.Sequential(block(48, 12), nn.ConvTranspose2d(12, 12, 2, 2), nn.BatchNorm2d(12), nn.ReLU(),
                                  nn.ConvTranspose2d(12, 1, 2, 2), nn.Sigmoid())

    def forward(self, x):
        laterals = [lateral(f) for lateral, f in zip(self.lateral, self.body(x))]
        laterals = [f + f * squeeze(f) for f, squeeze in zip(laterals, self.squeeze)]
        for i in range(3, 0, -1):
            laterals[i - 1] = laterals[i - 1] + F.interpolate(laterals[i], laterals[i - 1].shape[2:], mode="nearest")
        size = laterals[0].shape[2:]
        levels = [F.interpolate(smooth(f), size, mode="nearest") for f, smooth in zip(laterals, self.smooth)]
        return self.head(torch.cat(levels[::-1], 1))


def ppocr_detection(folder):
    """PP-OCR's detector: one probability, free size in multiples of 32"""
    net = settled(seeded(_Detector), pictures(128, 192, 2))
    write(folder, net, pictures(128, 192), ["x"], ["sigmoid_0.tmp_0"], {"x": FREE, "sigmoid_0.tmp_0": FREE})
    preprocessing(folder, (128, 192), **IMAGENET)


class _Bottlenecks(nn.Module):
    """YOLO's C2f: a split, small residual blocks, everything joined."""

    def __init__(self, inside, outside, count=1):
        super().__init__()
        self.half = outside // 2
        self.first = block(inside, outside, 1, activation=nn.SiLU)
        self.parts = nn.ModuleList(nn.Sequential(block(self.half, self.half, activation=nn.SiLU),
                                                 block(self.half, self.half, activation=nn.SiLU)) for _ in range(count))
        self.last = block(self.half * (2 + count), outside, 1, activation=nn.SiLU)

    def forward(self, x):
        parts = list(self.first(x).chunk(2, 1))
        for part in self.parts:
            parts.append(parts[-1] + part(parts[-1]))
        return self.last(torch.cat(parts, 1))


class _Yolo(nn.Module):
    """YOLOv8-seg's shape: boxes, class scores and 32 coefficients for each anchor, and 32 prototypes of masks."""

    def __init__(self, classes=8, width=16):
        super().__init__()
        w = [width * 2**i for i in range(5)]
        down = lambda i, o: nn.Sequential(block(i, o, 3, 2, activation=nn.SiLU), _Bottlenecks(o, o))
        self.stem = block(3, w[0], 3, 2, activation=nn.SiLU)
        self.down = nn.ModuleList(down(w[i], w[i + 1]) for i in range(4))
        self.pool = block(w[4] * 4, w[4], 1, activation=nn.SiLU)
        self.top4, self.top3 = _Bottlenecks(w[4] + w[3], w[3]), _Bottlenecks(w[3] + w[2], w[2])
        self.down3, self.bottom4 = block(w[2], w[2], 3, 2, activation=nn.SiLU), _Bottlenecks(w[2] + w[3], w[3])
        self.down4, self.bottom5 = block(w[3], w[3], 3, 2, activation=nn.SiLU), _Bottlenecks(w[3] + w[4], w[4])
        self.classes, self.bins = classes, 16
        head = lambda c, o: nn.Sequential(block(c, 32, activation=nn.SiLU), nn.Conv2d(32, o, 1))
        self.heads = nn.ModuleList(nn.ModuleList([head(c, 64), head(c, classes), head(c, 32)]) for c in (w[2], w[3], w[4]))
        self.prototypes = nn.Sequential(block(w[2], 32, activation=nn.SiLU), nn.ConvTranspose2d(32, 32, 2, 2),
                                        block(32, 32, activation=nn.SiLU), block(32, 32, 1, activation=nn.SiLU))

    def boxes(self, bins, rows, columns, stride):
        """Distances to four sides, each a mean over sixteen bins, as centre and size in pixels."""
        shares = bins.view(bins.shape[0], 4, self.bins, rows * columns).softmax(2)
        sides = (shares * torch.arange(self.bins, dtype=torch.float32).view(1, 1, -1, 1)).sum(2)
        y, x = torch.meshgrid(torch.arange(rows, dtype=torch.float32) + 0.5, torch.arange(columns, dtype=torch.float32) + 0.5, indexing="ij")
        anchors = torch.stack([x.flatten(), y.flatten()]).unsqueeze(0)
        low, high = anchors - sides[:, :2], anchors + sides[:, 2:]
        return torch.cat([(low + high) / 2, high - low], 1) * stride

    def forward(self, x):
        features = [self.stem(x)]
        for down in self.down:
            features.append(down(features[-1]))
        p3, p4, p5 = features[2:]
        pools = [p5]
        for _ in range(3):
            pools.append(F.max_pool2d(pools[-1], 5, 1, 2))
        p5 = self.pool(torch.cat(pools, 1))
        p4 = self.top4(torch.cat([F.interpolate(p5, scale_factor=2), p4], 1))
        p3 = self.top3(torch.cat([F.interpolate(p4, scale_factor=2), p3], 1))
        p4 = self.bottom4(torch.cat([self.down3(p3), p4], 1))
        p5 = self.bottom5(torch.cat([self.down4(p4), p5], 1))
        rows = []
        for stride, level, (box, score, coefficient) in zip((8, 16, 32), (p3, p4, p5), self.heads):
            height, width = level.shape[2], level.shape[3]
            rows.append(torch.cat([self.boxes(box(level), height, width, stride), score(level).flatten(2).sigmoid(),
                                   coefficient(level).flatten(2)], 1))
        return torch.cat(rows, 2), self.prototypes(p3)


def yolo_seg(folder):
    """YOLOv8-seg-like: prototypes and coefficients, Ultralytics' metadata"""
    import onnx

    net = settled(seeded(_Yolo), pictures(160, 160, 2))
    write(folder, net, pictures(160, 160), ["images"], ["output0", "output1"])
    model = onnx.load(folder / "model.onnx")
    names = {i: f"thing {i}" for i in range(8)}
    onnx.helper.set_model_props(model, {"task": "segment", "stride": "32", "imgsz": "[160, 160]", "names": str(names), "batch": "1"})
    onnx.save(model, folder / "model.onnx")


def timm_unet(folder):
    """U-Net over timm's ResNet, its pretrained_cfg in the model's metadata"""
    import json

    import onnx
    import timm

    class Over(nn.Module):
        def __init__(self):
            super().__init__()
            self.body = timm.create_model("resnet10t", features_only=True)
            widths = self.body.feature_info.channels()
            self.decode = nn.ModuleList(block(w + (widths[-1] if i == 0 else 32), 32) for i, w in enumerate(widths[-2::-1]))
            self.head = nn.Conv2d(32, 6, 3, 1, 1)
            self.settings = self.body.pretrained_cfg if hasattr(self.body, "pretrained_cfg") else {}

        def forward(self, x):
            features = self.body(x)
            y = features.pop()
            for decode in self.decode:
                skip = features.pop()
                y = decode(torch.cat([F.interpolate(y, skip.shape[2:], mode="nearest"), skip], 1))
            return F.interpolate(self.head(y), x.shape[2:], mode="bilinear")

    net = settled(seeded(Over), pictures(128, 192, 2))
    write(folder, net, pictures(128, 192), ["input"], ["scores"])
    settings = timm.get_pretrained_cfg("resnet10t")
    values = {"architecture": "resnet10t", "pretrained_cfg": {"mean": settings.mean, "std": settings.std,
              "interpolation": settings.interpolation, "input_size": [3, 128, 192], "crop_pct": 1.0}}
    (folder / "config.json").write_text(json.dumps(values, indent=2) + "\n")
