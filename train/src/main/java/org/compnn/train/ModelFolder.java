package org.compnn.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.compnn.files.WholeFile;
import org.compnn.image.Resample;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A trained network as people exchange it: {@code model.onnx} and the two files that go with it.
 */
final class ModelFolder {
  /** The network's file in its folder. */
  static final String MODEL = "model.onnx";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ModelFolder() {}

  /**
   * Writes the three files; each appears whole.
   *
   * @param inputs how pictures of another size are to be resized
   */
  static void write(Path folder, Course course, int rows, int columns, Resample inputs)
      throws IOException {
    Files.createDirectories(folder);
    Course.Ports ports = course.ports();
    byte[] onnx =
        OnnxOps.model(
            course.network(),
            course.parameters().values(),
            ports.input(),
            ports.output(),
            rows,
            columns,
            ports.channels());
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("architectures", List.of(course.network().name()));
    config.putAll(course.config());
    Map<String, Object> preprocessing = new LinkedHashMap<>();
    preprocessing.put("do_resize", true);
    preprocessing.put("size", Map.of("height", rows, "width", columns));
    preprocessing.put("resample", inputs == Resample.NEAREST ? 0 : 2);
    preprocessing.put("do_rescale", true);
    preprocessing.put("rescale_factor", 1 / 255.0);
    preprocessing.put("do_normalize", true);
    preprocessing.put("image_mean", decimals(course.normalisation().mean()));
    preprocessing.put("image_std", decimals(course.normalisation().deviation()));
    WholeFile.write(
        folder.resolve("preprocessor_config.json"), JSON.writeValueAsBytes(preprocessing));
    WholeFile.write(folder.resolve("config.json"), JSON.writeValueAsBytes(config));
    WholeFile.write(folder.resolve(MODEL), onnx);
  }

  /** The decimals that a float stands for, 0.411 rather than 0.41100001. */
  private static List<Double> decimals(float[] values) {
    List<Double> decimals = new ArrayList<>();
    for (float v : values) {
      decimals.add(Double.valueOf(Float.toString(v)));
    }
    return decimals;
  }
}
