package org.compnn.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.compnn.compose.CorrespondenceMap;
import org.compnn.explain.Explanation;
import org.compnn.files.FileTree;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.image.PictureSize;
import org.compnn.image.Raster;
import org.compnn.report.Report;
import org.compnn.study.MatchLabels;
import org.compnn.viewer.EmbeddedView;
import org.compnn.viewer.ExplanationView;
import org.compnn.viewer.FieldBytes;

/** What the interface says of an explanation. */
final class ExplanationAnswers {
  private static final float QUALITY = 0.92f;

  private ExplanationAnswers() {}

  /**
   * The answer to a question.
   *
   * @param id to ask for arrays and pictures by
   * @param input the input's size
   * @param truth whether the right output is known
   * @param other whether there is an output of the other labels
   * @param photo whether the picture can be had finer than the network saw it
   */
  record Whole(
      String id,
      ExplanationView explanation,
      PictureSize input,
      boolean truth,
      boolean other,
      boolean photo) {}

  static Whole whole(Explainer.Answer answer) {
    Explanation why = answer.explanation();
    return new Whole(
        answer.id(),
        json(answer),
        new PictureSize(why.input().height(), why.input().width()),
        why.truth().isPresent(),
        why.other().isPresent(),
        !(answer.subject() instanceof Subject.Training) && why.frame().isCoarse());
  }

  static ExplanationView json(Explainer.Answer answer) {
    return ExplanationView.of(answer.explanation());
  }

  static Reply field(Explainer.Answer answer) {
    return Reply.of(
            "application/octet-stream",
            FieldBytes.of(
                answer.explanation().field(), answer.database().database().exemplars().size()))
        .forever();
  }

  /** The classes that the matches carry: of each the original, then the network's; 255 for none. */
  static Reply labels(Explainer.Answer answer) {
    Explanation why = answer.explanation();
    if (why.palette().size() == 0) {
      throw Refusal.notFound("this network gives no classes");
    }
    return Reply.of(
            "application/octet-stream",
            MatchLabels.of(answer.database().compnn(), why.field(), why.settings().layer())
                .classes())
        .forever();
  }

  /** One of the pictures; named as {@code compnn explain} names its files. */
  static Reply picture(Explainer.Answer answer, String name) {
    Explanation why = answer.explanation();
    Optional<Raster> raster =
        name.equals("correspondences.png")
            ? Optional.of(
                CorrespondenceMap.of(why.contributions())
                    .draw(why.field(), why.network().height(), why.network().width()))
            : name.endsWith(".png")
                ? EmbeddedView.picture(why, name.substring(0, name.length() - ".png".length()))
                : Optional.empty();
    return raster
        .map(found -> TrainingPictures.png(found, why.palette()).forever())
        .orElseThrow(() -> Refusal.notFound("this explanation has no " + name));
  }

  /** The picture that was asked about, where it is finer than what the network saw. */
  static Reply photo(Optional<Picture> fine) {
    return fine.map(picture -> Reply.of("image/jpeg", PictureFile.jpeg(picture, QUALITY)).forever())
        .orElseThrow(() -> Refusal.notFound("the picture is no finer than input.png"));
  }

  /** Everything that {@code compnn explain} writes, or one file of it, to be saved. */
  static Reply saved(Explainer.Answer answer, String name) {
    String stem = answer.explanation().name();
    if (name.endsWith(".png")) {
      return picture(answer, name).saved(stem + "-" + name);
    }
    return switch (name) {
      case "explanation.json" -> Reply.json(json(answer)).saved(stem + "-" + name);
      case "field.npy", "distance.npy", "report.html" -> {
        byte[] bytes = written(answer, folder -> Files.readAllBytes(one(folder, name)));
        String type =
            name.endsWith("html") ? "text/html; charset=utf-8" : "application/octet-stream";
        yield Reply.of(type, bytes).saved(stem + "-" + name);
      }
      case "explanation.zip" ->
          Reply.of("application/zip", written(answer, ExplanationAnswers::zip))
              .saved(stem + ".zip");
      default -> throw Refusal.notFound("this explanation has no " + name);
    };
  }

  private interface Reading {
    byte[] of(Path folder) throws IOException;
  }

  private static byte[] written(Explainer.Answer answer, Reading reading) {
    try {
      Path folder = Files.createTempDirectory("compnn-");
      try {
        Report.of(answer.explanation()).write(folder);
        return reading.of(folder);
      } finally {
        FileTree.remove(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path one(Path folder, String name) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.getFileName().toString().equals(name))
          .findFirst()
          .orElseThrow(() -> Refusal.notFound("this explanation has no " + name));
    }
  }

  private static byte[] zip(Path folder) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
