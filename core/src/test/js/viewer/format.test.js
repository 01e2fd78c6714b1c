import assert from "node:assert/strict";
import test from "node:test";
import { clamp, counted, given, milliseconds, percent, round } from "../../../main/resources/org/compnn/viewer/format.js";

test("three digits matter", () => {
  assert.deepEqual([0, 1.23456, 1234.5, 0.00012345, Infinity, NaN].map(round), ["0", "1.23", "1230", "0.000123", "–", "–"]);
});

test("shares have a decimal below ten in a hundred, or as many as are asked for", () => {
  assert.deepEqual([0, 0.086, 0.0994, 0.0995, 0.5, 1].map((share) => percent(share)), ["0.0 %", "8.6 %", "9.9 %", "10 %", "50 %", "100 %"]);
  assert.equal(percent(0.953, 1), "95.3 %");
});

test("one thing is said otherwise than several", () => {
  assert.equal(counted(1, "cell"), "1 cell");
  assert.equal(counted(49152, "cell"), "49,152 cells");
});

test("what an exemplar gave is said in full", () => {
  assert.equal(given({ cells: 4234, share: 0.0861, from: { size: 1979 } }), "4,234 cells (8.6 %) from 1,979 training cells");
  assert.equal(given({ cells: 1, share: 1, from: new Set([3]) }), "1 cell (100 %) from 1 training cell");
});

test("times are said in the unit that suits them", () => {
  assert.deepEqual([1.25, 12.5, 1500].map(milliseconds), ["1.3 ms", "13 ms", "1.50 s"]);
});

test("a number is kept between its bounds", () => {
  assert.deepEqual([-1, 2, 9].map((value) => clamp(value, 0, 3)), [0, 2, 3]);
});
