package org.compnn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

final class JsonTest {
  record Street(String name, List<Integer> houses) {}

  @Test
  void aRecordComesBackAsItWas() {
    Street street = new Street("Elm", List.of(1, 3, 5));
    assertThat(Json.read(Json.tree(Json.text(street)), Street.class)).isEqualTo(street);
  }

  @Test
  void whatIsTooMuchIsNotLookedAtAndWhatIsMissingRefused() {
    assertThat(Json.read(Json.tree("{\"name\": \"Elm\", \"houses\": [], \"x\": 1}"), Street.class))
        .isEqualTo(new Street("Elm", List.of()));
    assertThatThrownBy(() -> Json.read(Json.tree("{\"name\": \"Elm\"}"), Street.class))
        .isInstanceOf(JacksonException.class);
  }
}
