/* What is shown, in the page's address, so that a link shows the same again. */

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

const numbers = (text, count) => {
  const found = (text ?? "").split(",").map(Number);
  return found.length === count && found.every(Number.isFinite) ? found : null;
};

/* The state that an address asks for; what it does not say is as at first. */
export function read(hash) {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  const view = numbers(parameters.get("view"), 3);
  const category = parameters.get("class");
  return {
    database: parameters.get("db"),
    query: parameters.get("q"),
    settings: settingsOf(parameters),
    pin: numbers(parameters.get("pin"), 2),
    region: numbers(parameters.get("region"), 4),
    category: /^\d+$/.test(category ?? "") ? Number(category) : null,
    view: view ? { zoom: Math.max(1, view[0]), x: view[1], y: view[2] } : { zoom: 1, x: 0.5, y: 0.5 },
    large: parameters.get("large"),
    compared: parameters.has("with") ? settingsOf(new URLSearchParams(parameters.get("with"))) : null,
    swipe: Math.min(1, Math.max(0, Number(parameters.get("swipe") ?? 0.5))) || 0,
  };
}

/* Some characters that addresses may hold as they are, and that are easier on the eye so. */
const plain = (text) => text.replace(/%2F/gi, "/").replace(/%2C/gi, ",").replace(/%3A/gi, ":");

export function write(state) {
  const parameters = new URLSearchParams();
  if (state.database) parameters.set("db", state.database);
  if (state.query) parameters.set("q", state.query);
  settingsInto(parameters, state.settings);
  if (state.pin) parameters.set("pin", state.pin.join(","));
  if (state.region) parameters.set("region", state.region.join(","));
  if (state.category !== null) parameters.set("class", String(state.category));
  const { zoom, x, y } = state.view;
  if (zoom > 1) parameters.set("view", [zoom, x, y].map((n) => Number(n.toFixed(4))).join(","));
  if (state.large) parameters.set("large", state.large);
  if (state.compared) {
    parameters.set("with", settingsInto(new URLSearchParams(), state.compared).toString());
    parameters.set("swipe", state.swipe.toFixed(3));
  }
  return `#${plain(parameters.toString())}`;
}
