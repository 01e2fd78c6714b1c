/* One direction: an unseen building, what the network made of it, and where the same can be copied from. */

import { middlePixel } from "../viewer/cells.js";
import { element } from "../viewer/element.js";
import { percent } from "../viewer/format.js";
import { CloseUp, SIZE, View, choice, data, dot, origin, styleColour } from "./views.js";

const WORDS = {
  paint: {
    title: "From labels to a photo",
    lede: "A network painted a building from a label map that it had never seen. The picture beside it is pasted from patches of what the network painted for"
      + " training buildings: at each place the patch that looks most alike to the network. Where the two agree, those training pixels explain what it did. Point anywhere.",
    given: ["Label map", "not in the training set"],
    network: "Painted by the network",
    pasted: "Pasted from training patches",
    truth: "True photo",
    self: "Painted",
    original: "Photo",
    input: "Labels",
  },
  label: {
    title: "From a photo to labels",
    given: ["Photo", "not in the training set"],
    network: "Labelled by the network",
    pasted: "Pasted from training patches",
    truth: "True labels",
    self: "Labelled",
    original: "True labels",
    input: "Photo",
  },
};

export class Stage {
  /* `results` are those of the stage's exhibits. */
  constructor(section, stage, results) {
    this.stage = stage;
    this.results = results;
    this.words = WORDS[stage.key];
    this.section = section;
    this.at = { x: 46, y: 58 };
    this.shows = { network: "network", pasted: "output", source: "self" };
    this.build();
    this.choose(0);
    this.touched = false;
    new ResizeObserver(() => this.connect()).observe(this.views);
  }

  build() {
    const { words, stage } = this;
    const labels = stage.key === "label";
    this.given = new View(words.given[0], { pixels: !labels });
    this.network = new View(words.network, { pixels: labels });
    this.pasted = new View(words.pasted, { pixels: labels });
    this.source = new View("Training building", { pixels: labels });
    for (const view of [this.given, this.network, this.pasted]) {
      view.listen((pixel) => { this.touched = true; this.point(pixel); }, () => this.at);
    }
    this.sourceName = element("small", {});
    this.summary = element("p", {});
    const card = (view, title, small, ...rest) =>
      element("figure", { class: "card" },
        element("figcaption", {}, element("b", {}, title), small), view.node, ...rest);
    const sourceCard = card(this.source, "Source: a training building", this.sourceName,
      choice(["self", "original", "input"].map((kind) => [kind, words[kind]]), "self",
        (key) => { this.shows.source = key; this.point(this.at); }));
    sourceCard.classList.add("source");
    this.sourceCard = sourceCard;
    this.pastedNote = element("small", {});
    const parsed = element("div", {});
    parsed.innerHTML = '<svg class="line" aria-hidden="true"></svg>';
    this.line = parsed.firstChild;
    this.views = element("div", { class: "views" },
      card(this.given, words.given[0], element("small", {}, words.given[1])),
      card(this.network, words.network, element("small", {}, `${stage.network}, ${this.results[0].settings.layer.channels} channels per cell`),
        choice([["network", "Network"], ["truth", "Truth"], ["global", "Nearest building"]], "network",
          (key) => { this.shows.network = key; this.pictures(); })),
      card(this.pasted, words.pasted, this.pastedNote,
        choice([["output", "Patches"], ["sources", "By source"], ["other", "Originals"]], "output",
          (key) => { this.shows.pasted = key; this.pictures(); this.point(this.at); })),
      sourceCard, this.line);
    this.thumbs = stage.exhibits.map((exhibit, i) =>
      element("button", { type: "button", onclick: () => { this.touched = true; this.choose(i); }, "aria-label": exhibit.why.explanation.name },
        element("img", { src: exhibit.why.pictures.input, alt: "", class: labels ? "" : "pixels" })));
    this.closeUps = ["input", "pasted", words.self.toLowerCase(), words.original.toLowerCase()].map((l) => new CloseUp(l));
    this.told = element("p", { "aria-live": "off" });
    this.section.append(
      element("div", { class: "head" },
        element("div", {}, element("h2", {}, words.title), this.summary),
        element("div", { class: "thumbs", role: "group", "aria-label": "Unseen buildings" }, ...this.thumbs)),
      ...(words.lede ? [element("p", { class: "lede" }, words.lede)] : []),
      this.views,
      element("div", { class: "trace" },
        element("div", { class: "close" }, this.closeUps[0].node, this.closeUps[1].node,
          element("span", { class: "arrow" }, "←"), this.closeUps[2].node, this.closeUps[3].node),
        this.told),
      this.streets());
    if (labels) {
      this.legend = data.classes.map((c) => element("li", {}, dot(c.colour), c.name));
      this.section.append(element("ul", { class: "legend" }, ...this.legend));
    }
  }

  /* The training buildings, a street for each style. */
  streets() {
    this.walls = new Map();
    this.tiles = [];
    const node = element("div", { class: "streets" });
    for (const style of new Set(data.buildings.map((b) => b.style).sort())) {
      const share = element("span", {});
      const meter = element("i", {});
      const wall = element("div", { class: "wall" });
      const street = element("div", { class: "street" },
        element("h3", {}, element("span", {}, style), share), element("div", { class: "meter" }, meter), wall);
      street.style.setProperty("--style", styleColour(style));
      data.buildings.forEach((building, i) => {
        if (building.style !== style) return;
        const tile = element("button", { type: "button", tabindex: "-1", onclick: () => this.jump(i) },
          element("img", { src: building.photo, alt: "", loading: "lazy" }));
        this.tiles[i] = tile;
        wall.append(tile);
      });
      this.walls.set(style, { share, meter });
      node.append(street);
    }
    return node;
  }

  choose(i) {
    this.exhibit = this.stage.exhibits[i];
    this.result = this.results[i];
    this.thumbs.forEach((t, k) => t.setAttribute("aria-pressed", String(k === i)));
    const { ranked, ranks } = this.result;
    const byStyle = new Map();
    for (const { exemplar, share } of ranked) {
      const { style } = data.buildings[exemplar];
      byStyle.set(style, (byStyle.get(style) || 0) + share);
    }
    for (const [style, { share, meter }] of this.walls) {
      share.textContent = `${percent(byStyle.get(style) || 0)} of the pixels`;
      meter.style.width = `${100 * (byStyle.get(style) || 0)}%`;
    }
    this.tiles.forEach((tile, k) => {
      const share = ranks.get(k);
      tile.classList.toggle("used", Boolean(share));
      tile.title = `Building ${data.buildings[k].id}${share ? `, ${percent(share.share, 1)} of the pixels` : ", not used"}`;
    });
    this.summary.textContent =
      `An unseen ${this.exhibit.style} building, pasted from ${ranked.length} of the ${data.buildings.length} training buildings below.`;
    this.pictures();
    this.point(this.at);
  }

  pictures() {
    const { exhibit, words, shows } = this;
    const labels = this.stage.key === "label";
    const all = { ...exhibit.why.pictures, global: exhibit.global };
    this.given.show(all.input, words.given[0]);
    this.network.show(all[shows.network], words[shows.network] || "Nearest training building");
    this.pasted.show(all[shows.pasted] ?? all.output, words.pasted);
    this.pasted.cover(shows.pasted === "sources" ? this.result.picture("correspondences") : null);
    this.pastedNote.textContent = {
      output: `from what the network ${labels ? "labelled" : "painted"}`, sources: "a colour for each building",
      other: `from ${labels ? "true labels" : "photos"} instead`,
    }[shows.pasted];
  }

  /* Points at the first pixel that a building gave. */
  jump(exemplar) {
    const { best, columns, rows } = this.result.field;
    const cell = best.indexOf(exemplar);
    if (cell < 0) return;
    this.touched = true;
    this.point({ x: middlePixel(cell % columns, SIZE, columns), y: middlePixel(Math.floor(cell / columns), SIZE, rows) });
  }

  point(pixel) {
    this.at = pixel;
    const found = this.found = origin(this.result, pixel);
    const { exemplar, patch, from } = found;
    const { id, style } = data.buildings[exemplar];
    const address = (kind) => this.result.gallery.address(exemplar, kind);
    for (const view of [this.given, this.network, this.pasted]) view.mark(patch);
    this.source.show(address(this.shows.source), `training building ${id}`);
    this.source.mark(from);
    this.sourceCard.style.setProperty("--style", styleColour(style));
    this.sourceName.textContent = `${style} ${id}, ${percent(this.result.ranks.get(exemplar).share, 1)} of the pixels`;
    this.lit?.classList.remove("here");
    this.lit = this.tiles[exemplar];
    this.lit.classList.add("here");
    const { input, output } = this.exhibit.why.pictures;
    [[input, patch], [output, patch], [address("self"), from], [address("original"), from]].forEach(([source, at], i) => this.closeUps[i].show(source, at));
    this.tell(found, pixel);
    this.connect();
  }

  tell({ exemplar, patch, from }, pixel) {
    const moved = (by, more, less) => `${Math.abs(by)} px ${by < 0 ? more : less}`;
    const dx = from.x - patch.x;
    const dy = from.y - patch.y;
    const place = dx || dy
      ? `${[dy && moved(dy, "higher", "lower"), dx && moved(dx, "further left", "further right")].filter(Boolean).join(" and ")} than here`
      : "the same place as here";
    const copied = this.shows.pasted === "other" ? `the ${this.words.original.toLowerCase()} of ` : `what the network ${this.words.self.toLowerCase()} for `;
    const { id, style } = data.buildings[exemplar];
    this.told.replaceChildren("Row ", String(patch.y), ", column ", String(patch.x), `: copied from ${copied}`, dot(styleColour(style)),
      element("b", {}, `${style} building ${id}`), `, row ${from.y}, column ${from.x} (${place}). `, ...this.classes(pixel));
  }

  classes({ x, y }) {
    if (!this.legend) return [];
    const [network, pasted] = ["network", "output"].map((name) => this.result.classesOf(name)[y * SIZE + x]);
    this.legend.forEach((node, k) => node.classList.toggle("on", k === network || k === pasted));
    const name = (k) => data.classes[k].name;
    return [network === pasted
      ? `Network and patch both say “${name(network)}”.`
      : `The network says “${name(network)}”, the patch “${name(pasted)}”.`];
  }

  /* A line from the pixel to where it came from. */
  connect() {
    const { patch, from } = this.found;
    const frame = this.views.getBoundingClientRect();
    const end = (view, box) => {
      const shown = view.node.getBoundingClientRect();
      return [shown.left - frame.left + ((box.x + box.wide / 2) / SIZE) * shown.width,
        shown.top - frame.top + ((box.y + box.high / 2) / SIZE) * shown.height];
    };
    const [ax, ay] = end(this.pasted, patch);
    const [bx, by] = end(this.source, from);
    const bend = Math.max(40, Math.abs(bx - ax) * 0.4);
    const path = `M${ax},${ay} C${ax + bend},${ay} ${bx - bend},${by} ${bx},${by}`;
    this.line.innerHTML = `<path class="halo" d="${path}"/><path class="core" d="${path}"/>`;
  }

  /* Wanders over the picture until a person takes over. */
  wander(time) {
    if (this.touched) return;
    const t = time / 1000;
    const x = 64 + 40 * Math.sin(t * 0.43 + 3.6);
    const y = 60 + 38 * Math.sin(t * 0.31 + 6.1);
    this.point({ x: Math.floor(x), y: Math.floor(y) });
  }
}
