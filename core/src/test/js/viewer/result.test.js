import assert from "node:assert/strict";
import test from "node:test";
import { Result } from "../../../main/resources/org/compnn/viewer/result.js";

/* Two rows of two cells over 4 x 6 pixels; exemplars 5 and 8 of a sparse gallery. */
const axis = (cells, stride) => ({ cells, stride, origin: 1, before: 1, after: 1 });
const field = {
  rows: 2, columns: 2, topK: 1, best: Int32Array.of(5, 8, -1, 5), row: Uint16Array.of(0, 1, 0, 1), column: Uint16Array.of(1, 1, 0, 1),
  exemplars: new Set([5, 8]), distance: Float32Array.of(1, 2, Infinity, 3),
};

function result() {
  const exemplars = [];
  exemplars[5] = { id: "five", tags: [], size: { height: 8, width: 12 } };
  exemplars[8] = { id: "eight", tags: [] };
  return new Result({
    answer: {
      input: { height: 4, width: 6 },
      explanation: {
        name: "x", timings_ms: {}, agreement: {}, reconstruction: {}, size: { height: 4, width: 6, rows: 2, columns: 2 },
        settings: { hyperpatch: 1, selected: 2, layer: { vertical: axis(2, 2), horizontal: axis(2, 3) } },
        exemplars: [{ exemplar: 5, cells: 2, share: 2 / 3, colour: "#112233" }, { exemplar: 8, cells: 1, share: 1 / 3, colour: "#445566" }],
      },
    },
    field, pictures: {}, gallery: { exemplars, address: () => null, missing: "" }, classes: null,
  });
}

test("the whole output is accounted for as explanation.json has it", () => {
  const made = result();
  assert.deepEqual(made.account().map(({ exemplar, cells, share, colour }) => ({ exemplar, cells, share, colour })), made.ranked);
  assert.deepEqual(made.account().map(({ from }) => [...from]), [[1, 3], [3]]);
  assert.equal(made.account(), made.account());
});

test("a rectangle is accounted for by its pixels", () => {
  const found = result().account({ region: [1, 2, 2, 6], category: null });
  assert.deepEqual(found.map(({ exemplar, cells, pixels, share }) => ({ exemplar, cells, pixels, share })), [
    { exemplar: 8, cells: 1, pixels: 3, share: 3 / 4 }, { exemplar: 5, cells: 1, pixels: 1, share: 1 / 4 },
  ]);
});

test("every cell pastes as many pixels as its patch has", () => {
  assert.deepEqual([...result().pixelsOfCells(null)], [6, 6, 6, 6]);
  assert.deepEqual([...result().pixelsOfCells(() => true)], [6, 6, 6, 6]);
});

test("exemplars are known by their index in the database", () => {
  const made = result();
  assert.equal(made.ranks.get(8).rank, 1);
  assert.deepEqual(made.wanted(), [5, 8]);
  assert.deepEqual(made.sizeOf(5), { height: 8, width: 12 });
  assert.deepEqual(made.sizeOf(8), { height: 4, width: 6 });
});

test("a match's patch has its place in the training picture, whatever that one's size", () => {
  assert.deepEqual(result().exemplarBoxes({ exemplar: 5, row: 1, column: 0 }).patch, { top: 0.5, bottom: 1, left: 0, right: 0.5 });
});

test("a pin outside is brought inside", () => {
  assert.deepEqual(result().clamped([99, -3]), { y: 3, x: 0 });
});
