import assert from "node:assert/strict";
import test from "node:test";
import { account } from "../../../main/resources/org/compnn/viewer/account.js";

/* Two rows of three cells; two matches each, of which the second counts for nothing. */
const field = {
  topK: 2,
  best: Int32Array.of(-1, 4, 4, 2, 4, 2),
  row: Uint16Array.of(0, 9, 1, 9, 1, 9, 0, 9, 2, 9, 3, 9),
  column: Uint16Array.of(0, 9, 5, 9, 5, 9, 1, 9, 0, 9, 0, 9),
};
const every = Uint32Array.of(4, 4, 4, 4, 4, 4);

test("of the whole output shares are of its cells, those that give most first", () => {
  assert.deepEqual(account(field, 10, every, true), [
    { exemplar: 4, cells: 3, pixels: 12, from: new Set([15, 20]), share: 3 / 5 },
    { exemplar: 2, cells: 2, pixels: 8, from: new Set([1, 30]), share: 2 / 5 },
  ]);
});

test("cells that paste no pixel count for the whole output, not for a part", () => {
  const few = Uint32Array.of(0, 0, 1, 3, 0, 0);
  assert.equal(account(field, 10, few, true)[0].cells, 3);
  assert.deepEqual(account(field, 10, few, false), [
    { exemplar: 2, cells: 1, pixels: 3, from: new Set([1]), share: 3 / 4 },
    { exemplar: 4, cells: 1, pixels: 1, from: new Set([15]), share: 1 / 4 },
  ]);
});

test("among equals the lower index comes first", () => {
  assert.deepEqual(account(field, 10, Uint32Array.of(9, 2, 0, 2, 0, 0), false).map((entry) => entry.exemplar), [2, 4]);
});

test("where nothing matches nothing accounts", () => {
  assert.deepEqual(account(field, 10, Uint32Array.of(5, 0, 0, 0, 0, 0), false), []);
});
