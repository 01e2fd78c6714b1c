package org.compnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.Test;

final class CsvTest {
  private static String line(String... fields) {
    StringBuilder csv = new StringBuilder();
    Csv.line(csv, List.of(fields));
    return csv.toString();
  }

  @Test
  void fieldsAreQuotedWhereTheyMustBeAndLinesEndAsRfc4180SaysThem() {
    assertThat(line("network", "truth", "-0.5", "", "1.0E-4"))
        .isEqualTo("network,truth,-0.5,,1.0E-4\r\n");
    assertThat(line("CompNN, original labels", "the \"best\"", "two\nlines"))
        .isEqualTo("\"CompNN, original labels\",\"the \"\"best\"\"\",\"two\nlines\"\r\n");
  }

  @Test
  void whatIsWrittenReadsBackAsItWas() throws IOException {
    String[] fields = {"", " a ", "#1", "\"", ",", "\r\n", "straße", "!"};
    try (CSVParser rows = CSVParser.parse(line(fields), CSVFormat.RFC4180)) {
      assertThat(rows.getRecords()).singleElement().extracting(r -> r.values()).isEqualTo(fields);
    }
  }

  @Test
  void numbersReadBackAsTheSameAndWhereThereIsNoneTheFieldIsEmpty() {
    assertThat(Double.parseDouble(Csv.number(0.1 + 0.2))).isEqualTo(0.1 + 0.2);
    assertThat(Csv.number(Double.NaN)).isEmpty();
    assertThat(Csv.number(Double.POSITIVE_INFINITY)).isEmpty();
  }
}
