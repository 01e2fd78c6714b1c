/* One direction: an unseen building, what the network made of it, and where the same can be copied from. */

const WORDS = {
  paint: {
    title: "From labels to a photo",
    given: ["The label map", "drawn by nobody in the training set"],
    network: "What the network painted",
    pasted: "Pasted from training patches",
    truth: "The true photo",
    prediction: "As painted",
    target: "Photo",
    input: "Labels",
  },
  label: {
    title: "From a photo to labels",
    given: ["The photo", "of a building not in the training set"],
    network: "What the network labelled",
    pasted: "Pasted from training labels",
    truth: "The true labels",
    prediction: "As labelled",
    target: "True labels",
    input: "Photo",
  },
};

/* What a training building's pictures are called in the page's data. */
const KEYS = {
  paint: { input: "labels", target: "photo", prediction: "painted" },
  label: { input: "photo", target: "labels", prediction: "labelled" },
};

class Stage {
  constructor(section, stage) {
    this.stage = stage;
    this.words = WORDS[stage.key];
    this.keys = KEYS[stage.key];
    this.section = section;
    this.at = { x: 46, y: 58 };
    this.shows = { network: "network", pasted: "composition", source: "prediction" };
    this.build();
    this.choose(0);
    this.touched = false;
    window.addEventListener("resize", () => this.point(this.at));
  }

  build() {
    const { words, stage } = this;
    const labels = stage.key === "label";
    this.given = new View(words.given[0], { pixels: !labels });
    this.network = new View(words.network, { pixels: labels });
    this.pasted = new View(words.pasted, { pixels: labels });
    this.source = new View("The training building it came from", { pixels: labels });
    this.tint = element("canvas", { width: SIZE, height: SIZE, class: "pixels", hidden: true });
    this.pasted.node.insertBefore(this.tint, this.pasted.over);
    for (const view of [this.given, this.network, this.pasted]) {
      view.listen((pixel) => { this.touched = true; this.point(pixel); }, () => this.at);
    }
    this.sourceName = element("small", {});
    this.summary = element("p", {});
    const card = (view, title, small, ...rest) =>
      element("figure", { class: "card" },
        element("figcaption", {}, element("b", {}, title), small), view.node, ...rest);
    const sourceCard = card(this.source, "…from this training building", this.sourceName,
      choice([["prediction", words.prediction], ["target", words.target], ["input", words.input]], "prediction",
        (key) => { this.shows.source = key; this.point(this.at); }));
    sourceCard.classList.add("source");
    this.sourceCard = sourceCard;
    this.pastedNote = element("small", {});
    const parsed = element("div", {});
    parsed.innerHTML = '<svg class="line" aria-hidden="true"></svg>';
    this.line = parsed.firstChild;
    this.views = element("div", { class: "views" },
      card(this.given, words.given[0], element("small", {}, words.given[1])),
      card(this.network, words.network, element("small", {}, `${stage.network}, ${stage.channels} channels a cell`),
        choice([["network", "Network"], ["truth", "Truth"], ["global", "Nearest building"]], "network",
          (key) => { this.shows.network = key; this.pictures(); })),
      card(this.pasted, words.pasted, this.pastedNote,
        choice([["composition", "Patches"], ["sources", "By source"], ["original", "Originals"]], "composition",
          (key) => { this.shows.pasted = key; this.pictures(); })),
      sourceCard, this.line);
    this.thumbs = stage.exhibits.map((exhibit, i) =>
      element("button", { type: "button", onclick: () => { this.touched = true; this.choose(i); }, "aria-label": exhibit.id },
        element("img", { src: exhibit.input, alt: "", class: labels ? "" : "pixels" })));
    this.closeUps = ["given", "pasted", words.prediction.toLowerCase(), words.target.toLowerCase()].map((l) => new CloseUp(l));
    this.told = element("p", { "aria-live": "off" });
    this.section.append(
      element("div", { class: "head" },
        element("div", {}, element("h2", {}, words.title), this.summary),
        element("div", { class: "thumbs", role: "group", "aria-label": "Unseen buildings" }, ...this.thumbs)),
      this.views,
      element("div", { class: "trace" },
        element("div", { class: "close" }, this.closeUps[0].node, this.closeUps[1].node,
          element("span", { class: "arrow" }, "←"), this.closeUps[2].node, this.closeUps[3].node),
        this.told),
      this.streets());
    if (labels) {
      this.legend = DATA.classes.map((c) => {
        const dot = element("span", { class: "dot" });
        dot.style.setProperty("--style", c.colour);
        return element("li", {}, dot, c.name);
      });
      this.section.append(element("ul", { class: "legend" }, ...this.legend));
    }
  }

  /* The training buildings, a street for each style. */
  streets() {
    this.walls = new Map();
    this.tiles = [];
    const node = element("div", { class: "streets" });
    for (const style of new Set(DATA.buildings.map((b) => b.style).sort())) {
      const share = element("span", {});
      const meter = element("i", {});
      const wall = element("div", { class: "wall" });
      const street = element("div", { class: "street" },
        element("h3", {}, element("span", {}, style), share), element("div", { class: "meter" }, meter), wall);
      street.style.setProperty("--style", styleColour(style));
      DATA.buildings.forEach((building, i) => {
        if (building.style !== style) return;
        const tile = element("button", { type: "button", tabIndex: -1, onclick: () => this.jump(i) },
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
    this.field = new Field(this.exhibit.field, this.stage.rows, this.stage.columns);
    this.thumbs.forEach((t, k) => t.setAttribute("aria-pressed", String(k === i)));
    this.shares = new Map(this.exhibit.sources.map((s) => [s.building, s]));
    const byStyle = new Map();
    for (const { building, share } of this.exhibit.sources) {
      const { style } = DATA.buildings[building];
      byStyle.set(style, (byStyle.get(style) || 0) + share);
    }
    for (const [style, { share, meter }] of this.walls) {
      share.textContent = `gave ${percent(byStyle.get(style) || 0)}`;
      meter.style.width = `${100 * (byStyle.get(style) || 0)}%`;
    }
    this.tiles.forEach((tile, k) => {
      const share = this.shares.get(k);
      tile.classList.toggle("used", Boolean(share));
      tile.title = `building ${DATA.buildings[k].id}${share ? `, gave ${percent(share.share, 1)}` : ""}`;
    });
    this.summary.textContent =
      `An unseen ${this.exhibit.style} building, put together from ${this.exhibit.sources.length} of the ${DATA.buildings.length} training buildings below.`;
    this.paintSources();
    this.pictures();
    this.point(this.at);
  }

  pictures() {
    const { exhibit, words, shows } = this;
    const labels = this.stage.key === "label";
    this.given.show(exhibit.input, words.given[0]);
    this.network.show(exhibit[shows.network], words[shows.network] || "The nearest training building as a whole");
    this.tint.hidden = shows.pasted !== "sources";
    this.pasted.show(shows.pasted === "original" ? exhibit.original : exhibit.composition, words.pasted);
    this.pastedNote.textContent = {
      composition: `cut from what the network ${labels ? "labelled" : "painted"}`, sources: "a colour for each building",
      original: `cut from the ${labels ? "true labels" : "photos"} instead`,
    }[shows.pasted];
  }

  /* Every pixel in the colour of the building it came from. */
  paintSources() {
    const pen = this.tint.getContext("2d");
    const { building, rows, columns } = this.field;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        pen.fillStyle = this.shares.get(building[row * columns + column]).colour;
        pen.fillRect((column * SIZE) / columns, (row * SIZE) / rows, Math.ceil(SIZE / columns), Math.ceil(SIZE / rows));
      }
    }
  }

  /* Points at the first pixel that a building gave. */
  jump(building) {
    const cell = this.field.building.indexOf(building);
    if (cell < 0) return;
    this.touched = true;
    const { columns, rows } = this.field;
    this.point({ x: ((cell % columns) + 0.5) * (SIZE / columns), y: (Math.floor(cell / columns) + 0.5) * (SIZE / rows) });
  }

  point(pixel) {
    this.at = pixel;
    const found = this.field.at(pixel);
    const building = DATA.buildings[found.building];
    for (const view of [this.given, this.network, this.pasted]) view.mark(found.patch);
    this.source.show(building[this.keys[this.shows.source]], `training building ${building.id}`);
    this.source.mark(found.from);
    this.sourceCard.style.setProperty("--style", styleColour(building.style));
    this.sourceName.textContent = `${building.id}, ${building.style}, gave ${percent(this.shares.get(found.building).share, 1)}`;
    if (this.lit) this.lit.classList.remove("here");
    this.lit = this.tiles[found.building];
    this.lit.classList.add("here");
    this.closeUps[0].show(this.exhibit.input, found.patch);
    this.closeUps[1].show(this.exhibit.composition, found.patch);
    this.closeUps[2].show(building[this.keys.prediction], found.from);
    this.closeUps[3].show(building[this.keys.target], found.from);
    this.tell(found, building);
    this.connect(found);
  }

  tell({ patch, from }, building) {
    const moved = (by, more, less) => `${Math.abs(by)} px ${by < 0 ? more : less}`;
    const dx = from.x - patch.x;
    const dy = from.y - patch.y;
    const place = dx || dy
      ? [dy && moved(dy, "higher", "lower"), dx && moved(dx, "further left", "further right")].filter(Boolean).join(" and ")
      : "in the very same place";
    const dot = element("span", { class: "dot" });
    dot.style.setProperty("--style", styleColour(building.style));
    this.told.replaceChildren("Row ", String(patch.y), ", column ", String(patch.x), ": copied from ", dot,
      element("b", {}, `${building.style} building ${building.id}`), `, ${place}. `, ...this.classes(patch));
  }

  classes(patch) {
    if (!this.exhibit.classes) return [];
    const i = Math.floor(patch.y) * SIZE + Math.floor(patch.x);
    const network = bytes(this.exhibit.classes)[i];
    const pasted = bytes(this.exhibit.pasted)[i];
    this.legend.forEach((node, k) => node.classList.toggle("on", k === network || k === pasted));
    const name = (k) => DATA.classes[k].name;
    return [network === pasted
      ? `Network and patch both say “${name(network)}”.`
      : `The network says “${name(network)}”, the patch “${name(pasted)}”.`];
  }

  /* A line from the pixel to where it came from. */
  connect({ patch, from }) {
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
