package org.compnn.bench.truth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.compnn.generate.Facade;
import org.compnn.generate.FacadeStyle;
import org.compnn.generate.Facades;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.image.Resample;
import org.compnn.image.Resize;

/**
 * Pictures of one seed to train on and to ask about.
 *
 * @param training what networks learn from
 * @param queries what they are asked about: other pictures
 */
record Street(List<Example> training, List<Example> queries) {
  /** The drives of CamVid's training pictures, as the names of its files begin. */
  static final List<String> DRIVES = List.of("0001TP", "0006R0", "0016E5");

  /** Far from the seeds of the training pictures. */
  private static final long ELSEWHERE = 1_000_003;

  Street {
    training = List.copyOf(training);
    queries = List.copyOf(queries);
  }

  /** Generated buildings of four styles. */
  static Street of(long seed, int size, int training, int queries) {
    return new Street(
        examples("t", seed, size, training), examples("q", seed + ELSEWHERE, size, queries));
  }

  private static List<Example> examples(String prefix, long seed, int size, int count) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Facade facade = Facades.generate(seed, i, size);
      examples.add(
          new Example(
              "%s%04d".formatted(prefix, i),
              Arrays.asList(FacadeStyle.values()).indexOf(facade.style()),
              facade.photo(),
              facade.labels(),
              facade.colouredLabels()));
    }
    return examples;
  }

  /**
   * Streets of CamVid: of so many of its pictures, chosen by the seed, the square in the middle.
   *
   * @param folder with {@code train} and {@code val}, each with {@code images} and {@code labels}
   * @param size rows and columns of an example
   * @throws IOException if there are none
   */
  static Street camvid(Path folder, long seed, int size, int training, int queries)
      throws IOException {
    return new Street(
        streets(folder.resolve("train"), "t", seed, size, training),
        streets(folder.resolve("val"), "q", seed, size, queries));
  }

  private static List<Example> streets(Path folder, String prefix, long seed, int size, int count)
      throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder.resolve("images"))) {
      files = all.sorted().toList();
    }
    int[] chosen =
        IntStream.of(Shuffled.of(files.size(), new Random(seed))).limit(count).sorted().toArray();
    List<Example> examples = new ArrayList<>();
    for (int i : chosen) {
      String name = files.get(i).getFileName().toString();
      Path labels = folder.resolve("labels").resolve(name.replaceFirst("\\.\\w+$", ".png"));
      Picture photo =
          Resize.picture(middle(PictureFile.read(files.get(i))), size, size, Resample.BILINEAR);
      examples.add(
          new Example(
              prefix + name.replaceFirst("\\.\\w+$", ""),
              DRIVES.indexOf(name.substring(0, DRIVES.getFirst().length())),
              photo,
              Resize.labels(middle(PictureFile.readIndices(labels)), size, size),
              photo));
    }
    return examples;
  }

  private static Picture middle(Picture whole) {
    int side = Math.min(whole.height(), whole.width());
    int top = (whole.height() - side) / 2;
    int left = (whole.width() - side) / 2;
    byte[] rgb = new byte[side * side * 3];
    for (int row = 0; row < side; row++) {
      int from = ((top + row) * whole.width() + left) * 3;
      System.arraycopy(whole.rgb(), from, rgb, row * side * 3, side * 3);
    }
    return new Picture(side, side, rgb);
  }

  /** What is of none of the classes has no label. */
  private static LabelMap middle(LabelMap whole) {
    int side = Math.min(whole.height(), whole.width());
    int top = (whole.height() - side) / 2;
    int left = (whole.width() - side) / 2;
    int classes = Kind.CAMVID.classes().size();
    byte[] labels = new byte[side * side];
    for (int i = 0; i < labels.length; i++) {
      int label = whole.label(top + i / side, left + i % side);
      labels[i] = (byte) (label < classes ? label : LabelMap.UNLABELLED);
    }
    return new LabelMap(side, side, labels);
  }
}
