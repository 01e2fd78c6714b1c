package org.compnn.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.compnn.measure.Column;
import org.compnn.measure.Estimate;
import org.compnn.measure.MetricsTable;
import org.compnn.measure.PictureScore;
import org.junit.jupiter.api.Test;

final class MetricsViewTest {
  private static final Estimate NONE = new Estimate(Double.NaN, Double.NaN, Double.NaN);

  @Test
  void columnsAndRowsAreThereAndWhatIsNoNumberIsNull() {
    MetricsTable table =
        new MetricsTable(
            List.of(
                new Column("accuracy", "accuracy", "", 3), new Column("iou_0", "car", "IoU", 2)),
            List.of(
                new MetricsTable.Row(
                    "network",
                    "truth",
                    List.of(new Estimate(0.5, 0.25, Double.POSITIVE_INFINITY), NONE),
                    List.of(new PictureScore("a", List.of(0.5, Double.NaN))))));
    assertThat(ViewJson.text(MetricsView.of(table)))
        .isEqualTo(
            "{\"columns\":[{\"key\":\"accuracy\",\"title\":\"accuracy\",\"group\":\"\",\"decimals\":3},"
                + "{\"key\":\"iou_0\",\"title\":\"car\",\"group\":\"IoU\",\"decimals\":2}],"
                + "\"rows\":[{\"answer\":\"network\",\"against\":\"truth\",\"pictures\":1,\"values\":{"
                + "\"accuracy\":{\"value\":0.5,\"low\":0.25,\"high\":null},"
                + "\"iou_0\":{\"value\":null,\"low\":null,\"high\":null}}}]}");
  }
}
