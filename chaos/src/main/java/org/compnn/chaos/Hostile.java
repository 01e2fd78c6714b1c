package org.compnn.chaos;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.compnn.chaos.mutate.HostilePictures;

/** Requests as no browser sends them, written byte by byte. */
final class Hostile {
  private static final int PATIENCE_MILLISECONDS = 40_000;
  private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.[01] (\\d{3})");

  private final int port;
  private final byte[] photo;

  /** A shape of a request. */
  private enum Shape {
    HALF_A_REQUEST,
    TWO_HOSTS,
    NO_HOST,
    CHUNKED_GARBAGE,
    HUGE_HEADERS,
    PIPELINED,
    SLOW_BODY,
    TWO_LENGTHS,
    GARBAGE,
    ODD_PATH,
    ODD_QUESTION,
    ODD_DECISION,
    UPLOAD_SCANS,
    UPLOAD_BOMB,
    UPLOAD_MUTATED,
    UPLOAD_HALF
  }

  Hostile(int port, byte[] photo) {
    this.port = port;
    this.photo = photo.clone();
  }

  Outcome run(long seed) throws IOException {
    Random random = new Random(seed * 0x9e3779b97f4a7c15L);
    Shape shape = Shape.values()[(int) Math.floorMod(seed, (long) Shape.values().length)];
    String kind = shape.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return wrong(shape, random)
        .map(what -> Outcome.failed(kind, what))
        .orElse(Outcome.survived(kind));
  }

  private Optional<String> wrong(Shape shape, Random random) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      // Half requests are not waited for; the server has a limit of its own.
      boolean answered = shape != Shape.HALF_A_REQUEST && shape != Shape.UPLOAD_HALF;
      socket.setSoTimeout(answered ? PATIENCE_MILLISECONDS : 200);
      OutputStream out = socket.getOutputStream();
      try {
        send(shape, random, out);
        out.flush();
        if (shape != Shape.SLOW_BODY && answered) {
          socket.shutdownOutput();
        }
      } catch (IOException e) {
        // The server need not hear it all.
      }
      return faults(socket.getInputStream(), answered && mustAnswer(shape));
    }
  }

  private static boolean mustAnswer(Shape shape) {
    return switch (shape) {
      case TWO_HOSTS, PIPELINED, ODD_QUESTION, ODD_DECISION -> true;
      default -> false;
    };
  }

  private void send(Shape shape, Random random, OutputStream out) throws IOException {
    String host = "Host: 127.0.0.1:" + port + "\r\n";
    String post = "POST /api/uploads HTTP/1.1\r\n" + host + "Content-Type: image/png\r\n";
    switch (shape) {
      case HALF_A_REQUEST -> {
        String whole = "GET /api/databases HTTP/1.1\r\n" + host;
        text(out, whole.substring(0, random.nextInt(whole.length())));
      }
      case TWO_HOSTS ->
          text(out, "GET / HTTP/1.1\r\n" + host + "Host: elsewhere\r\nConnection: close\r\n\r\n");
      case NO_HOST -> text(out, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
      case CHUNKED_GARBAGE -> {
        text(out, post + "Transfer-Encoding: chunked\r\n\r\n");
        String[] lengths = {
          "zz\r\n", "-1\r\n", "ffffffffffffffff\r\n", "5\r\nab", "5;x=y\r\nabcde"
        };
        text(out, lengths[random.nextInt(lengths.length)]);
        out.write(noise(random, 200));
      }
      case HUGE_HEADERS -> {
        text(out, "GET / HTTP/1.1\r\n" + host);
        int count = random.nextInt(2_000);
        for (int i = 0; i < count; i++) {
          text(out, "X-" + i + ": " + "a".repeat(random.nextInt(2_000)) + "\r\n");
        }
        text(out, "Connection: close\r\n\r\n");
      }
      case PIPELINED -> {
        for (int i = 0; i < 20; i++) {
          text(out, "GET /api/databases HTTP/1.1\r\n" + host + "\r\n");
        }
      }
      case SLOW_BODY -> {
        text(out, post + "Connection: close\r\nContent-Length: 40\r\n\r\n");
        for (int i = 0; i < 40; i++) {
          out.write(photo[i]);
          out.flush();
          pause(random.nextInt(30));
        }
      }
      case TWO_LENGTHS ->
          text(
              out,
              post + "Content-Length: 3\r\nContent-Length: 30\r\n\r\nabcGET / HTTP/1.1\r\n\r\n");
      case GARBAGE -> out.write(noise(random, 1 + random.nextInt(3_000)));
      case ODD_PATH -> {
        String[] paths = {
          "/../../etc/passwd",
          "/%2e%2e/%2e%2e/",
          "/api/%00",
          "/api/databases/%ff",
          "/%",
          "//",
          "*",
          "http://elsewhere/",
          "/api/explanations/" + "x".repeat(3_000),
          "/api/databases/a/b/c/d",
          "/api/databases/served.db/judgements/..%2f..%2fx",
          "/api/databases/served.db/judgements/data?since=-9999999999999999999",
          "/api/databases/served.db/judgements/training/-1/small.jpg?error=x&v=%",
          "/api/databases/served.db/references?hyperpatch=99999&layer=%00&distance=",
          "/api/databases/served.db/review/export/..%2freview.jsonl",
          "/api/databases/served.db/suspects?x",
          "/api/databases/served.db/culprits/%2e"
        };
        String path = paths[random.nextInt(paths.length)];
        text(out, "GET " + path + " HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n");
      }
      case ODD_QUESTION ->
          ask(out, host, "explanations", HostilePictures.question(random.nextLong()));
      case ODD_DECISION -> ask(out, host, "review", HostilePictures.decision(random.nextLong()));
      case UPLOAD_SCANS -> upload(out, post, HostilePictures.scans(100 + random.nextInt(3_000)));
      case UPLOAD_BOMB -> upload(out, post, HostilePictures.bomb(1_000 + random.nextInt(60_000)));
      case UPLOAD_MUTATED -> upload(out, post, HostilePictures.mutated(random.nextLong()));
      case UPLOAD_HALF -> {
        text(out, post + "Content-Length: " + photo.length + "\r\n\r\n");
        out.write(photo, 0, random.nextInt(photo.length));
      }
    }
  }

  private static void ask(OutputStream out, String host, String what, byte[] body)
      throws IOException {
    text(
        out,
        "POST /api/databases/served.db/"
            + what
            + " HTTP/1.1\r\n"
            + host
            + "Connection: close\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length
            + "\r\n\r\n");
    out.write(body);
  }

  private static void upload(OutputStream out, String post, byte[] file) throws IOException {
    text(out, post + "Connection: close\r\nContent-Length: " + file.length + "\r\n\r\n");
    out.write(file);
  }

  private static void text(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static byte[] noise(Random random, int count) {
    byte[] noise = new byte[count];
    random.nextBytes(noise);
    return noise;
  }

  private static void pause(int milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is wrong with the answers: an error of the server but "busy", or none in time. */
  private static Optional<String> faults(InputStream in, boolean needed) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    boolean late = false;
    try {
      in.transferTo(all);
    } catch (SocketTimeoutException e) {
      late = needed;
    } catch (IOException e) {
      // Closed in the middle, as hostile connections may be.
    }
    String text = all.toString(StandardCharsets.ISO_8859_1);
    Matcher status = STATUS.matcher(text);
    if (!status.find()) {
      return late ? Optional.of("no answer in time") : Optional.empty();
    }
    return status.group(1).startsWith("5") && !status.group(1).equals("503")
        ? Optional.of(text.lines().limit(12).toList().toString())
        : Optional.empty();
  }
}
