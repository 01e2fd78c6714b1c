import assert from "node:assert/strict";
import test from "node:test";
import { panned, regionOf, seen, showing, within, zoomed } from "../../../main/resources/org/compnn/viewer/view.js";

const whole = { zoom: 1, x: 0.5, y: 0.5 };

test("what is under the hand stays there when pictures are enlarged", () => {
  const at = { x: 0.25, y: 0.75 };
  const view = zoomed(zoomed(whole, 2, at), 3, at);
  const region = regionOf(view);
  assert.ok(Math.abs(region.left + at.x / view.zoom - 0.25) < 1e-9);
  assert.ok(Math.abs(region.top + at.y / view.zoom - 0.75) < 1e-9);
});

test("nothing beyond the picture comes into sight", () => {
  for (const view of [panned(zoomed(whole, 4), 9, -9), within({ zoom: 2, x: 9, y: -9 }), within({ zoom: 0.1, x: 0, y: 0 })]) {
    const { left, right, top, bottom } = regionOf(view);
    assert.ok(left >= 0 && top >= 0 && right <= 1 && bottom <= 1);
  }
});

test("a point out of sight is brought into it, one in sight moves nothing", () => {
  const view = zoomed(whole, 8);
  assert.deepEqual(showing(view, 0.5, 0.5), view);
  const { left, right } = regionOf(showing(view, 0.9, 0.5));
  assert.ok(left < 0.9 && 0.9 < right);
});

test("a box of the picture is found again in the frame", () => {
  assert.deepEqual(seen({ left: 0.5, right: 0.75, top: 0.25, bottom: 0.5 }, { left: 0.25, right: 0.75, top: 0.25, bottom: 0.75 }),
    { left: 0.5, right: 1, top: 0, bottom: 0.5 });
});
