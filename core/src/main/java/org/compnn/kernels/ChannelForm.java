package org.compnn.kernels;

import java.lang.foreign.MemorySegment;
import org.compnn.npy.ElementType;

/** Cells whose channels are stored one by one, and standardised as they are read. */
final class ChannelForm implements CellForm {
  private final CellCodec codec;
  private final Standardisation standardisation;
  private final StandardisedReader reader;
  private final float[] mean;
  private final float[] deviation;

  ChannelForm(ElementType type, float[] mean, float[] deviation, float[] scale) {
    this.codec = new CellCodec(type, scale);
    this.standardisation = new Standardisation(mean, deviation);
    this.reader = StandardisedReader.best(type, codec, standardisation);
    this.mean = mean;
    this.deviation = deviation;
  }

  @Override
  public void read(MemorySegment stored, long offset, int count, float[] into, int at) {
    reader.read(stored, offset, count, into, at);
  }

  @Override
  public void standardise(float[] numbers) {
    codec.round(numbers);
    standardisation.apply(numbers, 0, numbers.length);
  }

  @Override
  public void restore(float[] numbers, int at, int count) {
    for (int i = 0; i < count; i++) {
      int channel = i % mean.length;
      numbers[at + i] = numbers[at + i] * deviation[channel] + mean[channel];
    }
  }
}
