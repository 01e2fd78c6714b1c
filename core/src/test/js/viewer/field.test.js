import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { Field, bytesOf } from "../../../main/resources/org/compnn/viewer/field.js";

/* The bytes that FieldBytesTest pins as well: 2 x 3 cells, two matches each, the first cell without. */
const text = readFileSync(new URL("../../resources/org/compnn/viewer/field.base64", import.meta.url), "ascii").trim();

test("Base64 becomes the bytes that it stands for", () => {
  assert.deepEqual([...bytesOf("AAH+/w==")], [0, 1, 254, 255]);
  assert.equal(bytesOf("").length, 0);
});

test("the arrays are those that were encoded", () => {
  const field = Field.ofText(text);
  assert.deepEqual([field.rows, field.columns, field.topK, field.none], [2, 3, 2, 0xffff]);
  assert.deepEqual([...field.distance], [Infinity, Infinity, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, Infinity]);
  assert.deepEqual([...field.exemplar], [0xffff, 0xffff, 7, 300, 1, 7, 300, 0, 7, 1, 0, 0xffff]);
  assert.deepEqual([...field.row], [0, 0, 40000, 1, 2, 3, 4, 5, 6, 7, 8, 0]);
  assert.deepEqual([...field.column], [0, 0, 8, 65534, 6, 5, 4, 3, 2, 1, 0, 0]);
});

test("the best match of every cell is its first, or none", () => {
  assert.deepEqual([...Field.ofText(text).best], [-1, 7, 1, 300, 7, 0]);
});

test("matches come best first, without those that are none", () => {
  const field = Field.ofText(text);
  assert.deepEqual(field.matches({ row: 0, column: 0 }), []);
  assert.deepEqual(field.matches({ row: 0, column: 1 }), [
    { exemplar: 7, row: 40000, column: 8, distance: 0.5 }, { exemplar: 300, row: 1, column: 65534, distance: 0.75 },
  ]);
  assert.deepEqual(field.matches({ row: 1, column: 2 }), [{ exemplar: 0, row: 8, column: 0, distance: 2.5 }]);
});

test("every exemplar that is matched is known once", () => {
  assert.deepEqual([...Field.ofText(text).exemplars].sort((a, b) => a - b), [0, 1, 7, 300]);
});

test("a map of distances spans the best matches that there are", () => {
  assert.deepEqual(Field.ofText(text).distances, { low: 0.5, high: 2.5 });
});

test("indices of four bytes are read as such", () => {
  const bytes = new Uint8Array(28 + 4 + 4 + 2 + 2);
  const view = new DataView(bytes.buffer);
  "CNNF".split("").forEach((letter, i) => view.setUint8(i, letter.charCodeAt(0)));
  [1, 1, 1, 1, 4, 0].forEach((value, i) => view.setUint32(4 + 4 * i, value, true));
  view.setFloat32(28, 0.25, true);
  view.setUint32(32, 70000, true);
  view.setUint16(36, 9, true);
  view.setUint16(38, 11, true);
  const field = new Field(bytes.buffer);
  assert.deepEqual(field.matches({ row: 0, column: 0 }), [{ exemplar: 70000, row: 9, column: 11, distance: 0.25 }]);
  view.setUint32(32, 0xffffffff, true);
  assert.deepEqual([...new Field(bytes.buffer).best], [-1]);
});

test("what is no field of this version is refused", () => {
  const bytes = bytesOf(text);
  bytes[4] = 2;
  assert.throws(() => new Field(bytes.buffer), /version 1/);
  assert.throws(() => new Field(new ArrayBuffer(28)), /version 1/);
});
