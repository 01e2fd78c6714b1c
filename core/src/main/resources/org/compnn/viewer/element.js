/* Parts of a page. */

/* An element; a name that begins with "on" is an event to listen to, false and undefined leave an attribute away. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "class") made.className = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== null));
  return made;
}

export function swatch(colour) {
  const made = element("span", { class: "swatch" });
  made.style.background = colour;
  return made;
}

export function blank(width, height) {
  const canvas = element("canvas");
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

/* Tells whether something is pointed at, by a mouse or by the keyboard's focus. */
export function pointed(button, told) {
  button.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") told(true); });
  button.addEventListener("pointerleave", () => told(false));
  button.addEventListener("focus", () => { if (button.matches(":focus-visible")) told(true); });
  button.addEventListener("blur", () => told(false));
  return button;
}
