import assert from "node:assert/strict";
import test from "node:test";
import {
  agreementFact, classLines, metricLines, reconstructionLine, settingsLines,
} from "../../../main/resources/org/compnn/viewer/numbers.js";

const value = (number) => ({ value: number, low: null, high: null });
const agreement = {
  columns: [
    { key: "pixel_accuracy", title: "pixel accuracy", group: "", decimals: 3 },
    { key: "iou_0", title: "sky", group: "IoU per class", decimals: 3 },
    { key: "iou_1", title: "road", group: "IoU per class", decimals: 3 },
  ],
  rows: [
    { answer: "Network", against: "truth", values: { pixel_accuracy: value(0.5), iou_0: value(1), iou_1: value(null) } },
    { answer: "CompNN", against: "network", values: { pixel_accuracy: value(0.9), iou_0: value(0.25), iou_1: value(0) } },
  ],
};
const settings = {
  network: "net", database: "data.db", hyperpatch: 2, distance: "l2", top_k: 5, search: "exact", labels: "self", overlap: "none",
  selected: 4, exemplars: 5, further: { without: "tag=night" },
  layer: {
    name: "/dec/Conv", aliases: ["penultimate", "last"], operator: "Conv", channels: 8,
    vertical: { cells: 3, stride: 4, origin: 2, before: 5, after: 5.5 }, horizontal: { cells: 4, stride: 4, origin: 2, before: null, after: null },
  },
};

test("metrics of no group are laid out in rows, with a dash for what is undefined", () => {
  assert.deepEqual(metricLines(agreement, ""), {
    titles: ["Output", "Compared with", "pixel accuracy"], lines: [["Network", "truth", "0.500"], ["CompNN", "network", "0.900"]],
  });
});

test("a group of classes has a line for each class", () => {
  assert.deepEqual(classLines(agreement, "IoU per class"), [["sky", "1.000", "0.250"], ["road", "–", "0.000"]]);
});

test("what is first said is how far the network is agreed with", () => {
  assert.deepEqual(agreementFact(agreement), { before: "CompNN agrees with the network on ", number: "90 %", after: " of the pixels" });
  const ssim = { columns: [{ key: "ssim", title: "SSIM", group: "", decimals: 2 }], rows: [{ against: "network", values: { ssim: value(0.5) } }] };
  assert.deepEqual(agreementFact(ssim), { before: "SSIM between CompNN and the network ", number: "0.50", after: "" });
  assert.equal(agreementFact({ ...agreement, rows: agreement.rows.slice(0, 1) }), null);
});

test("a perfect reconstruction has no number of decibels", () => {
  assert.equal(reconstructionLine({ l1: 0, psnr: null, ssim: 1 }), "Reconstructed input: identical to the input, SSIM 1.000.");
  assert.equal(reconstructionLine({ l1: 0.01234, psnr: 30.126, ssim: null }), "Reconstructed input: PSNR 30.13 dB, L1 0.0123.");
});

test("settings are said in the words of people, with what is further known at the end", () => {
  const lines = Object.fromEntries(settingsLines(settings));
  assert.equal(lines.Layer, "/dec/Conv (penultimate)");
  assert.equal(lines["Receptive field"], "10.5 × whole picture pixels");
  assert.equal(lines.Search, "exact, 5 matches per cell");
  assert.equal(lines["Pasted from"], "network’s own predictions");
  assert.deepEqual(settingsLines(settings).at(-1), ["Excluded", "tag=night"]);
  const promised = settingsLines({ ...settings, further: { promised: "distance ratio 1.02" } });
  assert.deepEqual(promised.at(-1), ["Search promise", "distance ratio 1.02"]);
});
