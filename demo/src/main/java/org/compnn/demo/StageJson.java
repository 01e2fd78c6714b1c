package org.compnn.demo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import org.compnn.compose.Contribution;
import org.compnn.generate.FacadeClass;
import org.compnn.image.HexColour;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.image.Raster;
import org.compnn.network.Layer;
import org.compnn.report.Explanation;
import org.compnn.search.Field;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A stage of the demo as the page's scripts read it. */
final class StageJson {
  private static final float QUALITY = 0.92f;
  private static final Palette CLASSES =
      new Palette(
          Arrays.stream(FacadeClass.values()).map(FacadeClass::label).toList(),
          Arrays.stream(FacadeClass.values()).map(FacadeClass::colour).toList(),
          OptionalInt.empty());

  private StageJson() {}

  static ObjectNode of(Stage stage) {
    Explanation first = stage.exhibits().getFirst().why();
    Layer layer = first.settings().layer();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("key", stage.direction() == Direction.PAINT ? "paint" : "label");
    node.put("network", stage.direction().model().folder());
    node.put("layer", layer.name());
    node.put("rows", layer.rows());
    node.put("columns", layer.columns());
    node.put("channels", layer.channels());
    node.put("hyperpatch", first.settings().hyperpatch());
    node.put("search", first.settings().search());
    node.put(
        "seconds",
        stage.exhibits().stream()
            .mapToDouble(e -> e.why().timings().getOrDefault("search", 0.0) / 1e3)
            .average()
            .orElseThrow());
    ArrayNode figures = node.putArray("figures");
    for (Figures f : Figures.of(stage)) {
      ObjectNode row = figures.addObject().put("answer", f.answer()).put("against", f.reference());
      if (Double.isNaN(f.accuracy())) {
        row.put("levels", f.levels()).put("ssim", f.ssim());
      } else {
        row.put("accuracy", f.accuracy());
      }
    }
    ArrayNode exhibits = node.putArray("exhibits");
    stage.exhibits().forEach(e -> exhibits.add(exhibit(e)));
    ArrayNode swaps = node.putArray("swaps");
    for (Swap swap : stage.swaps()) {
      ObjectNode each = swaps.addObject();
      each.put("exhibit", stage.exhibits().indexOf(swap.exhibit()));
      ArrayNode styles = each.putArray("styles");
      swap.styles()
          .forEach(
              (style, why) ->
                  styles
                      .addObject()
                      .put("style", style.label())
                      .put("picture", picture(why.composition()))
                      .set("field", field(why.field())));
    }
    return node;
  }

  private static ObjectNode exhibit(Exhibit exhibit) {
    Explanation why = exhibit.why();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", exhibit.id()).put("style", exhibit.style().label());
    node.put("input", picture(why.input()));
    node.put("network", picture(why.network()));
    node.put("composition", picture(why.composition()));
    why.truth().ifPresent(truth -> node.put("truth", picture(truth)));
    why.other().ifPresent(other -> node.put("original", picture(other)));
    node.put("global", picture(exhibit.global())).put("nearest", exhibit.nearest());
    node.set("field", field(why.field()));
    ArrayNode sources = node.putArray("sources");
    List<Contribution> ranked = why.contributions();
    for (Contribution c : ranked) {
      sources
          .addObject()
          .put("building", c.exemplar())
          .put("share", c.share())
          .put("colour", HexColour.of(why.correspondences().colour(c.exemplar())));
    }
    if (why.network() instanceof LabelMap network) {
      node.put("classes", base64(network.classes()));
      node.put("pasted", base64(((LabelMap) why.composition()).classes()));
    }
    return node;
  }

  /** Exemplar, row and column of every cell's match, two bytes each. */
  private static ObjectNode field(Field field) {
    int cells = field.rows() * field.columns();
    int[] first = new int[cells];
    Arrays.setAll(first, i -> i * field.topK());
    return JsonNodeFactory.instance
        .objectNode()
        .put("building", base64(shorts(first, field.exemplar())))
        .put("row", base64(shorts(first, field.row())))
        .put("column", base64(shorts(first, field.column())));
  }

  private static byte[] shorts(int[] places, int[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(places.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (int place : places) {
      buffer.putShort((short) values[place]);
    }
    return buffer.array();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** An address that holds the picture itself; photos as JPEG, label maps without loss. */
  static String picture(Raster raster, float quality) {
    return switch (raster) {
      case Picture photo when isPhoto(photo) ->
          "data:image/jpeg;base64," + base64(PictureFile.jpeg(photo, quality));
      default -> "data:image/png;base64," + base64(PictureFile.png(raster, CLASSES));
    };
  }

  private static String picture(Raster raster) {
    return picture(raster, QUALITY);
  }

  /** Label pictures have a dozen colours, which JPEG would smear. */
  private static boolean isPhoto(Picture picture) {
    byte[] rgb = picture.rgb();
    for (int i = 0; i < rgb.length; i += 3) {
      int colour = (rgb[i] & 0xff) << 16 | (rgb[i + 1] & 0xff) << 8 | (rgb[i + 2] & 0xff);
      if (!CLASSES.colours().contains(colour)) {
        return true;
      }
    }
    return false;
  }
}
