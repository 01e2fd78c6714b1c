import assert from "node:assert/strict";
import test from "node:test";
import { fragmentOf, keepLooking, lookedAt } from "../../../main/resources/org/compnn/viewer/address.js";

test("what is looked at comes back from the address", () => {
  const state = { pin: [96, 32], region: [32, 32, 65, 96], category: 3, view: { zoom: 2, x: 0.4, y: 0.6 }, large: "output" };
  const parameters = new URLSearchParams({ q: "data/a b,c" });
  keepLooking(parameters, state);
  const fragment = fragmentOf(parameters);
  assert.equal(fragment, "#q=data/a+b,c&pin=96,32&region=32,32,65,96&class=3&view=2,0.4,0.6&large=output");
  assert.deepEqual(lookedAt(new URLSearchParams(fragment.slice(1))), state);
});

test("what an address does not say, or says badly, is as at first", () => {
  const nothing = { pin: null, region: null, category: null, view: { zoom: 1, x: 0.5, y: 0.5 }, large: null };
  assert.deepEqual(lookedAt(new URLSearchParams("")), nothing);
  assert.deepEqual(lookedAt(new URLSearchParams("pin=1&region=a,b,c,d&class=-1&view=2,3")), nothing);
  const parameters = new URLSearchParams();
  keepLooking(parameters, nothing);
  assert.equal(parameters.size, 0);
});
