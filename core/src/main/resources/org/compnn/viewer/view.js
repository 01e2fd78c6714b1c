/* Which part of the pictures is in sight: how much larger than whole, and around which point. */

import { clamp } from "./format.js";

const MOST_ENLARGED = 40;

/* In fractions of the picture. */
export function regionOf({ zoom, x, y }) {
  const half = 0.5 / zoom;
  return { left: x - half, right: x + half, top: y - half, bottom: y + half };
}

/* The same, moved and made smaller or larger as little as brings all of it within the picture. */
export function within(view) {
  const zoom = clamp(view.zoom, 1, MOST_ENLARGED);
  const { x, y } = view;
  const half = 0.5 / zoom;
  return { zoom, x: clamp(x, half, 1 - half), y: clamp(y, half, 1 - half) };
}

/* Larger or smaller by a factor; what is at a fraction of the frame stays there. */
export function zoomed(view, factor, at = { x: 0.5, y: 0.5 }) {
  const zoom = clamp(view.zoom * factor, 1, MOST_ENLARGED);
  const region = regionOf(view);
  const fixed = { x: region.left + at.x / view.zoom, y: region.top + at.y / view.zoom };
  return within({ zoom, x: fixed.x + (0.5 - at.x) / zoom, y: fixed.y + (0.5 - at.y) / zoom });
}

/* Moved with the pointer, by fractions of the frame. */
export const panned = (view, dx, dy) => within({ zoom: view.zoom, x: view.x - dx / view.zoom, y: view.y - dy / view.zoom });

/* Moved as little as brings a point of the picture into sight. */
export function showing(view, x, y) {
  const { left, right, top, bottom } = regionOf(view);
  const margin = 0.06 / view.zoom;
  const shift = (at, low, high) => Math.min(0, at - margin - low) + Math.max(0, at + margin - high);
  return within({ zoom: view.zoom, x: view.x + shift(x, left, right), y: view.y + shift(y, top, bottom) });
}

/* A box of the picture as one of the frame. */
export function seen(box, { left, right, top, bottom }) {
  const x = (at) => (at - left) / (right - left);
  const y = (at) => (at - top) / (bottom - top);
  return { left: x(box.left), right: x(box.right), top: y(box.top), bottom: y(box.bottom) };
}
