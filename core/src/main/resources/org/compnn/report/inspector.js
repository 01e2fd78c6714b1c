/* What stands behind one pixel: its source in the training set. */

const round = (value) =>
  !Number.isFinite(value) ? "–" : value === 0 ? "0" : Number(value.toPrecision(3)).toString();
const percent = (share) => (share >= 0.0995 ? (share * 100).toFixed(0) : (share * 100).toFixed(1)) + " %";
const swatch = (colour) => {
  const made = element("span", { class: "swatch" });
  made.style.background = colour;
  return made;
};
const LABELS = { original: "Original label", self: "Network’s label" };

/* A picture that keeps its shape, drawn when it is known what to draw. */
class Still {
  constructor(ratio) {
    this.canvas = element("canvas");
    this.root = element("div", { class: "still" }, this.canvas);
    if (ratio) this.root.style.aspectRatio = ratio;
  }

  async show(source, region, paint) {
    this.wanted = source;
    if (!source) {
      this.root.replaceChildren(element("p", { class: "missing" }, "not in this report"));
      return;
    }
    const shown = await image(source);
    if (this.wanted !== source) return;
    if (this.canvas.parentNode !== this.root) this.root.replaceChildren(this.canvas);
    const drawn = fit(this.canvas);
    const { naturalWidth: w, naturalHeight: h } = shown;
    drawn.context.drawImage(shown,
      region.left * w, region.top * h, (region.right - region.left) * w, (region.bottom - region.top) * h,
      0, 0, drawn.width, drawn.height);
    paint?.(drawn);
  }
}

/* The square around a cell that a close-up shows, as fractions of the picture; within it if it fits. */
function closeUp(boxes, size) {
  const extent = (from, to, pixels) => (to - from) * pixels;
  const hyper = boxes.hyperpatch;
  const receptive = boxes.receptive;
  const side = Math.min(
    Math.max(24,
      3 * Math.max(extent(hyper.top, hyper.bottom, size.height), extent(hyper.left, hyper.right, size.width)),
      Math.min(64, 1.15 * Math.max(extent(receptive.top, receptive.bottom, size.height),
        extent(receptive.left, receptive.right, size.width)))),
    size.height, size.width);
  const along = (from, to, pixels) => {
    const start = clamp(((from + to) / 2) * pixels - side / 2, 0, pixels - side);
    return [start / pixels, (start + side) / pixels];
  };
  const [top, bottom] = along(boxes.patch.top, boxes.patch.bottom, size.height);
  const [left, right] = along(boxes.patch.left, boxes.patch.right, size.width);
  return { top, bottom, left, right };
}

class Inspector {
  constructor(explained, panels, { unpin }) {
    this.explained = explained;
    this.panels = panels;
    this.rank = 0;
    this.labels = explained.settings.labels;
    const ratio = `${explained.input.width} / ${explained.input.height}`;
    const still = (title, shape) => {
      const made = new Still(shape);
      made.title = element("figcaption", {}, title);
      made.figure = element("figure", {}, made.title, made.root);
      return made;
    };
    this.input = still("Training input", ratio);
    this.label = still("", `${explained.width} / ${explained.height}`);
    this.closeQuery = still("Query, close up");
    this.closeInput = still("Training input");
    this.closeLabel = still("");
    this.where = element("h2", { class: "number", "aria-live": "polite" });
    this.pin = element("button", { class: "pin", "aria-pressed": "false", onclick: unpin }, "Pointing");
    this.answers = element("dl", { class: "answers" });
    this.name = element("p", { class: "name" });
    this.tags = element("ul", { class: "tags" });
    this.place = element("p", { class: "soft small number" });
    this.matches = element("div", { class: "matches" });
    this.switch = element("div", { class: "switch", role: "group", "aria-label": "Labels shown" },
      ...Object.entries(LABELS).map(([key, title]) => element("button", {
        "data-labels": key, onclick: () => { this.labels = key; this.draw(); },
      }, title)));
    const legend = element("p", { class: "boxes" },
      ...[["patch", "pasted patch"], ["hyperpatch", `hyperpatch ${explained.settings.hyperpatch} × ${explained.settings.hyperpatch} cells`],
        ["receptive", "receptive field"]].map(([kind, title]) => element("span", {}, element("i", { class: kind }), title)));
    this.root = element("aside", { class: "card inspector", "aria-label": "Source of the pixel" },
      element("div", { class: "where" }, this.where, this.pin),
      this.answers,
      element("div", { class: "source" },
        element("h3", {}, "Comes from"), this.name, this.place, this.tags,
        element("div", { class: "pair" }, this.input.figure, this.label.figure),
        element("div", { class: "closeups" }, this.closeQuery.figure, this.closeInput.figure, this.closeLabel.figure),
        this.switch, legend),
      explained.topK > 1
        ? element("div", { class: "source" }, element("h3", {}, `Nearest ${explained.topK} matches`), this.matches)
        : null);
  }

  show(point, pinned) {
    if (this.point !== point) this.rank = 0;
    this.point = point;
    this.pin.setAttribute("aria-pressed", String(pinned));
    this.pin.textContent = pinned ? "Pinned, let go" : "Pointing";
    this.pin.disabled = !pinned;
    this.draw();
  }

  draw() {
    const { explained, point } = this;
    const cell = explained.cell(point.y, point.x);
    const found = explained.matches(cell);
    this.where.textContent = `Row ${point.y}, column ${point.x}`;
    this.answers.replaceChildren(...this.answerList(point));
    const match = found[this.rank] ?? found[0];
    if (!match) {
      this.name.textContent = "No match: no training picture was allowed here.";
      this.place.textContent = "";
      this.tags.replaceChildren();
      for (const still of [this.input, this.label, this.closeInput, this.closeLabel]) still.show(undefined);
      return;
    }
    const exemplar = explained.gallery[match.place];
    const entry = explained.byPlace.get(match.place);
    this.name.replaceChildren(...(entry ? [swatch(entry.colour)] : []), exemplar.id);
    this.place.textContent = `cell ${match.row}, ${match.column} · distance ${round(match.distance)}`
      + (entry ? ` · gives ${percent(entry.share)} (no. ${entry.rank + 1} of ${explained.ranked.length})` : "");
    this.tags.replaceChildren(...exemplar.tags.map((tag) => element("li", {}, tag)));
    this.drawPictures(cell, match, exemplar);
    this.matches.replaceChildren(...(explained.topK > 1 ? found.map((each, k) => this.matchButton(each, k)) : []));
  }

  /* What each output says at the point. */
  answerList(point) {
    const { explained } = this;
    const names = { network: "Network", composition: "CompNN", other: "Other labels", truth: "Truth" };
    return this.panels.filter((panel) => names[panel.key]).flatMap((panel) => {
      let colour;
      let text;
      if (explained.classes) {
        const index = panel.classes[point.y * explained.width + point.x];
        colour = explained.classes[index]?.colour ?? "#000000";
        text = explained.classes[index]?.name ?? "unlabelled";
      } else {
        const channels = panel.colourAt(point.y, point.x);
        colour = `rgb(${channels.join(" ")})`;
        text = channels.join(", ");
      }
      return [element("dt", {}, names[panel.key]), element("dd", {}, swatch(colour), text)];
    });
  }

  drawPictures(cell, match, exemplar) {
    const { explained } = this;
    const size = { height: explained.height, width: explained.width };
    const input = explained.input;
    const here = explained.boxes(cell, explained.queryGrid, size, input);
    const there = explained.exemplarBoxes(match, exemplar);
    const shown = exemplar[this.labels] ? this.labels : Object.keys(LABELS).find((key) => exemplar[key]) ?? this.labels;
    for (const button of this.switch.children) {
      const key = button.dataset.labels;
      button.setAttribute("aria-pressed", String(key === shown));
      button.disabled = !exemplar[key];
    }
    this.label.title.textContent = LABELS[shown];
    this.closeLabel.title.textContent = LABELS[shown];
    const boxes = (drawn) => drawBoxes(drawn, there);
    this.input.show(exemplar.input, WHOLE, boxes);
    this.label.show(exemplar[shown], WHOLE, (drawn) => drawBoxes(drawn, { patch: there.patch, hyperpatch: there.hyperpatch }));
    const near = closeUp(there, explained.sizeOf(exemplar));
    this.closeQuery.show(input.source, closeUp(here, input), (drawn) => drawBoxes(drawn, here, closeUp(here, input)));
    this.closeInput.show(exemplar.input, near, (drawn) => drawBoxes(drawn, there, near));
    this.closeLabel.show(exemplar[shown], near, (drawn) => drawBoxes(drawn, there, near));
  }

  matchButton(match, k) {
    const exemplar = this.explained.gallery[match.place];
    const still = new Still();
    const button = element("button", {
      "aria-pressed": String(k === this.rank), onclick: () => { this.rank = k; this.draw(); },
    }, element("span", { class: "soft number" }, `${k + 1}`), still.root,
    element("span", { class: "id" }, exemplar.id), element("span", { class: "number soft" }, round(match.distance)));
    const { explained } = this;
    const boxes = explained.exemplarBoxes(match, exemplar);
    /* The canvas has no size before it is on the page. */
    requestAnimationFrame(() => {
      const region = closeUp(boxes, explained.sizeOf(exemplar));
      still.show(exemplar.input, region, (drawn) => drawBoxes(drawn, { hyperpatch: boxes.hyperpatch }, region));
    });
    return button;
  }
}
