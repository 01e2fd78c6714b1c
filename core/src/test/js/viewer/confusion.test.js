import assert from "node:assert/strict";
import test from "node:test";
import { confusions, costs, ious, regionsOf } from "../../../main/resources/org/compnn/viewer/confusion.js";

const PICTURES = [
  { number: 0, counts: [[80, 0, 20], [60, 20, 0]], confusions: [[0, 1, 20, [15, 5, 0, 0, 0]]], causes: { taught: 15, unlearned: 5 },
    regions: [{ truth: 0, given: 1, pixels: 12 }] },
  { number: 1, counts: [[20, 0, 0], [40, 0, 0]], confusions: [], regions: [{ truth: 0, given: 1, pixels: 19 }, { truth: 1, given: 0, pixels: 30 }] },
];

test("confusions of all pictures are summed up", () => {
  const { pixels, causes } = confusions(PICTURES, 2);
  assert.deepEqual(pixels.map((row) => [...row]), [[100, 20], [0, 100]]);
  assert.equal(causes[0][0][1], 15);
  assert.equal(causes[1][0][1], 5);
});

test("the intersection over union is of what is there", () => {
  const { classes, mean } = ious([[100, 20, 0], [0, 100, 0], [0, 0, 0]]);
  assert.deepEqual(classes, [100 / 120, 100 / 120, null]);
  assert.equal(mean, 100 / 120);
});

test("a cause costs what its errors do", () => {
  const { now, without } = costs(confusions(PICTURES, 2));
  assert.equal(now.mean, 100 / 120);
  assert.equal(without[0].classes[0], 115 / 120);
  assert.equal(without[1].classes[1], 100 / 115);
  assert.equal(without[2].mean, now.mean);
});

test("where confusions do not say their causes, the picture's are spread", () => {
  const { causes } = confusions([{ ...PICTURES[0], confusions: [[0, 1, 20]] }], 2);
  assert.equal(causes[0][0][1], 15);
});

test("regions of a confusion are found, largest first", () => {
  const found = regionsOf(PICTURES, ({ truth, given }) => truth === 0 && given === 1);
  assert.deepEqual(found.map(({ summary, region }) => [summary.number, region.pixels]), [[1, 19], [0, 12]]);
});
