package org.compnn.generate;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.compnn.image.HexColour;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes generated facades as a data set of paired folders.
 *
 * <pre>
 * images/000000.png   the inputs
 * labels/000000.png   the targets of the same stem; label maps as palette PNG, its index the class
 * tags.csv            id, tags (separated by semicolons)
 * classes.csv         code, name, colour
 * planted.json        what was planted, where that was asked for
 * </pre>
 */
public final class FacadeFolder {
  private FacadeFolder() {}

  /**
   * What to write.
   *
   * @param count how many facades, 1 or more
   * @param size side in pixels, 32..1024
   * @param seed names the street; facade i of it is {@code Facades.generate(seed, i, size)}
   * @param direction what is input and what target
   * @param plant whether to hide three awnings and some mislabelled regions
   * @param mistaken a style of which most buildings have their windows labelled as doors; whether a
   *     building does depends on seed and index alone
   */
  public record Settings(
      int count,
      int size,
      long seed,
      Direction direction,
      boolean plant,
      Optional<FacadeStyle> mistaken) {
    /** Settings for labels without a style that is mistaken. */
    public Settings(int count, int size, long seed, Direction direction, boolean plant) {
      this(count, size, seed, direction, plant, Optional.empty());
    }
  }

  /**
   * Writes a data set.
   *
   * @param folder a new or empty folder
   * @return what was planted; empty lists if nothing was
   * @throws UserError if the folder holds something or the settings make no data set
   */
  public static Planted write(Path folder, Settings settings, Progress progress)
      throws IOException {
    check(folder, settings);
    Path images = Files.createDirectories(folder.resolve("images"));
    Path labels = Files.createDirectories(folder.resolve("labels"));
    Planted.Plan plan =
        settings.plant() ? Planted.Plan.of(settings.seed(), settings.count()) : Planted.Plan.none();
    List<Planted.Mislabelled> wrong = Collections.synchronizedList(new ArrayList<>());
    String[] tags = new String[settings.count()];
    try (Progress.Task task = progress.begin("drawing", "facades", settings.count())) {
      IntStream.range(0, settings.count())
          .parallel()
          .forEach(
              i -> {
                Facade facade =
                    plan.awnings().contains(i)
                        ? Facades.withAwning(settings.seed(), i, settings.size())
                        : Facades.generate(settings.seed(), i, settings.size());
                if (plan.mislabelled().contains(i)) {
                  facade = changed(facade, Planted.mislabel(id(i), facade.labels()), wrong);
                } else if (settings.mistaken().equals(Optional.of(facade.style()))
                    && Planted.isMistaken(settings.seed(), i)) {
                  facade = changed(facade, Planted.mistake(id(i), facade.labels()), wrong);
                }
                tags[i] = id(i) + "," + String.join(";", facade.tags());
                String name = id(i) + ".png";
                boolean photoIn = settings.direction() == Direction.PHOTOS;
                png(
                    images.resolve(name),
                    image(photoIn ? facade.photo() : facade.colouredLabels()));
                png(labels.resolve(name), photoIn ? image(facade.labels()) : image(facade.photo()));
                task.advance(1);
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    Files.writeString(folder.resolve("tags.csv"), "id,tags\n" + String.join("\n", tags) + "\n");
    Files.writeString(folder.resolve("classes.csv"), classes());
    Planted planted =
        new Planted(
            plan.awnings().stream().map(FacadeFolder::id).toList(),
            wrong.stream().sorted((a, b) -> a.id().compareTo(b.id())).toList());
    if (settings.plant() || settings.mistaken().isPresent()) {
      JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
      Files.writeString(folder.resolve("planted.json"), json.writeValueAsString(planted) + "\n");
    }
    return planted;
  }

  private static Facade changed(
      Facade facade,
      Map.Entry<LabelMap, Planted.Mislabelled> change,
      List<Planted.Mislabelled> wrong) {
    wrong.add(change.getValue());
    return new Facade(change.getKey(), facade.photo(), facade.style(), facade.tags());
  }

  /** The id of a facade in a data set: its index in six digits. */
  public static String id(int index) {
    return String.format(Locale.ROOT, "%06d", index);
  }

  private static void check(Path folder, Settings settings) throws IOException {
    int fewest = settings.plant() ? Planted.FEWEST : 1;
    if (settings.count() < fewest) {
      throw new UserError(
          "--count: expected %d facades or more%s, found %d"
              .formatted(fewest, settings.plant() ? " with --plant" : "", settings.count()));
    }
    if (Files.isDirectory(folder)) {
      try (Stream<Path> inside = Files.list(folder)) {
        if (inside.findAny().isPresent()) {
          throw new UserError(
              folder + ": expected a new or empty folder, found files in it; choose another --out");
        }
      }
    }
  }

  private static String classes() {
    StringBuilder csv = new StringBuilder("code,name,colour\n");
    for (FacadeClass c : FacadeClass.values()) {
      csv.append(
          String.format(Locale.ROOT, "%d,%s,%s\n", c.code(), c.label(), HexColour.of(c.colour())));
    }
    return csv.toString();
  }

  private static BufferedImage image(Picture picture) {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < bgr.length; i += 3) {
      bgr[i] = picture.rgb()[i + 2];
      bgr[i + 1] = picture.rgb()[i + 1];
      bgr[i + 2] = picture.rgb()[i];
    }
    return image;
  }

  private static BufferedImage image(LabelMap labels) {
    int[] colours = new int[FacadeClass.values().length];
    for (FacadeClass c : FacadeClass.values()) {
      colours[c.code()] = c.colour();
    }
    IndexColorModel palette =
        new IndexColorModel(8, colours.length, colours, 0, false, -1, DataBuffer.TYPE_BYTE);
    BufferedImage image =
        new BufferedImage(
            labels.width(), labels.height(), BufferedImage.TYPE_BYTE_INDEXED, palette);
    byte[] indices = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    System.arraycopy(labels.classes(), 0, indices, 0, indices.length);
    return image;
  }

  private static void png(Path file, BufferedImage image) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      if (!ImageIO.write(image, "png", bytes)) {
        throw new IllegalStateException("no writer for PNG");
      }
      Files.write(file, bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
