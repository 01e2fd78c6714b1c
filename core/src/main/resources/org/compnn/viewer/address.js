/* What is looked at, in a page's address, so that a link shows the same again. */

const numbersOf = (text, count) => {
  const found = (text ?? "").split(",").map(Number);
  return found.length === count && found.every(Number.isFinite) ? found : null;
};

/* The pin (row, column), rectangle or class, part in sight and picture enlarged that an address asks for. */
export function lookedAt(parameters) {
  const view = numbersOf(parameters.get("view"), 3);
  const category = parameters.get("class");
  return {
    pin: numbersOf(parameters.get("pin"), 2),
    region: numbersOf(parameters.get("region"), 4),
    category: /^\d+$/.test(category ?? "") ? Number(category) : null,
    view: view ? { zoom: Math.max(1, view[0]), x: view[1], y: view[2] } : { zoom: 1, x: 0.5, y: 0.5 },
    large: parameters.get("large"),
  };
}

export function keepLooking(parameters, { pin, region, category, view: { zoom, x, y }, large }) {
  if (pin) parameters.set("pin", pin.join(","));
  if (region) parameters.set("region", region.join(","));
  if (category !== null) parameters.set("class", String(category));
  if (zoom > 1) parameters.set("view", [zoom, x, y].map((n) => Number(n.toFixed(4))).join(","));
  if (large) parameters.set("large", large);
}

/* Some characters that addresses may hold as they are, and that are easier on the eye so. */
export const fragmentOf = (parameters) =>
  `#${parameters.toString().replace(/%2F/gi, "/").replace(/%2C/gi, ",").replace(/%3A/gi, ":")}`;
