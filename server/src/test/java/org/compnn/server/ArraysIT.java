package org.compnn.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.compnn.database.CellStore;
import org.compnn.explain.Explanation;
import org.compnn.explain.Options;
import org.compnn.explain.Query;
import org.compnn.explain.Source;
import org.compnn.image.LabelMap;
import org.compnn.network.FeatureMap;
import org.compnn.npy.NpyHeader;
import org.compnn.npy.NpyType;
import org.compnn.search.Method;
import org.compnn.viewer.FieldBytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What programs ask of the interface, with a real database behind it. */
@Tag("end-to-end")
final class ArraysIT extends Asking {
  private static final String EXACT = "settings=" + encoded("{\"search\":\"exact\"}");

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static HttpResponse<byte[]> post(String path, String type, byte[] body)
      throws IOException, InterruptedException {
    return client.send(
        to(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)).build(),
        BodyHandlers.ofByteArray());
  }

  private static String uploaded() throws IOException, InterruptedException {
    HttpResponse<byte[]> reply = post("/api/uploads", "image/png", served.unseenFile(0));
    return JSON.readTree(reply.body()).path("id").stringValue();
  }

  private static String question() throws IOException, InterruptedException {
    return "{\"query\":{\"kind\":\"upload\",\"id\":\"" + uploaded() + "\"}}";
  }

  private static String explained() throws IOException, InterruptedException {
    HttpResponse<byte[]> reply =
        post(
            DATABASE + "/explanations",
            "application/json",
            question().getBytes(StandardCharsets.UTF_8));
    return "/api/explanations/" + JSON.readTree(reply.body()).path("id").stringValue();
  }

  private static Explanation explanation() {
    return served.compnn().explain(Query.of("picture", served.unseen(0)), Options.defaults());
  }

  private static String error(HttpResponse<byte[]> reply) {
    return JSON.readTree(reply.body()).path("error").path("message").stringValue();
  }

  @Test
  void anExplanationsPicturesAreArraysOfClassesAndOfColours() throws Exception {
    String address = explained();
    Explanation why = explanation();
    LabelMap labels = (LabelMap) why.composition();

    byte[] output = get(address + "/arrays/output.npy").body();
    byte[] input = get(address + "/arrays/input.npy").body();
    byte[] head = NpyHeader.of(NpyType.UINT8, labels.height(), labels.width()).bytes();

    assertThat(Arrays.copyOf(output, head.length)).isEqualTo(head);
    assertThat(Arrays.copyOfRange(output, head.length, output.length)).isEqualTo(labels.classes());
    assertThat(Arrays.copyOfRange(input, input.length - why.input().rgb().length, input.length))
        .isEqualTo(why.input().rgb());
    assertThat(get(address + "/arrays/truth.npy").statusCode()).isEqualTo(404);
    assertThat(get(address + "/arrays/output").statusCode()).isEqualTo(404);
  }

  @Test
  void aPixelsSourcesAreThoseOfTheLibrary() throws Exception {
    List<Source> sources = explanation().at(40, 70);

    JsonNode told = JSON.readTree(get(explained() + "/sources?row=40&column=70").body());

    assertThat(told).hasSize(sources.size());
    assertThat(told.get(0).path("exemplar").intValue()).isEqualTo(sources.getFirst().exemplar());
    assertThat(told.get(0).path("row").intValue()).isEqualTo(sources.getFirst().row());
    assertThat(told.get(0).path("column").intValue()).isEqualTo(sources.getFirst().column());
    assertThat(error(get(explained() + "/sources?row=4000&column=0")))
        .contains("row: expected a whole number from 0 to", "'4000'");
  }

  @Test
  void aTrainingPicturesArraysAreThoseOfTheDatabase() throws Exception {
    byte[] classes = ((LabelMap) served.compnn().database().target(3)).classes();

    byte[] target = get(DATABASE + "/exemplars/3/arrays/target.npy").body();

    assertThat(Arrays.copyOfRange(target, target.length - classes.length, target.length))
        .isEqualTo(classes);
    assertThat(get(DATABASE + "/exemplars/3/arrays/weights.npy").statusCode()).isEqualTo(404);
    assertThat(get(DATABASE + "/exemplars/99/arrays/input.npy").statusCode()).isEqualTo(404);
  }

  @Test
  void activationsAreThoseThatTheNetworkGives() throws Exception {
    CellStore cells = served.compnn().cells(Options.defaults());
    FeatureMap map = served.compnn().run(served.unseen(0)).layer(cells);

    HttpResponse<byte[]> reply =
        post(
            DATABASE + "/activations",
            "application/json",
            question().getBytes(StandardCharsets.UTF_8));

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo(ArrayAnswers.activations(map).body());
  }

  @Test
  void vectorsOfOnesOwnAreMatchedAsActivationsAre() throws Exception {
    Options exact = Options.defaults().method(new Method.Exact());
    CellStore cells = served.compnn().cells(exact);
    FeatureMap whole = served.compnn().run(served.unseen(0)).layer(cells);
    int channels = whole.channels();
    FeatureMap few = new FeatureMap(4, 2, channels, Arrays.copyOf(whole.cells(), 8 * channels));
    byte[] npy = ArrayAnswers.activations(few).body();
    byte[] body = Arrays.copyOfRange(npy, npy.length - 32 * channels, npy.length);

    HttpResponse<byte[]> reply =
        post(
            DATABASE + "/matches?rows=4&columns=2&channels=" + channels + "&" + EXACT,
            "application/octet-stream",
            body);

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body())
        .isEqualTo(
            FieldBytes.of(
                served.compnn().match(few, exact).field(),
                served.compnn().database().exemplars().size()));
  }

  @Test
  void vectorsThatDoNotFitAreRefusedInOneLine() throws Exception {
    String binary = "application/octet-stream";
    byte[] two = new byte[8];

    assertThat(error(post(DATABASE + "/matches?rows=1&columns=1&channels=2", binary, two)))
        .startsWith("expected vectors of")
        .contains("found 2");
    assertThat(error(post(DATABASE + "/matches?rows=1&columns=2&channels=2", binary, two)))
        .isEqualTo("expected 1 x 2 x 2 float32 numbers, found 8 bytes");
    assertThat(
            error(
                post(
                    DATABASE + "/matches?rows=1&columns=1&channels=2&settings=%7B%22a%22:1%7D",
                    binary,
                    two)))
        .contains("found 'a'");
  }
}
