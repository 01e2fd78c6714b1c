"""Trains a small SegFormer on CamVid, for the benchmarks' case of 768 channels, and writes it as ONNX.

    python bench/networks/segformer_camvid.py CAMVID FOLDER [STEPS]

CAMVID holds `train/images` and `train/labels`. The map that the layer "768" matches is what the four scales of the
encoder are fused into, a quarter as high and wide as the picture. PyTorch and transformers are needed.
"""

import sys
from pathlib import Path

import numpy
import torch
from PIL import Image

from writing import write

ROWS, COLUMNS, CLASSES, VOID, BATCH = 192, 256, 11, 11, 4
MEAN, DEVIATION = (0.411, 0.424, 0.427), (0.3, 0.31, 0.3)


class Logits(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, pixel_values):
        return self.model(pixel_values=pixel_values).logits


def network():
    from transformers import SegformerConfig, SegformerForSemanticSegmentation

    torch.manual_seed(7)
    config = SegformerConfig(num_labels=CLASSES, decoder_hidden_size=768, semantic_loss_ignore_index=VOID)
    config._attn_implementation = "eager"
    return SegformerForSemanticSegmentation(config)


def pairs(folder):
    pictures, labels = [], []
    for file in sorted((folder / "images").iterdir()):
        picture = Image.open(file).convert("RGB").resize((COLUMNS, ROWS), Image.BILINEAR)
        pictures.append((numpy.asarray(picture, "float32") / 255 - MEAN) / DEVIATION)
        label = Image.open(folder / "labels" / (file.stem + ".png")).resize((COLUMNS, ROWS), Image.NEAREST)
        labels.append(numpy.asarray(label, "int64"))
    return (torch.tensor(numpy.stack(pictures), dtype=torch.float32).permute(0, 3, 1, 2).contiguous(),
            torch.tensor(numpy.stack(labels)))


def train(model, pictures, labels, steps):
    """On random quarters of the pictures: whole ones take four times as long."""
    optimiser = torch.optim.AdamW(model.parameters(), lr=4e-4, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-4, total_steps=steps, pct_start=0.1)
    generator = torch.Generator().manual_seed(5)
    model.train()
    for step in range(steps):
        chosen = torch.randint(len(pictures), (BATCH,), generator=generator)
        row, column = torch.randint(ROWS // 2, (1,), generator=generator), torch.randint(COLUMNS // 2, (1,), generator=generator)
        part = (slice(row, row + ROWS // 2), slice(column, column + COLUMNS // 2))
        x, y = pictures[chosen][:, :, *part], labels[chosen][:, *part]
        if torch.rand(1, generator=generator) < 0.5:
            x, y = x.flip(3), y.flip(2)
        loss = model(pixel_values=x, labels=y).loss
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 20 == 0:
            print(step, round(loss.item(), 3), flush=True)


def main():
    folder = Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    model = network()
    train(model, *pairs(Path(sys.argv[1]) / "train"), int(sys.argv[3]) if len(sys.argv) > 3 else 300)
    model.eval()
    write(folder, Logits(model), torch.zeros(1, 3, ROWS, COLUMNS), ["pixel_values"], ["logits"])
    from transformers import SegformerImageProcessor

    model.config.save_pretrained(folder)
    SegformerImageProcessor(
        size={"height": ROWS, "width": COLUMNS}, image_mean=list(MEAN), image_std=list(DEVIATION)).save_pretrained(folder)


if __name__ == "__main__":
    main()
