import assert from "node:assert/strict";
import test from "node:test";
import { WHOLE, boxesOf, cellOf, closeUp, firstPixel, middlePixel } from "../../../main/resources/org/compnn/viewer/cells.js";

const axis = { cells: 4, stride: 4, origin: 1.5, before: 5, after: 5 };
const settings = (hyperpatch, vertical = axis, horizontal = axis) => ({ hyperpatch, layer: { vertical, horizontal } });
const grid = { rows: 4, columns: 4 };
const size = { height: 16, width: 16 };

test("every pixel lies in the patch of its cell, whatever the numbers", () => {
  for (const [pixels, cells] of [[16, 4], [13, 5], [7, 7], [5, 9], [1024, 257]]) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      const cell = cellOf(pixel, pixels, cells);
      assert.ok(firstPixel(cell, pixels, cells) <= pixel && pixel < firstPixel(cell + 1, pixels, cells), `${pixel} of ${pixels} by ${cells}`);
    }
  }
});

test("pixels outside belong to the cells at the edge", () => {
  assert.equal(cellOf(-3, 16, 4), 0);
  assert.equal(cellOf(99, 16, 4), 3);
});

test("the middle of a patch is in it, and within the picture where the patch has no pixel", () => {
  assert.equal(middlePixel(1, 16, 4), 5);
  for (let cell = 0; cell < 9; cell++) assert.ok(middlePixel(cell, 5, 9) < 5);
});

test("patch and receptive field of a single cell are where the layer's geometry says", () => {
  const boxes = boxesOf({ row: 1, column: 2 }, grid, size, size, settings(1));
  assert.deepEqual(boxes.patch, { top: 4 / 16, bottom: 8 / 16, left: 8 / 16, right: 12 / 16 });
  assert.deepEqual(boxes.hyperpatch, boxes.patch);
  assert.deepEqual(boxes.receptive, { top: 0.5 / 16, bottom: 10.5 / 16, left: 4.5 / 16, right: 14.5 / 16 });
});

test("a hyperpatch of two reaches one cell down and right, and is clipped at the edge", () => {
  assert.deepEqual(boxesOf({ row: 0, column: 1 }, grid, size, size, settings(2)).hyperpatch, { top: 0, bottom: 8 / 16, left: 4 / 16, right: 12 / 16 });
  assert.deepEqual(boxesOf({ row: 3, column: 3 }, grid, size, size, settings(3)).hyperpatch, { top: 8 / 16, bottom: 1, left: 8 / 16, right: 1 });
});

test("a cell that sees everything has the whole input as its receptive field", () => {
  const everything = { ...axis, before: null, after: null };
  assert.deepEqual(boxesOf({ row: 1, column: 1 }, grid, size, size, settings(1, everything, everything)).receptive, WHOLE);
});

test("a close-up is a square of at least 24 pixels that stays within the picture", () => {
  for (const cell of [{ row: 0, column: 0 }, { row: 20, column: 31 }, { row: 11, column: 3 }]) {
    const picture = { height: 96, width: 128 };
    const fine = { rows: 24, columns: 32 };
    const near = closeUp(boxesOf(cell, fine, picture, picture, settings(1, { ...axis, cells: 24 }, { ...axis, cells: 32 })), picture);
    assert.ok(near.top >= 0 && near.left >= 0 && near.bottom <= 1 && near.right <= 1);
    assert.ok(Math.abs((near.bottom - near.top) * 96 - 24) < 1e-9);
    assert.ok(Math.abs((near.right - near.left) * 128 - 24) < 1e-9);
  }
});

test("a close-up of a small picture is no larger than it", () => {
  const near = closeUp(boxesOf({ row: 1, column: 1 }, grid, size, size, settings(1)), size);
  assert.deepEqual(near, WHOLE);
});
