/* What is shown, in the page's address, so that a link shows the same again. */

import { fragmentOf, keepLooking, lookedAt } from "../viewer/address.js";
import { clamp } from "../viewer/format.js";
import { KINDS, SORTS, noFilters } from "../viewer/sift.js";

/* How a picture is explained; these change what the server is asked. */
export const SETTINGS = {
  layer: "", hyperpatch: 1, labels: "self", distance: "l2", search: "balanced", overlap: "none", top_k: 5,
  only: [], without: [], leave_out: true,
};

export function settingsOf(parameters, defaults = SETTINGS) {
  const settings = structuredClone(defaults);
  for (const [name, value] of Object.entries(SETTINGS)) {
    const given = parameters.getAll(name);
    if (!given.length) continue;
    if (Array.isArray(value)) settings[name] = given.filter(Boolean);
    else if (typeof value === "number") settings[name] = Number(given[0]) || value;
    else if (typeof value === "boolean") settings[name] = given[0] !== "false";
    else settings[name] = given[0];
  }
  return settings;
}

function settingsInto(parameters, settings) {
  for (const [name, value] of Object.entries(SETTINGS)) {
    if (Array.isArray(value)) settings[name].forEach((term) => parameters.append(name, term));
    else if (settings[name] !== value) parameters.set(name, String(settings[name]));
  }
  return parameters;
}

/* What may lie over the photograph. */
export const OVERLAYS = ["none", "network", "truth", "output", "cause", "sources"];

/* The views of a data set. */
export const SHOWN = ["pictures", "confusion", "classes", "map", "suspects", "culprits"];

/* What the home page shows: which set, how, sorted and filtered by what. Filters are written as kind:value. */
function homeOf(parameters) {
  const filters = noFilters();
  for (const each of parameters.getAll("f")) {
    const [kind, ...value] = each.split(":");
    if (KINDS.includes(kind)) filters[kind].push(...(kind === "picked" ? value.join(":").split(",") : [value.join(":")]));
  }
  filters.text = parameters.get("find") ?? "";
  const one = (name, known) => (known.includes(parameters.get(name)) ? parameters.get(name) : known[0]);
  return {
    set: parameters.get("set"), show: one("show", SHOWN), sort: one("sort", Object.keys(SORTS)), filters,
    cell: parameters.get("cell"), points: one("points", ["pictures", "regions"]), colour: one("colour", ["error", "cause", "tag"]), layout: one("layout", ["axes", "neighbours"]),
  };
}

function homeInto(parameters, { set, show, sort, filters, cell, points, colour, layout }) {
  if (set) parameters.set("set", set);
  if (show !== SHOWN[0]) parameters.set("show", show);
  if (sort !== Object.keys(SORTS)[0]) parameters.set("sort", sort);
  if (cell) parameters.set("cell", cell);
  if (points !== "pictures") parameters.set("points", points);
  if (colour !== "error") parameters.set("colour", colour);
  if (layout !== "axes") parameters.set("layout", layout);
  for (const kind of KINDS) {
    if (kind === "picked") {
      if (filters.picked.length) parameters.append("f", `picked:${filters.picked.join(",")}`);
    } else filters[kind].forEach((value) => parameters.append("f", `${kind}:${value}`));
  }
  if (filters.text) parameters.set("find", filters.text);
}

/* The state that an address asks for; what it does not say is as at first. */
export function read(hash) {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  return {
    database: parameters.get("db"),
    query: parameters.get("q"),
    home: homeOf(parameters),
    settings: settingsOf(parameters),
    part: /^[1-9]\d*$/.test(parameters.get("part") ?? "") ? Number(parameters.get("part")) : null,
    over: OVERLAYS.includes(parameters.get("over")) ? parameters.get("over") : "none",
    raw: parameters.has("raw"),
    more: parameters.has("more"),
    ...lookedAt(parameters),
    compared: parameters.has("with") ? settingsOf(new URLSearchParams(parameters.get("with"))) : null,
    swipe: clamp(Number(parameters.get("swipe") ?? 0.5), 0, 1) || 0,
  };
}

export function write(state) {
  const parameters = new URLSearchParams();
  if (state.database) parameters.set("db", state.database);
  if (!state.query) {
    homeInto(parameters, state.home);
    return fragmentOf(parameters);
  }
  parameters.set("q", state.query);
  settingsInto(parameters, state.settings);
  keepLooking(parameters, state);
  if (state.part) parameters.set("part", String(state.part));
  if (state.over !== "none") parameters.set("over", state.over);
  for (const name of ["raw", "more"]) if (state[name]) parameters.set(name, "1");
  if (state.compared) {
    parameters.set("with", settingsInto(new URLSearchParams(), state.compared).toString());
    parameters.set("swipe", state.swipe.toFixed(3));
  }
  return fragmentOf(parameters);
}
