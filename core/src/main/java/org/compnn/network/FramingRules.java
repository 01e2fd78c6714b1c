package org.compnn.network;

import java.util.Optional;
import java.util.OptionalInt;
import org.compnn.image.PictureSize;

/** Reads how a picture's size changes out of the keys of {@code preprocessor_config.json}. */
final class FramingRules {
  private final Configuration said;
  private final Optional<Configuration> edges;

  private FramingRules(Configuration said) {
    this.said = said;
    this.edges = said.object("size").filter(size -> !size.has("height"));
  }

  static FramingRules of(Configuration said) {
    return new FramingRules(said);
  }

  /** The input's size, where the file says one that holds for every picture. */
  Optional<Size> size() {
    if (crop().isPresent()) {
      return crop();
    }
    if (pads() && padSize().isPresent()) {
      return padSize();
    }
    if (!said.flag("do_resize", true)) {
      return Optional.empty();
    }
    if (special("convnext") && edge("shortest_edge").isPresent()) {
      // What is not cropped is made square.
      return edge("shortest_edge").map(edge -> new Size(edge, edge));
    }
    return byEdges()
        ? Optional.empty()
        : multiple(exact()).map(size -> pads() ? padded(size) : size);
  }

  private Size padded(Size size) {
    PictureSize input = margin().input(new PictureSize(size.height(), size.width()));
    return new Size(input.height(), input.width());
  }

  Framing framing() {
    ResizeRule rule = said.flag("do_resize", true) ? rule() : unchanged();
    Optional<Size> crop = crop();
    boolean surrounded = pads() && said.flag("do_resize", true);
    if ((crop.isPresent() || surrounded) && rule instanceof ResizeRule.Stretched) {
      rule =
          multiple(exact())
              .map(size -> (ResizeRule) new ResizeRule.Exact(size.height(), size.width()))
              .orElse(rule);
    }
    boolean whole = rule instanceof ResizeRule.Stretched;
    return whole ? Framing.WHOLE : new Framing(rule, crop, margin());
  }

  /** Pictures of another size than the network's are refused, unless they are cut or padded. */
  private ResizeRule unchanged() {
    return pads() || crop().isPresent() ? new ResizeRule.Unchanged() : new ResizeRule.Stretched();
  }

  private Optional<Size> crop() {
    if (special("convnext")) {
      int edge = edge("shortest_edge").orElse(384);
      return edge < 384 ? Optional.of(new Size(edge, edge)) : Optional.empty();
    }
    return said.flag("do_center_crop", false) ? said.size("crop_size") : Optional.empty();
  }

  private boolean pads() {
    return said.flag("do_pad", special("divisor") && said.has("pad_size"));
  }

  private Optional<Size> padSize() {
    if (!said.has("pad_size") && special("black") && edges.isPresent()) {
      int shortest = edge("shortest_edge").orElse(1);
      return Optional.of(new Size(shortest, edge("longest_edge").orElse(shortest)));
    }
    return special("beyond") ? Optional.empty() : said.size("pad_size");
  }

  private int divisor() {
    return said.whole("size_divisor")
        .orElseGet(
            () ->
                said.whole("size_divisibility")
                    .orElseGet(() -> special("beyond") ? said.whole("pad_size").orElse(8) : 1));
  }

  private boolean special(String rule) {
    return said.text("resize_rule").filter(rule::equals).isPresent()
        || said.text("pad_rule").filter(rule::equals).isPresent();
  }

  /** Whether the size is said by edges, so that every picture has one of its own. */
  private boolean byEdges() {
    return edges.isPresent()
        || special("multiples")
        || (said.has("size") && !said.flag("default_to_square", true) && number().isPresent());
  }

  private OptionalInt number() {
    return said.isWhole("size") ? said.whole("size") : OptionalInt.empty();
  }

  private Optional<Integer> edge(String name) {
    OptionalInt edge = edges.map(size -> size.whole(name)).orElseGet(OptionalInt::empty);
    if (edge.isEmpty() && name.equals("shortest_edge") && edges.isEmpty()) {
      edge = number();
    }
    if (edge.isEmpty() && name.equals("longest_edge")) {
      edge = said.whole("max_size");
    }
    return edge.isPresent() ? Optional.of(edge.getAsInt()) : Optional.empty();
  }

  private Optional<Size> exact() {
    return edges.isPresent() ? Optional.empty() : said.size("size");
  }

  /** A class of DPT's kind brings a size to multiples. */
  private Optional<Size> multiple(Optional<Size> size) {
    int multiple = said.whole("ensure_multiple_of").orElse(1);
    if (said.flag("keep_aspect_ratio", false) || special("letterbox") || multiple == 1) {
      return said.flag("keep_aspect_ratio", false) ? Optional.empty() : size;
    }
    return size.map(
        s ->
            new Size(
                ResizeRule.nearest(s.height(), multiple), ResizeRule.nearest(s.width(), multiple)));
  }

  private ResizeRule rule() {
    int multiple = special("divisor") ? divisor() : 1;
    if (special("multiples")) {
      return new ResizeRule.Multiples(divisor());
    }
    if (special("letterbox")) {
      return new ResizeRule.Letterbox();
    }
    if (!byEdges()) {
      return kept();
    }
    Optional<Integer> longest = edge("longest_edge");
    Optional<Integer> shortest = edge("shortest_edge");
    if (shortest.isPresent()) {
      return byShortest(shortest.get(), longest, multiple);
    }
    if (longest.isPresent()) {
      return new ResizeRule.Longest(longest.get());
    }
    Configuration size = edges.orElseThrow();
    if (size.has("max_height") && size.has("max_width")) {
      return new ResizeRule.Within(
          size.whole("max_height").orElseThrow(), size.whole("max_width").orElseThrow(), multiple);
    }
    throw said.wrong(
        "size",
        "a number, or an object with height and width, shortest_edge, longest_edge, or max_height"
            + " and max_width");
  }

  private ResizeRule kept() {
    Optional<Size> size = exact();
    return size.isPresent() && said.flag("keep_aspect_ratio", false)
        ? new ResizeRule.LeastChange(
            size.get().height(), size.get().width(), said.whole("ensure_multiple_of").orElse(1))
        : new ResizeRule.Stretched();
  }

  private ResizeRule byShortest(int shortest, Optional<Integer> longest, int multiple) {
    if (special("convnext") && shortest >= 384) {
      return new ResizeRule.Stretched();
    }
    boolean cropped = special("convnext") || special("crop_pct");
    int edge = shortest;
    if (cropped && said.number("crop_pct").isPresent()) {
      edge = (int) (shortest / said.number("crop_pct").getAsDouble());
    } else if (special("levit")) {
      edge = (int) (256.0 / 224 * shortest);
    }
    return new ResizeRule.Edges(
        edge, longest.map(OptionalInt::of).orElseGet(OptionalInt::empty), multiple);
  }

  private Margin margin() {
    boolean letterbox = special("grey");
    Margin.Fill fill =
        letterbox
            ? Margin.Fill.GREY
            : special("beyond")
                ? Margin.Fill.MIRRORED
                : special("black") ? Margin.Fill.BLACK : Margin.Fill.ZERO;
    return new Margin(
        fill,
        letterbox || special("around"),
        pads() ? divisor() : 1,
        special("beyond"),
        pads() ? padSize() : Optional.empty());
  }
}
