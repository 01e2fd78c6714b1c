/* Canvases: pictures, boxes drawn over them, and what is highlighted. */

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "class") made.className = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== null));
  return made;
}

const decoded = new Map();

/* A picture of the page as an image, decoded once. */
function image(source) {
  if (!decoded.has(source)) {
    const loading = new Image();
    loading.src = source;
    decoded.set(source, loading.decode().then(() => loading));
  }
  return decoded.get(source);
}

function blank(width, height) {
  const canvas = element("canvas");
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

async function canvasOf(raster) {
  const canvas = blank(raster.width, raster.height);
  canvas.getContext("2d", { willReadFrequently: true }).drawImage(await image(raster.source), 0, 0);
  return canvas;
}

/* A canvas whose patches have the colour that `colour(index of the cell)` gives. */
function cellCanvas(explained, colour) {
  const { width, height, rows, columns } = explained;
  const canvas = blank(width, height);
  const context = canvas.getContext("2d");
  const pixels = context.createImageData(width, height);
  for (let y = 0; y < height; y++) {
    const row = cellOf(y, height, rows);
    for (let x = 0; x < width; x++) {
      const [r, g, b, a] = colour(row * columns + cellOf(x, width, columns));
      pixels.data.set([r, g, b, a ?? 255], (y * width + x) * 4);
    }
  }
  context.putImageData(pixels, 0, 0);
  return canvas;
}

function correspondenceCanvas(explained) {
  const colours = explained.gallery.map((_, place) => rgb(explained.byPlace.get(place)?.colour ?? "#000000"));
  colours.push([0, 0, 0]);
  return cellCanvas(explained, (cell) => colours[explained.place[cell * explained.topK]]);
}

/* The distance of the best matches, from the 1st to the 99th percentile. */
function distanceCanvas(explained) {
  const best = Float32Array.from({ length: explained.rows * explained.columns },
    (_, cell) => explained.distance[cell * explained.topK]);
  const sorted = best.filter(Number.isFinite).sort();
  const low = sorted[Math.floor(sorted.length * 0.01)] ?? 0;
  const high = sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 1;
  const canvas = cellCanvas(explained, (cell) =>
    Number.isFinite(best[cell]) ? cividis((best[cell] - low) / (high - low || 1)) : [0, 0, 0]);
  return { canvas, low, high };
}

/* Sizes a canvas to the screen's own pixels; returns its context in units of CSS pixels. */
function fit(canvas) {
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(width * ratio));
  canvas.height = Math.max(1, Math.round(height * ratio));
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  context.imageSmoothingEnabled = false;
  return { context, width, height };
}

const WHOLE = { top: 0, left: 0, bottom: 1, right: 1 };
const STROKES = {
  receptive: { colour: "#56b4e9", width: 1.5, dash: [5, 3] },
  hyperpatch: { colour: "#f0e442", width: 1.5, dash: [] },
  patch: { colour: "#ffffff", width: 1.5, dash: [] },
};

/* Draws boxes, given as fractions of the picture, of which `region` is in sight. */
function drawBoxes({ context, width, height }, boxes, region = WHOLE) {
  const toX = (x) => ((x - region.left) / (region.right - region.left)) * width;
  const toY = (y) => ((y - region.top) / (region.bottom - region.top)) * height;
  for (const kind of ["receptive", "hyperpatch", "patch"]) {
    const box = boxes[kind];
    if (!box) continue;
    let [left, right, top, bottom] = [toX(box.left), toX(box.right), toY(box.top), toY(box.bottom)];
    /* A patch of a pixel or two would vanish under its own outline. */
    const grow = kind === "receptive" ? -1 : 1;
    left -= grow; right += grow; top -= grow; bottom += grow;
    context.setLineDash([]);
    context.lineWidth = STROKES[kind].width + 2;
    context.strokeStyle = "rgb(0 0 0 / 75%)";
    context.strokeRect(left, top, right - left, bottom - top);
    context.setLineDash(STROKES[kind].dash);
    context.lineWidth = STROKES[kind].width;
    context.strokeStyle = STROKES[kind].colour;
    context.strokeRect(left, top, right - left, bottom - top);
  }
  context.setLineDash([]);
}

/* A cross over the whole picture with a gap around the point. */
function drawCross({ context, width, height }, box) {
  const x = ((box.left + box.right) / 2) * width;
  const y = ((box.top + box.bottom) / 2) * height;
  const gapX = Math.max(7, ((box.right - box.left) / 2) * width + 5);
  const gapY = Math.max(7, ((box.bottom - box.top) / 2) * height + 5);
  for (const [colour, line] of [["rgb(0 0 0 / 55%)", 3], ["rgb(255 255 255 / 90%)", 1]]) {
    context.strokeStyle = colour;
    context.lineWidth = line;
    context.beginPath();
    context.moveTo(x, 0); context.lineTo(x, y - gapY);
    context.moveTo(x, y + gapY); context.lineTo(x, height);
    context.moveTo(0, y); context.lineTo(x - gapX, y);
    context.moveTo(x + gapX, y); context.lineTo(width, y);
    context.stroke();
  }
}

/* One of the pictures side by side. */
class Panel {
  constructor(explained, { key, title, note, extra, boxes }, base, listener) {
    this.explained = explained;
    this.key = key;
    this.base = base;
    this.boxes = boxes ?? ["patch"];
    this.overlay = element("canvas");
    this.view = element("div", {
      class: "view", tabindex: "0", role: "img", "data-panel": key,
      "aria-label": `${title}. Arrow keys move the cursor, Enter pins it, Escape lets go.`,
    }, base, this.overlay);
    this.view.style.aspectRatio = `${base.width} / ${base.height}`;
    const caption = element("figcaption", {}, title, element("small", {}, extra ?? note ?? ""));
    this.figure = element("figure", { class: "panel" }, caption, this.view);
    const point = (event) => {
      const bounds = this.view.getBoundingClientRect();
      return {
        y: clamp(Math.floor(((event.clientY - bounds.top) / bounds.height) * explained.height), 0, explained.height - 1),
        x: clamp(Math.floor(((event.clientX - bounds.left) / bounds.width) * explained.width), 0, explained.width - 1),
      };
    };
    this.view.addEventListener("pointermove", (event) => {
      if (event.pointerType === "mouse") listener.point(point(event));
    });
    this.view.addEventListener("click", (event) => listener.pin(point(event)));
    this.view.addEventListener("keydown", listener.key);
  }

  /* The class of every pixel, where the panel shows classes. */
  get classes() {
    if (!this.classIndices) {
      const { data } = this.base.getContext("2d").getImageData(0, 0, this.base.width, this.base.height);
      const index = new Map();
      this.explained.classes.forEach(({ colour }, i) => {
        const [r, g, b] = rgb(colour);
        if (!index.has((r << 16) | (g << 8) | b)) index.set((r << 16) | (g << 8) | b, i);
      });
      this.classIndices = Int16Array.from({ length: data.length / 4 },
        (_, i) => index.get((data[4 * i] << 16) | (data[4 * i + 1] << 8) | data[4 * i + 2]) ?? -1);
    }
    return this.classIndices;
  }

  colourAt(y, x) {
    const row = Math.floor((y * this.base.height) / this.explained.height);
    const column = Math.floor((x * this.base.width) / this.explained.width);
    return [...this.base.getContext("2d").getImageData(column, row, 1, 1).data.slice(0, 3)];
  }

  draw(boxes, mask) {
    const drawn = fit(this.overlay);
    if (mask) drawn.context.drawImage(mask, 0, 0, drawn.width, drawn.height);
    drawCross(drawn, boxes.patch);
    drawBoxes(drawn, Object.fromEntries(this.boxes.map((kind) => [kind, boxes[kind]])));
  }
}
