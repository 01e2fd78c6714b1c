package org.compnn.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Judging and deciding, with a real database behind it. */
@Tag("end-to-end")
final class ReviewIT extends Asking {
  private static JsonNode json(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = get(path);
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private static HttpResponse<String> decide(String body) throws IOException, InterruptedException {
    return client.send(
        to(DATABASE + "/review")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  /** A set once it is judged. */
  private static JsonNode judged(String set) throws IOException, InterruptedException {
    while (true) {
      JsonNode standing = json(DATABASE + "/judgements/" + set);
      if (!standing.get("running").asBoolean()) {
        return standing;
      }
      Thread.sleep(50);
    }
  }

  @Test
  void aSetIsJudgedToTheEndOnceSomebodyAsks() throws Exception {
    assertThat(json(DATABASE).get("sets").findValuesAsString("id"))
        .containsExactly("data", "training", "uploads");
    JsonNode standing = judged("data");
    assertThat(standing.get("total").asInt()).isEqualTo(ServedBuildings.UNSEEN);
    assertThat(standing.get("judged").asInt()).isEqualTo(ServedBuildings.UNSEEN);
    assertThat(standing.get("failed")).isEmpty();
    assertThat(new TreeSet<>(standing.get("pictures").findValuesAsString("id")))
        .containsExactly("000000", "000001", "000002", "000003");
    for (JsonNode picture : standing.get("pictures")) {
      assertThat(picture.get("provisional").asBoolean()).isFalse();
      assertThat(picture.get("error").asDouble()).isBetween(0.0, 1.0);
      assertThat(picture.get("distance").asInt()).isBetween(0, 100);
      long wrong = 0;
      for (JsonNode cause : picture.get("causes")) {
        wrong += cause.asLong();
      }
      assertThat(wrong).isEqualTo(picture.get("wrong").asLong());
    }
    long version = standing.get("version").asLong();
    assertThat(json(DATABASE + "/judgements/data?since=" + version).get("pictures")).isEmpty();
    assertThat(json(DATABASE + "/judgements/data?since=" + (version - 1)).get("pictures"))
        .hasSize(1);
  }

  @Test
  void aPictureIsToldWithItsRegionsAndTheirSources() throws Exception {
    judged("data");
    JsonNode whole = json(DATABASE + "/judgements/data/1");
    assertThat(whole.get("summary").get("id").asString()).isEqualTo("000001");
    assertThat(whole.get("sentence").asString()).contains("wrong").contains("percentile");
    JsonNode region = whole.get("regions").get(0);
    assertThat(region.get("outline").asString()).startsWith("M").endsWith("z");
    assertThat(region.get("sentence").asString()).contains("should be");
    assertThat(region.get("sources").get(0).get("id").asString()).hasSize(6);
    for (String address : List.of("small.jpg", "small.jpg?error=0")) {
      HttpResponse<byte[]> small = get(DATABASE + "/judgements/data/1/" + address);
      assertThat(small.headers().firstValue("Content-Type")).contains("image/jpeg");
      assertThat(small.body()).startsWith(0xff, 0xd8);
    }
  }

  @Test
  void trainingPicturesAreJudgedByTheOthers() throws Exception {
    JsonNode standing = judged("training");
    assertThat(standing.get("judged").asInt()).isEqualTo(ServedBuildings.TRAINING);
    JsonNode whole = json(DATABASE + "/judgements/training/3");
    for (JsonNode region : whole.get("regions")) {
      assertThat(region.get("sources").findValuesAsString("id")).doesNotContain("000003");
    }
  }

  @Test
  void aSecondStartHasAtOnceWhatWasJudged() throws Exception {
    JsonNode first = judged("data");
    try (Stream<Path> files = Files.walk(folder.resolve(ServedBuildings.NAME + ".review"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".json"))).isNotEmpty();
    }
    served.restart();
    JsonNode second = judged("data");
    assertThat(second.get("judged")).isEqualTo(first.get("judged"));
    assertThat(second.get("pictures_a_second").isNull()).as("nothing was judged anew").isTrue();
  }

  @Test
  void aPictureThatWasChangedIsJudgedAnewAtTheNextStart() throws Exception {
    judged("data");
    double before = json(DATABASE + "/judgements/data/0").at("/summary/error").asDouble();
    double other = json(DATABASE + "/judgements/data/1").at("/summary/error").asDouble();
    assertThat(before).isNotEqualTo(other);
    Path kept = folder.resolve("unseen-before");
    Path unseen = folder.resolve("unseen");
    copy(unseen, kept, "000000", "000000");
    try {
      copy(unseen, unseen, "000001", "000000");
      served.restart();
      json(DATABASE + "/judgements/data");
      while (json(DATABASE + "/judgements/data/0").at("/summary/error").asDouble() != other) {
        Thread.sleep(50);
      }
    } finally {
      copy(kept, unseen, "000000", "000000");
    }
  }

  /** Copies the files of a picture to where those of another one lie. */
  private static void copy(Path from, Path to, String name, String other) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String own = file.getFileName().toString();
        if (own.startsWith(name)) {
          Path target = to.resolve(from.relativize(file)).resolveSibling(own.replace(name, other));
          Files.createDirectories(target.getParent());
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  @Test
  void referenceDistancesAreAHundredAndOneThatDoNotFall() throws Exception {
    for (String settings : List.of("", "?hyperpatch=2&layer=bottleneck&distance=cosine")) {
      JsonNode quantiles = json(DATABASE + "/references" + settings).get("quantiles");
      assertThat(quantiles).hasSize(101);
      for (int i = 1; i < quantiles.size(); i++) {
        assertThat(quantiles.get(i).asDouble())
            .isGreaterThanOrEqualTo(quantiles.get(i - 1).asDouble());
      }
    }
  }

  @Test
  void theLabelsOfMatchesComeAsTwoBytesEach() throws Exception {
    HttpResponse<String> answer =
        client.send(
            to(DATABASE + "/explanations")
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"query\":{\"kind\":\"data\",\"id\":\"000001\"},\"top_k\":5}"))
                .build(),
            BodyHandlers.ofString());
    JsonNode explained = JSON.readTree(answer.body());
    JsonNode size = explained.get("explanation").get("size");
    int cells = size.get("rows").asInt() * size.get("columns").asInt();
    byte[] labels = get("/api/explanations/" + explained.get("id").asString() + "/labels").body();
    assertThat(labels).hasSize(cells * 5 * 2);
    int classes = json(DATABASE).get("classes").size();
    for (byte label : labels) {
      assertThat(label & 0xff).isLessThan(classes);
    }
  }

  @Test
  void anExplanationIsSetAsAFigure() throws Exception {
    HttpResponse<String> answer =
        client.send(
            to(DATABASE + "/explanations")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"query\":{\"kind\":\"data\",\"id\":\"000002\"}}"))
                .build(),
            BodyHandlers.ofString());
    String at =
        "/api/explanations/" + JSON.readTree(answer.body()).get("id").asString() + "/figure/";
    assertThat(new String(get(at + "figure.svg?width=85").body(), StandardCharsets.UTF_8))
        .contains("<svg")
        .contains("85");
    assertThat(get(at + "figure.pdf?panels=input,network").body()).startsWith('%', 'P', 'D', 'F');
    assertThat(get(at + "figure.svg?panels=no").statusCode()).isEqualTo(400);
    assertThat(get(at + "figure.svg?width=9999999999").statusCode()).isEqualTo(400);
    assertThat(get(at + "passwd").statusCode()).isEqualTo(404);
  }

  @Test
  void aDecisionIsKeptInTheFileAndTakenAway() throws Exception {
    String region = "{\"box\":[2,1,5,4],\"outline\":\"M1 2h3v3h-3z\"}";
    HttpResponse<String> kept =
        decide(
            "{\"set\":\"training\",\"picture\":\"000002\",\"region\":%s,\"given\":0,\"suggested\":1,\"decision\":\"accept\",\"by\":\"Ann\"}"
                .formatted(region));
    assertThat(kept.statusCode()).as(kept.body()).isEqualTo(200);
    assertThat(
            decide("{\"set\":\"training\",\"picture\":\"000004\",\"decision\":\"exclude\"}")
                .statusCode())
        .isEqualTo(200);
    JsonNode review = json(DATABASE + "/review");
    assertThat(review.get("file").asString()).endsWith("review.jsonl").doesNotContain("/tmp");
    JsonNode first = review.get("decisions").get(0);
    assertThat(first.get("label").asInt()).isEqualTo(1);
    assertThat(first.get("by").asString()).isEqualTo("Ann");
    assertThat(first.get("region")).isEqualTo(JSON.readTree(region));
    String without =
        new String(get(DATABASE + "/review/export/without.txt").body(), StandardCharsets.UTF_8);
    assertThat(without).isEqualTo("000004\n");
    for (String name :
        List.of("corrected.zip", "coco.zip", "label-studio.zip", "cvat.zip", "fiftyone.zip")) {
      HttpResponse<byte[]> file = get(DATABASE + "/review/export/" + name);
      assertThat(file.statusCode()).as(name).isEqualTo(200);
      assertThat(file.body()).as(name).startsWith('P', 'K');
    }
    assertThat(get(DATABASE + "/review/export/passwd").statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsNoDecisionIsRefusedAndNothingIsWritten() throws Exception {
    record Bad(String body, int status, String words) {}
    int before = json(DATABASE + "/review").get("decisions").size();
    String training = "{\"set\":\"training\",\"picture\":\"000002\",\"decision\":";
    for (Bad bad :
        List.of(
            new Bad("[]", 400, "expected a JSON object"),
            new Bad("{\"set\":\"/etc\",\"picture\":\"0\",\"decision\":\"skip\"}", 400, "set"),
            new Bad("{\"set\":\"training\",\"picture\":\"no\",\"decision\":\"skip\"}", 404, "'no'"),
            new Bad(training + "\"burn\"}", 400, "expected one of accept"),
            new Bad(training + "\"accept\",\"label\":1}", 400, "expected a region"),
            new Bad(training + "\"skip\",\"given\":999}", 400, "given"),
            new Bad(training + "\"skip\",\"by\":\"a\\nb\"}", 400, "by"),
            new Bad(training + "\"skip\",\"source\":\"elsewhere\"}", 400, "source"),
            new Bad(
                training + "\"skip\",\"region\":{\"outline\":\"M0 0h99999v1h-99999z\"}}",
                400,
                "region.outline"),
            new Bad(training + "\"skip\",\"region\":{\"outline\":\"<svg>\"}}", 400, "outline"))) {
      HttpResponse<String> response = decide(bad.body());
      assertThat(response.statusCode()).as(bad.body()).isEqualTo(bad.status());
      assertThat(JSON.readTree(response.body()).path("error").path("message").asString())
          .contains(bad.words());
    }
    assertThat(json(DATABASE + "/review").get("decisions")).hasSize(before);
  }

  @Test
  void addressesThatLeadNowhereSaySo() throws Exception {
    for (String path :
        List.of(
            "/judgements/elsewhere",
            "/judgements/..%2f..",
            "/judgements/data/99",
            "/judgements/data/-1/small.jpg")) {
      assertThat(get(DATABASE + path).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(get(DATABASE + "/judgements/data?since=x").statusCode()).isEqualTo(400);
    assertThat(get(DATABASE + "/references?hyperpatch=99").statusCode()).isEqualTo(400);
    assertThat(get(DATABASE + "/references?layer=nowhere").statusCode()).isEqualTo(422);
  }

  @Test
  void suspectedLabelsAreListedAsTheyAreFoundAndKept() throws Exception {
    JsonNode queue = json(DATABASE + "/suspects");
    while (queue.get("running").asBoolean()) {
      Thread.sleep(50);
      queue = json(DATABASE + "/suspects");
    }
    assertThat(queue.get("total").asInt()).isEqualTo(ServedBuildings.TRAINING);
    double before = Double.POSITIVE_INFINITY;
    for (JsonNode suspect : queue.get("suspects")) {
      assertThat(suspect.get("score").asDouble()).isLessThanOrEqualTo(before);
      before = suspect.get("score").asDouble();
      for (JsonNode region : suspect.get("regions")) {
        assertThat(region.get("given")).isNotEqualTo(region.get("suggested"));
        assertThat(region.get("outline").asString()).startsWith("M");
      }
    }
  }

  @Test
  void trainingLabelsBehindWrongPixelsAreAddedUpOverTheDataSet() throws Exception {
    judged("data");
    JsonNode queue = json(DATABASE + "/culprits");
    assertThat(queue.get("judged").asInt()).isEqualTo(ServedBuildings.UNSEEN);
    assertThat(queue.get("running").asBoolean()).isFalse();
    assertThat(json(DATABASE + "/culprits")).as("counted once").isEqualTo(queue);
  }
}
