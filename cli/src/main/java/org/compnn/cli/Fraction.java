package org.compnn.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number, or one divided by another: 0.001 or 1/256. */
final class Fraction implements ITypeConverter<Double> {
  @Override
  public Double convert(String text) {
    String[] parts = text.split("/", -1);
    try {
      if (parts.length == 1) {
        return Double.valueOf(text);
      }
      if (parts.length == 2) {
        return Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message.
    }
    throw new TypeConversionException(
        "expected a number such as 0.001 or 1/256, found '" + text + "'");
  }
}
