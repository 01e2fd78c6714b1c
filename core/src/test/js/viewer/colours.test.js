import assert from "node:assert/strict";
import test from "node:test";
import { cividis, mixed, packed, rgb } from "../../../main/resources/org/compnn/viewer/colours.js";

const brightness = ([red, green, blue]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

test("colours are read from their text", () => {
  assert.deepEqual(rgb("#80c0ff"), [128, 192, 255]);
});

test("a packed pixel has its bytes in the order of a canvas", () => {
  const pixels = Uint32Array.of(packed([1.4, 2.6, 3]), packed([0, 0, 0], 200));
  assert.deepEqual([...new Uint8Array(pixels.buffer)], [1, 3, 3, 255, 0, 0, 0, 200]);
});

test("a mixture lies between its colours", () => {
  assert.deepEqual(mixed([0, 100, 255], [100, 0, 255], 0.25), [25, 75, 255]);
});

test("the scale grows brighter all the way, and ends where the share does", () => {
  const steps = Array.from({ length: 101 }, (_, i) => brightness(cividis(i / 100)));
  for (let i = 1; i < steps.length; i++) assert.ok(steps[i] > steps[i - 1]);
  assert.deepEqual(cividis(-1), rgb("#00204d"));
  assert.deepEqual(cividis(7), rgb("#ffea46"));
});
