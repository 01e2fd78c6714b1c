/* What can be taken away of an explanation: files, and a figure for papers and slides. */

import * as server from "./server.js";
import { element } from "../viewer/element.js";

const FILES = { "report.html": "Report (HTML)", "explanation.json": "Numbers (JSON)", "field.npy": "Field (NPY)", "output.png": "Output (PNG)", "explanation.zip": "Everything (ZIP)" };
const FIGURES = { "figure.svg": "Figure (SVG)", "figure.pdf": "Figure (PDF)" };

/* Pixels of a copied figure for each of its own. */
const SCALE = 3;

/* A figure as other programs paste it. */
async function drawn(id) {
  const answer = await fetch(server.figureAddress(id, "figure.svg"));
  if (!answer.ok) throw new Error(`no figure (${answer.status})`);
  const address = URL.createObjectURL(new Blob([await answer.text()], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = element("canvas", { width: SCALE * image.naturalWidth, height: SCALE * image.naturalHeight });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob(done, "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}

async function copy(id, button) {
  button.disabled = true;
  try {
    await navigator.clipboard.write([new ClipboardItem({ "image/png": drawn(id) })]);
    button.textContent = "Copied";
  } catch {
    button.textContent = "The browser does not allow it: take a file";
  }
  button.disabled = false;
}

export function downloads({ id }) {
  const link = (address) => ([name, title]) => element("li", {}, element("a", { href: address(id, name) }, title));
  const button = element("button", { type: "button", class: "quiet", onclick: () => copy(id, button) }, "Copy figure");
  return element("details", { class: "menu" }, element("summary", {}, "Download"),
    element("ul", {}, ...Object.entries(FILES).map(link(server.fileAddress)), ...Object.entries(FIGURES).map(link(server.figureAddress)), element("li", {}, button)));
}
