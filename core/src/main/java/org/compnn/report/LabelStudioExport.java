package org.compnn.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.compnn.files.FileNames;
import org.compnn.image.HexColour;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.viewer.Markup;
import org.compnn.viewer.ViewJson;

/**
 * Regions as Label Studio imports them: {@code tasks.json} with a predicted brush region each, the
 * pictures in {@code data/}, named as Label Studio's storage of local files serves them, and {@code
 * config.xml}, the interface that shows them.
 *
 * @see <a href="https://labelstud.io/guide/predictions">Label Studio, pre-annotations</a>
 */
final class LabelStudioExport {
  private static final String LOCAL = "/data/local-files/?d=data/";

  private final ExportFiles files;
  private final Palette palette;
  private final FileNames names = new FileNames();
  private final List<Task> tasks = new ArrayList<>();

  LabelStudioExport(ExportFiles files, Palette palette) {
    this.files = files;
    this.palette = palette;
  }

  private record Task(Source data, List<Prediction> predictions) {}

  private record Source(String image, String source) {}

  private record Prediction(String modelVersion, List<Result> result) {}

  private record Result(
      String id,
      String fromName,
      String toName,
      String type,
      int originalWidth,
      int originalHeight,
      int imageRotation,
      Brush value) {}

  private record Brush(
      String format, List<Integer> rle, @JsonProperty("brushlabels") List<String> labels) {}

  /** Adds a picture with its regions, each of the picture's size. */
  void add(String id, Picture picture, List<LabelledRegion> regions) throws IOException {
    String file = names.unique(id) + ".png";
    files.write("data/" + file, PictureFile.png(picture));
    List<Result> results = new ArrayList<>();
    for (LabelledRegion region : regions) {
      results.add(
          new Result(
              "region" + (results.size() + 1),
              "label",
              "image",
              "brushlabels",
              picture.width(),
              picture.height(),
              0,
              new Brush(
                  "rle", BrushRuns.of(region.mask()), List.of(palette.name(region.label())))));
    }
    tasks.add(new Task(new Source(LOCAL + file, id), List.of(new Prediction("compnn", results))));
  }

  Path finish() throws IOException {
    StringBuilder config = new StringBuilder("<View>\n");
    config.append("  <Image name=\"image\" value=\"$image\" zoom=\"true\"/>\n");
    config.append("  <BrushLabels name=\"label\" toName=\"image\">\n");
    for (int i = 0; i < palette.size(); i++) {
      config.append(
          "    <Label value=\"%s\" background=\"%s\"/>\n"
              .formatted(Markup.escape(palette.name(i)), HexColour.of(palette.colours().get(i))));
    }
    config.append("  </BrushLabels>\n</View>\n");
    files.write("config.xml", config.toString().getBytes(StandardCharsets.UTF_8));
    return files.write("tasks.json", ViewJson.bytes(tasks));
  }
}
