package org.compnn.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.problem.UserError;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One file of LabelMe's; the picture that it may hold is not kept.
 *
 * @param imagePath the picture's path as it was written
 * @param height rows that it says, 0 if it says none
 * @param width columns
 * @param embedded whether the file holds the picture
 * @param withoutArea how many shapes are lines or points
 */
record LabelMeJson(
    Path file,
    String imagePath,
    int height,
    int width,
    boolean embedded,
    List<Labelled> shapes,
    int withoutArea) {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int CIRCLE_CORNERS = 128;

  /** A shape with the name of its class. */
  record Labelled(String name, Shape shape) {}

  static LabelMeJson read(Path file) {
    String imagePath = "";
    int height = 0;
    int width = 0;
    boolean embedded = false;
    List<Labelled> shapes = new ArrayList<>();
    int withoutArea = 0;
    try (JsonParser parser = MAPPER.createParser(file.toFile())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (name) {
          case "imagePath" -> imagePath = parser.getValueAsString("");
          case "imageHeight" -> height = parser.getValueAsInt(0);
          case "imageWidth" -> width = parser.getValueAsInt(0);
          case "imageData" -> embedded = value == JsonToken.VALUE_STRING;
          case "shapes" -> {
            for (JsonNode node : parser.<JsonNode>readValueAsTree()) {
              Optional<Shape> shape = shape(node, file);
              shape.ifPresent(s -> shapes.add(new Labelled(node.path("label").asString(""), s)));
              withoutArea += shape.isPresent() ? 0 : 1;
            }
          }
          default -> parser.skipChildren();
        }
      }
    } catch (JacksonException e) {
      throw new UserError(
          "%s: expected LabelMe JSON, found: %s".formatted(file, e.getOriginalMessage()), e);
    }
    return new LabelMeJson(
        file, imagePath, height, width, embedded, List.copyOf(shapes), withoutArea);
  }

  /** The picture's file, where it is there. */
  Optional<Path> picture() {
    if (imagePath.isBlank()) {
      return Optional.empty();
    }
    Path folder = file.toAbsolutePath().resolveSibling("");
    Path written = Path.of(imagePath.replace('\\', '/'));
    return Optional.of(folder.resolve(written))
        .filter(Files::isRegularFile)
        .or(() -> Optional.of(folder.resolve(written.getFileName())).filter(Files::isRegularFile));
  }

  /** The picture that the file holds. */
  Picture embeddedPicture() {
    try (JsonParser parser = MAPPER.createParser(file.toFile())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals("imageData")) {
          return PictureFile.read(parser.getBinaryValue(), file.toString());
        }
        parser.skipChildren();
      }
    } catch (JacksonException e) {
      throw new UserError(
          "%s: expected a picture as Base64, found: %s".formatted(file, e.getOriginalMessage()), e);
    }
    throw new UserError(file + ": expected a picture within, found none");
  }

  private static Optional<Shape> shape(JsonNode node, Path file) {
    float[] points = points(node.path("points"), file);
    return switch (node.path("shape_type").asString("polygon")) {
      case "polygon" -> points.length < 6 ? Optional.empty() : Optional.of(polygon(points));
      case "rectangle" -> {
        need(points, 4, file);
        yield Optional.of(
            polygon(
                points[0], points[1], points[2], points[1], points[2], points[3], points[0],
                points[3]));
      }
      case "circle" -> {
        need(points, 4, file);
        yield Optional.of(circle(points));
      }
      case "mask" -> {
        need(points, 4, file);
        yield Optional.of(mask(node.path("mask").asString(""), points, file));
      }
      default -> Optional.empty();
    };
  }

  private static Shape polygon(float... ring) {
    return new Shape.Polygons(new float[][] {ring});
  }

  /** A centre and a point of the circle. */
  private static Shape circle(float[] points) {
    double radius = Math.hypot(points[2] - points[0], points[3] - points[1]);
    float[] ring = new float[2 * CIRCLE_CORNERS];
    for (int i = 0; i < CIRCLE_CORNERS; i++) {
      double angle = 2 * Math.PI * i / CIRCLE_CORNERS;
      ring[2 * i] = (float) (points[0] + radius * Math.cos(angle));
      ring[2 * i + 1] = (float) (points[1] + radius * Math.sin(angle));
    }
    return polygon(ring);
  }

  /** A small picture, white within, whose first pixel lies at the first point. */
  private static Shape mask(String base64, float[] points, Path file) {
    Picture picture;
    try {
      picture = PictureFile.read(Base64.getDecoder().decode(base64), file + ", a mask in it");
    } catch (IllegalArgumentException e) {
      throw new UserError(file + ": expected a mask as Base64, found something else", e);
    }
    BitSet inside = new BitSet();
    for (int i = 0; i < picture.height() * picture.width(); i++) {
      inside.set(i, picture.rgb()[3 * i] != 0);
    }
    return new Shape.Bitmap((int) points[1], (int) points[0], picture.width(), inside);
  }

  private static void need(float[] points, int numbers, Path file) {
    if (points.length != numbers) {
      throw new UserError(
          "%s: expected %d points of a shape, found %d"
              .formatted(file, numbers / 2, points.length / 2));
    }
  }

  private static float[] points(JsonNode list, Path file) {
    float[] points = new float[2 * list.size()];
    for (int i = 0; i < points.length; i++) {
      points[i] = (float) list.path(i / 2).path(i % 2).asDouble(Double.NaN);
      if (!Float.isFinite(points[i])) {
        throw new UserError(file + ": expected x and y of each point, found " + list.path(i / 2));
      }
    }
    return points;
  }
}
