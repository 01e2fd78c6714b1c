package org.compnn.measure;

import java.util.List;

/** Comma-separated values as RFC 4180 has them. */
public final class Csv {
  private Csv() {}

  /** Appends a line. */
  public static void line(StringBuilder csv, List<String> fields) {
    for (int i = 0; i < fields.size(); i++) {
      csv.append(i == 0 ? "" : ",").append(quoted(fields.get(i)));
    }
    csv.append("\r\n");
  }

  /** The shortest text that reads back as the same number; empty where there is none. */
  static String number(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "";
  }

  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
