import assert from "node:assert/strict";
import test from "node:test";
import { encloses } from "../../../main/resources/org/compnn/viewer/lasso.js";

test("a point is within a line around it, whichever way it was drawn", () => {
  const line = [[0, 0], [10, 0], [10, 10], [5, 5], [0, 10]];
  for (const drawn of [line, [...line].reverse()]) {
    assert.equal(encloses(drawn, [2, 2]), true);
    assert.equal(encloses(drawn, [5, 9]), false);
    assert.equal(encloses(drawn, [20, 2]), false);
  }
});
