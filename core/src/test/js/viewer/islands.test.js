import assert from "node:assert/strict";
import test from "node:test";
import { readableMap } from "../../../main/resources/org/compnn/viewer/islands.js";

const number = (sources) => new Set(sources).size;

test("a small island takes what is around it", () => {
  const sources = new Int32Array(100).fill(1);
  sources[55] = 2;
  assert.equal(number(readableMap(sources, 10, 10, 0.05)), 1);
});

test("large parts stay where they are", () => {
  const sources = Int32Array.from({ length: 100 }, (_, i) => (i % 10 < 5 ? 1 : 2));
  assert.deepEqual(readableMap(sources, 10, 10), sources);
});

test("of many scattered sources few are left, those that are most frequent about a place", () => {
  let seed = 1;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const [rows, columns] = [192, 256];
  const sources = Int32Array.from({ length: rows * columns }, (_, i) => (random() < 0.3 ? (i % columns < 128 ? 7 : 9) : Math.floor(random() * 300)));
  const made = readableMap(sources, rows, columns);
  assert.deepEqual([...new Set(made)].sort(), [7, 9]);
  assert.equal(made[100 * columns + 20], 7);
  assert.equal(made[100 * columns + 230], 9);
});

test("cells without a match may be the whole map", () => {
  assert.equal(number(readableMap(new Int32Array(900).fill(-1), 30, 30)), 1);
});
