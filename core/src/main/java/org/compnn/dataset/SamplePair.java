package org.compnn.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.compnn.image.Raster;
import org.compnn.image.StoredPicture;
import org.compnn.network.InputPart;
import org.compnn.network.Sample;
import org.compnn.problem.UserError;

/**
 * A pair for a network that reads more than a picture.
 *
 * @param pair the picture and its target
 * @param files the picture, or the files of its bands
 * @param inputs what the network reads
 * @param further the files of further inputs that are named; others are looked for in a folder of
 *     their name beside that of the picture
 */
record SamplePair(
    FilePair pair, List<Path> files, List<InputPart> inputs, Map<String, Path> further)
    implements StoredLabels {
  SamplePair {
    files = List.copyOf(files);
    inputs = List.copyOf(inputs);
    further = Map.copyOf(further);
  }

  /** A pair as it is, or, where the network reads more, with that. */
  static Pair of(Pair pair, List<InputPart> inputs) {
    boolean plain =
        inputs.isEmpty()
            || (inputs.size() == 1 && inputs.getFirst().kind() == InputPart.Kind.PICTURE);
    if (plain || pair instanceof SamplePair) {
      return pair;
    }
    if (!(pair instanceof FilePair files)) {
      throw new UserError(
          "%s: the network reads %s; data of this layout holds pictures alone, write a CSV file with a column for each input"
              .formatted(pair.id(), inputs.stream().map(InputPart::name).toList()));
    }
    return new SamplePair(files, List.of(files.inputFile()), inputs, Map.of());
  }

  @Override
  public String id() {
    return pair.id();
  }

  @Override
  public List<String> tags() {
    return pair.tags();
  }

  @Override
  public Optional<StoredPicture> stored() {
    return pair.stored();
  }

  @Override
  public Pair with(LabelCoding coding) {
    return new SamplePair(pair.with(coding), files, inputs, further);
  }

  @Override
  public LabelCoding coding() {
    return pair.coding();
  }

  @Override
  public TargetFormat format() {
    return pair.format();
  }

  @Override
  public Content read() {
    Sample sample = SampleFiles.read(files, inputs, further);
    Optional<Raster> target =
        pair.targetFile().map(file -> TargetReader.read(file, pair.format(), pair.coding()));
    return new Content(sample, target);
  }
}
