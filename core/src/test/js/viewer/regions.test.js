import assert from "node:assert/strict";
import test from "node:test";
import { farKeys, keysOf, wrongRegions } from "../../../main/resources/org/compnn/viewer/regions.js";

test("regions are connected, of one confusion, the largest first", () => {
  const given = [0, 1, 1, 0, 0, 1, 2, 0, 0, 0, 0, 1];
  const truth = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 0];
  const { regions, of } = wrongRegions(keysOf(given, truth), 3, 4);
  assert.deepEqual(regions.map(({ number, key, pixels, box }) => [number, key, pixels, box]),
    [[1, 1, 3, [0, 1, 2, 3]], [2, 2, 1, [1, 2, 2, 3]], [3, 1, 1, [2, 3, 3, 4]]]);
  assert.equal(regions[1].outline, "M2 1h1v1h-1v-1z");
  assert.deepEqual([...of], [0, 1, 1, 0, 0, 1, 2, 0, 0, 0, 0, 3]);
});

test("a rare confusion has a place beside frequent ones", () => {
  const keys = Int32Array.from({ length: 40 }, (_, i) => (i % 2 ? -1 : i === 38 ? 7 : 1));
  const { regions } = wrongRegions(keys, 1, 40, 3);
  assert.ok(regions.some(({ key }) => key === 7));
  assert.equal(regions.length, 3);
});

test("pictures have regions where they are off by far more than overall", () => {
  const off = Float32Array.from({ length: 64 * 64 }, (_, i) => (i % 64 > 40 && i > 64 * 40 ? 0.9 : 0.01));
  const { regions } = wrongRegions(farKeys(off, 64, 64), 64, 64);
  assert.equal(regions.length, 1);
  assert.ok(regions[0].pixels > 300);
  assert.equal(wrongRegions(farKeys(new Float32Array(16).fill(0.05), 4, 4), 4, 4).regions.length, 0);
});
