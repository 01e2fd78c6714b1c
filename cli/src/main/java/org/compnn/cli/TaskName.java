package org.compnn.cli;

import org.compnn.network.Task;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A task by any of its names. */
final class TaskName implements ITypeConverter<Task> {
  @Override
  public Task convert(String text) {
    return Task.named(text)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected image-segmentation, image-to-image or regression, found '"
                        + text
                        + "'"));
  }
}
