package org.compnn.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;

/** Comma-separated values as RFC 4180 has them. */
final class Csv {
  private Csv() {}

  /** Appends a line. */
  static void line(StringBuilder csv, List<String> fields) {
    try {
      CSVFormat.RFC4180.printRecord(csv, fields.toArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The shortest text that reads back as the same number; empty where there is none. */
  static String number(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "";
  }
}
