package org.compnn.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.ZipInputStream;
import org.compnn.explain.Explanation;
import org.compnn.explain.Options;
import org.compnn.explain.Query;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.image.PictureSize;
import org.compnn.image.Resample;
import org.compnn.image.Resize;
import org.compnn.search.Field;
import org.compnn.viewer.ExplanationView;
import org.compnn.viewer.ViewJson;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The interface with a real database behind it. */
@Tag("end-to-end")
final class AnswersIT extends Asking {
  private static HttpRequest question(String body, String page) {
    return to(DATABASE + "/explanations")
        .header("Content-Type", "application/json")
        .header("X-Client", page)
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static HttpResponse<String> ask(String body) throws IOException, InterruptedException {
    return client.send(question(body, "a-page-of-tests"), BodyHandlers.ofString());
  }

  private static JsonNode answered(String body) throws IOException, InterruptedException {
    HttpResponse<String> response = ask(body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  @Test
  void anAnswerIsWhatTheLibrarySays() throws Exception {
    JsonNode answer =
        answered(
            "{\"query\":{\"kind\":\"data\",\"id\":\"000001\"},\"search\":\"exact\",\"top_k\":2}");
    Explanation expected =
        served
            .compnn()
            .explain(Query.of("000001", served.unseen(1)), Options.defaults().exact().topK(2));
    JsonNode json = JSON.readTree(ViewJson.bytes(ExplanationView.of(expected)));
    assertThat(answer.get("explanation").get("exemplars")).isEqualTo(json.get("exemplars"));
    assertThat(answer.get("explanation").get("settings")).isEqualTo(json.get("settings"));

    String address = "/api/explanations/" + answer.get("id").asString();
    Field field = expected.field();
    ByteBuffer bytes =
        ByteBuffer.wrap(get(address + "/field").body()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(28);
    for (float distance : field.distance()) {
      assertThat(bytes.getFloat()).isEqualTo(distance);
    }
    for (int exemplar : field.exemplar()) {
      assertThat(bytes.getShort()).isEqualTo((short) exemplar);
    }
    for (int row : field.row()) {
      assertThat(bytes.getShort()).isEqualTo((short) row);
    }
    for (String name : List.of("input", "network", "output", "reconstruction", "other", "truth")) {
      HttpResponse<byte[]> picture = get(address + "/pictures/" + name + ".png");
      assertThat(picture.statusCode()).as(name).isEqualTo(200);
      assertThat(picture.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
    }
    assertThat(get(address + "/files/field.npy").body()).startsWith(0x93, 'N', 'U', 'M', 'P', 'Y');
    assertThat(names(get(address + "/files/explanation.zip").body()))
        .anyMatch(name -> name.endsWith("report.html"))
        .anyMatch(name -> name.endsWith("field.npy"));
    assertThat(get(address + "/pictures/passwd").statusCode()).isEqualTo(404);
  }

  private static List<String> names(byte[] zip) throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }

  @Test
  void aTrainingPictureDoesNotMatchItself() throws Exception {
    JsonNode answer = answered("{\"query\":{\"kind\":\"training\",\"id\":\"000003\"}}");
    assertThat(answer.get("explanation").get("exemplars").findValuesAsString("id"))
        .isNotEmpty()
        .doesNotContain("000003");
    assertThat(answer.get("explanation").get("settings").get("selected").asInt())
        .isEqualTo(ServedBuildings.TRAINING - 1);
  }

  private static String kept(byte[] png) throws IOException, InterruptedException {
    HttpResponse<String> kept =
        client.send(
            to("/api/uploads")
                .header("Content-Type", "image/png")
                .POST(BodyPublishers.ofByteArray(png))
                .build(),
            BodyHandlers.ofString());
    return JSON.readTree(kept.body()).get("id").asString();
  }

  @Test
  void aPictureThatTheNetworkSawSmallerIsShownAsItIs() throws Exception {
    Picture large = Resize.picture(served.unseen(2), 200, 300, Resample.BICUBIC);
    String query =
        "{\"query\":{\"kind\":\"upload\",\"id\":\"" + kept(PictureFile.png(large)) + "\"}}";
    JsonNode answer = answered(query);
    assertThat(answer.get("photo").asBoolean()).isTrue();
    String address = "/api/explanations/" + answer.get("id").asString() + "/photo.jpg";
    assertThat(PictureFile.size(get(address).body(), "photo.jpg"))
        .isEqualTo(new PictureSize(300, 300));
    JsonNode small = answered("{\"query\":{\"kind\":\"data\",\"id\":\"000002\"}}");
    assertThat(small.get("photo").asBoolean()).isFalse();
    assertThat(get("/api/explanations/" + small.get("id").asString() + "/photo.jpg").statusCode())
        .isEqualTo(404);
  }

  @Test
  void aDroppedPictureIsExplainedAsTheSamePictureOfTheDataSet() throws Exception {
    String id = kept(served.unseenFile(2));
    String how = ",\"search\":\"exact\"}";
    JsonNode own = answered("{\"query\":{\"kind\":\"upload\",\"id\":\"" + id + "\"}" + how);
    JsonNode same = answered("{\"query\":{\"kind\":\"data\",\"id\":\"000002\"}" + how);
    assertThat(own.get("explanation").get("exemplars"))
        .isEqualTo(same.get("explanation").get("exemplars"));
    assertThat(own.get("truth").asBoolean()).isFalse();
  }

  @Test
  void whatCannotBeAnsweredSaysWhy() throws Exception {
    String picture = "{\"query\":{\"kind\":\"data\",\"id\":\"000001\"}";
    record Bad(String body, int status, String words) {}
    for (Bad bad :
        List.of(
            new Bad("[]", 400, "expected a JSON object"),
            new Bad("{", 400, "expected JSON"),
            new Bad("{\"query\":{\"kind\":\"data\",\"id\":\"no\"}}", 404, "no picture 'no'"),
            new Bad("{\"query\":{\"kind\":\"file\",\"id\":\"/etc/passwd\"}}", 400, "query.kind"),
            new Bad(picture + ",\"top_k\":99}", 400, "from 1 to 16"),
            new Bad(picture + ",\"topk\":1}", 400, ", found 'topk'"),
            new Bad(picture + ",\"layer\":\"nowhere\"}", 422, "nowhere"),
            new Bad(picture + ",\"only\":[\"@/etc/passwd\"]}", 400, "command line only"),
            new Bad(picture + ",\"only\":[\"none such\"]}", 422, "none such"),
            new Bad(picture + ",\"without\":[\"*\"]}", 422, "drop a term"))) {
      HttpResponse<String> response = ask(bad.body());
      assertThat(response.statusCode()).as(bad.body()).isEqualTo(bad.status());
      assertThat(JSON.readTree(response.body()).path("error").path("message").asString())
          .contains(bad.words())
          .doesNotContain("Exception");
    }
  }

  @Test
  void aNewerQuestionOfAPageEndsItsOlderOne() throws Exception {
    // An exact search of large hyperpatches for many matches: work enough to be overtaken.
    String slow =
        "{\"query\":{\"kind\":\"data\",\"id\":\"000000\"},\"search\":\"exact\",\"hyperpatch\":9,\"top_k\":16}";
    String page = "a-page-that-changes";
    CompletableFuture<HttpResponse<String>> older =
        client.sendAsync(question(slow, page), BodyHandlers.ofString());
    JsonNode standing = JSON.createObjectNode();
    while (!standing.has("stage") && !older.isDone()) {
      HttpResponse<String> work =
          client.send(to("/api/work").header("X-Client", page).build(), BodyHandlers.ofString());
      standing = JSON.readTree(work.body());
    }
    assertThat(standing.has("stage")).as("the older question is under way").isTrue();
    HttpResponse<String> newer =
        client.send(
            question("{\"query\":{\"kind\":\"data\",\"id\":\"000003\"}}", page),
            BodyHandlers.ofString());
    assertThat(newer.statusCode()).isEqualTo(200);
    assertThat(older.join().statusCode()).isEqualTo(409);

    CompletableFuture<HttpResponse<String>> cancelled =
        client.sendAsync(question(slow, page), BodyHandlers.ofString());
    while (!cancelled.isDone()) {
      client.send(
          to("/api/work").header("X-Client", page).DELETE().build(), BodyHandlers.discarding());
    }
    assertThat(cancelled.join().statusCode()).isEqualTo(409);
  }

  @Test
  void manyPagesAtOnceAreAnswered() {
    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    for (int page = 0; page < 40; page++) {
      String body =
          "{\"query\":{\"kind\":\"data\",\"id\":\"00000%d\"},\"search\":\"fast\"}"
              .formatted(page % ServedBuildings.UNSEEN);
      all.add(client.sendAsync(question(body, "many-pages-" + page), BodyHandlers.ofString()));
    }
    assertThat(all).allSatisfy(each -> assertThat(each.join().statusCode()).isEqualTo(200));
    assertThat(all.stream().map(each -> JSON.readTree(each.join().body()).get("id")).distinct())
        .hasSize(ServedBuildings.UNSEEN);
  }

  @Test
  void picturesAreNotSentTwice() throws Exception {
    String small = DATABASE + "/exemplars/3/small.jpg";
    HttpResponse<byte[]> first = get(small);
    String tag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<byte[]> again =
        client.send(to(small).header("If-None-Match", tag).build(), BodyHandlers.ofByteArray());
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(get(DATABASE + "/exemplars/" + ServedBuildings.TRAINING + "/input.png").statusCode())
        .isEqualTo(404);
    assertThat(get(DATABASE + "/exemplars/..%2f..%2fdatabase.json/input.png").statusCode())
        .isEqualTo(404);
  }

  @Test
  void whoeverHangsUpInTheMiddleDoesNoHarm() throws Exception {
    for (int i = 0; i < 20; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
        socket
            .getOutputStream()
            .write(
                ("POST "
                        + DATABASE
                        + "/explanations HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"query\"")
                    .getBytes(StandardCharsets.US_ASCII));
      }
    }
    assertThat(get(DATABASE).statusCode()).isEqualTo(200);
  }
}
