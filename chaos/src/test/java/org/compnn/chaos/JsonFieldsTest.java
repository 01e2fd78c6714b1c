package org.compnn.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonFieldsTest {
  @Test
  void namesAndValuesAreFoundWhereTheyLie() {
    String json = "{\"a\" : [1, -2.5], \"b\" : {\"c\" : \"x\", \"d\" : true}}";
    List<String> found =
        JsonFields.of(json.getBytes(StandardCharsets.UTF_8)).stream()
            .map(place -> json.substring(place.from(), place.to()))
            .toList();
    assertThat(found)
        .containsExactly("\"a\"", "1", "-2.5", "\"b\"", "\"c\"", "\"x\"", "\"d\"", "true");
  }
}
