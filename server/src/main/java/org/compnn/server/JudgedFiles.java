package org.compnn.server;

import java.util.Optional;
import org.compnn.dataset.Pair;
import org.compnn.files.Sha256;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;
import org.compnn.study.Judgement;
import org.compnn.viewer.JudgementView;
import org.compnn.viewer.QueueView;
import org.compnn.viewer.ViewJson;
import tools.jackson.core.JacksonException;

/** What is kept of the pictures of one database that are judged, by set and name. */
final class JudgedFiles {
  private static final String CHARGES = "-charges.json";
  private static final float QUALITY = 0.8f;

  private final ReviewFolder folder;
  private final Cache<byte[]> memory;

  /**
   * @param folder for sets whose judgements last
   * @param mostBytes kept of others
   */
  JudgedFiles(ReviewFolder folder, long mostBytes) {
    this.folder = folder;
    this.memory = new Cache<>(mostBytes, bytes -> bytes.length);
  }

  /**
   * A judgement as it is kept.
   *
   * @param content the hash of the picture and its right output
   */
  private record Kept(String content, JudgementView judgement) {}

  /** What is kept of a picture. */
  Optional<JudgementView> judgement(JudgedSet set, int number) {
    return kept(set, number).map(kept -> kept.judgement().at(number, set.source().tags(number)));
  }

  private Optional<Kept> kept(JudgedSet set, int number) {
    return read(set, number, ".json").flatMap(JudgedFiles::read);
  }

  /** What is kept of the training pictures that account for a picture's wrong pixels. */
  Optional<byte[]> charges(JudgedSet set, int number) {
    return read(set, number, CHARGES);
  }

  /** The picture in small with its error drawn on it, as JPEG. */
  Optional<byte[]> small(JudgedSet set, int number) {
    return read(set, number, ".jpg");
  }

  private Optional<byte[]> read(JudgedSet set, int number, String ending) {
    String name = file(set, number, ending);
    return set.source().lasts() ? folder.read(name) : memory.get(name);
  }

  private void write(JudgedSet set, int number, String ending, byte[] content) {
    String name = file(set, number, ending);
    if (set.source().lasts()) {
      folder.write(name, content);
    } else {
      memory.put(name, content);
    }
  }

  private static String file(JudgedSet set, int number, String ending) {
    return set.id() + "-" + Sha256.of(set.source().name(number)).hex(8) + ending;
  }

  private static Optional<Kept> read(byte[] json) {
    try {
      return Optional.of(ViewJson.read(json, Kept.class));
    } catch (JacksonException e) {
      // A file of an older program, or damaged: the picture is judged anew.
      return Optional.empty();
    }
  }

  /** Keeps a picture in small. */
  void writeSmall(JudgedSet set, int number, Picture small) {
    write(set, number, ".jpg", PictureFile.jpeg(small, QUALITY));
  }

  /**
   * Keeps a judgement.
   *
   * @param content the hash of what was judged
   */
  void write(JudgedSet set, JudgementView view, Judgement judgement, String content) {
    int number = view.summary().number();
    write(set, number, CHARGES, ViewJson.bytes(QueueView.ChargesView.of(judgement)));
    write(set, number, ".json", ViewJson.bytes(new Kept(content, view)));
  }

  /** Whether what is kept is of this picture and right output. */
  boolean isOf(JudgedSet set, int number, Pair.Content content) {
    return kept(set, number).filter(kept -> kept.content().equals(hash(content))).isPresent();
  }

  static String hash(Pair.Content content) {
    Sha256 picture = Sha256.of(content.input().rgb());
    String target = content.target().map(right -> Sha256.of(bytes(right)).hex(8)).orElse("");
    return picture.hex(8) + target;
  }

  private static byte[] bytes(Raster raster) {
    return switch (raster) {
      case Picture picture -> picture.rgb();
      case LabelMap labels -> labels.classes();
      case ValueMap values -> values.littleEndian();
    };
  }
}
