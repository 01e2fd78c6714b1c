/* What is shown, in the page's address, so that a link shows the same again. */

import { fragmentOf, keepLooking, lookedAt } from "../viewer/address.js";
import { clamp } from "../viewer/format.js";

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

/* The state that an address asks for; what it does not say is as at first. */
export function read(hash) {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  return {
    database: parameters.get("db"),
    query: parameters.get("q"),
    settings: settingsOf(parameters),
    ...lookedAt(parameters),
    compared: parameters.has("with") ? settingsOf(new URLSearchParams(parameters.get("with"))) : null,
    swipe: clamp(Number(parameters.get("swipe") ?? 0.5), 0, 1) || 0,
  };
}

export function write(state) {
  const parameters = new URLSearchParams();
  if (state.database) parameters.set("db", state.database);
  if (state.query) parameters.set("q", state.query);
  settingsInto(parameters, state.settings);
  keepLooking(parameters, state);
  if (state.compared) {
    parameters.set("with", settingsInto(new URLSearchParams(), state.compared).toString());
    parameters.set("swipe", state.swipe.toFixed(3));
  }
  return fragmentOf(parameters);
}
