package org.compnn.chaos;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Flips a bit of a database. */
@Command(
    name = "flips",
    mixinStandardHelpOptions = true,
    description =
        "Flip one bit in every kind of file of a database, in each field of its descriptions too;"
            + " 'compnn verify' must find it, and no other answer may come in silence.")
final class FlipsCampaign implements Callable<Integer> {
  @Mixin private final Bounds bounds = new Bounds();

  @Override
  public Integer call() throws Exception {
    try (Material material = Material.make()) {
      Path database = material.folder().resolve("flipped.db");
      material.done(material.index(material.data(), database, "--type", "int8").toArray());
      Picture picture = PictureFile.read(material.picture());
      Flips flips = new Flips(database, picture, Trees.hashes(database));
      Results results = bounds.run("flips", flips::run);
      return bounds.tell(results, System.out);
    }
  }
}
