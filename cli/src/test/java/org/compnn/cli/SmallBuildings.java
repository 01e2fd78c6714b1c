package org.compnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import org.compnn.demo.ShippedModel;

/**
 * Two small databases of generated buildings, one for each network that comes with the program, and
 * pictures that are in neither; all made by the commands.
 */
final class SmallBuildings {
  static final int TRAINING = 12;
  static final int UNSEEN = 3;

  /** A network and its buildings. */
  enum Kind {
    /** Photos in, labels out. */
    LABELLER(ShippedModel.LABELLER, "photos"),
    /** Coloured labels in, photos out. */
    PAINTER(ShippedModel.PAINTER, "labels");

    private final ShippedModel model;
    private final String inputs;

    Kind(ShippedModel model, String inputs) {
      this.model = model;
      this.inputs = inputs;
    }

    /** The network's name. */
    String model() {
      return model.folder();
    }
  }

  private final Path folder;

  private SmallBuildings(Path folder) {
    this.folder = folder;
  }

  /** Makes everything in an empty folder. */
  static SmallBuildings in(Path folder) throws IOException {
    return in(folder, TRAINING);
  }

  /** The same with another number of training pictures. */
  static SmallBuildings in(Path folder, int pictures) throws IOException {
    SmallBuildings made = new SmallBuildings(folder);
    for (Kind kind : Kind.values()) {
      Path training = folder.resolve(kind.model() + "-training");
      made.generate(kind, pictures, 7, training);
      made.generate(kind, UNSEEN, 8, made.unseen(kind));
      run(
          "index",
          kind.model.unpack(folder),
          training,
          "--layers",
          "penultimate,bottleneck",
          "--out",
          made.database(kind));
    }
    return made;
  }

  private void generate(Kind kind, int count, int seed, Path to) {
    run(
        "generate",
        "--count",
        count,
        "--seed",
        seed,
        "--size",
        ShippedModel.SIZE,
        "--direction",
        kind.inputs,
        "--out",
        to);
  }

  Path database(Kind kind) {
    return folder.resolve(kind.model() + ".db");
  }

  /** A data set of pictures that are not in the database. */
  Path unseen(Kind kind) {
    return folder.resolve(kind.model() + "-unseen");
  }

  /** The input of one of them. */
  Path picture(Kind kind, int number) {
    return unseen(kind).resolve("images/%06d.png".formatted(number));
  }

  /** Runs a command, which must not fail. */
  static void run(Object... args) {
    run(new StringWriter(), args);
  }

  /** The same; what it says on standard error is kept. */
  static void run(StringWriter err, Object... args) {
    var commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(new StringWriter()));
    commandLine.setErr(new PrintWriter(err));
    String[] words = Arrays.stream(args).map(Object::toString).toArray(String[]::new);
    int code = commandLine.execute(words);
    assertThat(code).as("%s: %s", Arrays.toString(words), err).isZero();
  }
}
