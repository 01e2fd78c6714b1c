package org.compnn.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ViewJsonTest {
  record Sample(
      int zebra, String topK, double share, double psnr, Optional<String> none, List<Double> all) {}

  @Test
  void membersKeepTheOrderOfTheComponentsAndNumbersThatJsonLacksAreNull() {
    Sample sample =
        new Sample(
            1,
            "two",
            0.1,
            Double.POSITIVE_INFINITY,
            Optional.empty(),
            List.of(Double.NaN, 1e-7, 3.0));
    assertThat(ViewJson.text(sample))
        .isEqualTo(
            "{\"zebra\":1,\"top_k\":\"two\",\"share\":0.1,\"psnr\":null,\"none\":null,\"all\":[null,1.0E-7,3.0]}");
  }

  @Test
  void mapsKeepTheirOrderAndTheirNames() {
    Map<String, Double> timings = new LinkedHashMap<>();
    timings.put("topK search", 2.0);
    timings.put("compose", 1.0);
    assertThat(ViewJson.text(timings)).isEqualTo("{\"topK search\":2.0,\"compose\":1.0}");
    assertThat(ViewJson.indented(timings))
        .isEqualTo("{\n  \"topK search\" : 2.0,\n  \"compose\" : 1.0\n}");
  }
}
