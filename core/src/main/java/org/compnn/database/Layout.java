package org.compnn.database;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.compnn.npy.ElementType;
import org.compnn.npy.NpyType;

/** Where things lie in a database's folder; paths are relative to it. */
public final class Layout {
  /** Holds what a build has left, until the database is finished. */
  public static final String BUILD = "build";

  public static final String NETWORK = "network";
  public static final String MODEL = "model.onnx";
  public static final String LAYERS = "layers";
  public static final String EXEMPLARS = "exemplars";
  public static final String INPUT = "exemplars/input";
  public static final String TARGET = "exemplars/target";
  public static final String PREDICTION = "exemplars/prediction";

  /** How well the network learned the targets, see {@link Learned}. */
  public static final String LEARNED = "exemplars/learned";

  public static final String CELLS = "/cells";
  public static final String MEAN = "mean.npy";
  public static final String DEVIATION = "deviation.npy";
  public static final String SCALE = "scale.npy";

  /** The code of coded cells, see {@link org.compnn.kernels.TransformCode}. */
  public static final String CODEBOOK = "codebook.npy";

  /** What mean and deviation were worked out from. */
  public static final String SUMS = "sums.json";

  private static final Pattern REVISION = Pattern.compile("\\.r(\\d{1,9})(?=\\.npy$)");

  private Layout() {}

  /**
   * A file of a column of shards.
   *
   * @param column such as {@link #INPUT}, or a layer's folder and {@link #CELLS}
   */
  public static String shard(String column, int shard) {
    return String.format(Locale.ROOT, "%s-%05d.npy", column, shard);
  }

  /**
   * A shard that took the place of another, since exemplars in it were replaced.
   *
   * @param revision 1 or more; another for every file that there was
   */
  public static String revised(String column, int shard, int revision) {
    return String.format(Locale.ROOT, "%s-%05d.r%d.npy", column, shard, revision);
  }

  /** The name that a shard had before exemplars in it were replaced. */
  public static String unrevised(String path) {
    return REVISION.matcher(path).replaceFirst("");
  }

  /** The revision of a shard; 0 for one that took no other's place. */
  public static int revision(String path) {
    Matcher revision = REVISION.matcher(path);
    return revision.find() ? Integer.parseInt(revision.group(1)) : 0;
  }

  /** Whether a file says something of targets, so that it is left out where there are none. */
  public static boolean needsTargets(String path) {
    return path.startsWith(TARGET) || path.startsWith(LEARNED);
  }

  /**
   * What a layer's cells are stored by, where their type takes something: per channel, or a code.
   */
  public static Optional<String> scales(ElementType elements) {
    return switch (elements) {
      case FLOAT32, FLOAT16 -> Optional.empty();
      case INT8 -> Optional.of(SCALE);
      case CODED -> Optional.of(CODEBOOK);
    };
  }

  /** What cells are stored as. */
  public static NpyType cells(ElementType elements) {
    return switch (elements) {
      case FLOAT32 -> NpyType.FLOAT32;
      case FLOAT16 -> NpyType.FLOAT16;
      case INT8, CODED -> NpyType.INT8;
    };
  }
}
