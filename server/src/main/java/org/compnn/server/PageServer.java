package org.compnn.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.compnn.explain.Options;
import org.compnn.network.FeatureMap;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/**
 * Serves the page and its JSON interface, which {@code /openapi.json} describes, from the JDK's own
 * HTTP server: small requests on virtual threads, calculations one after the other in a {@link
 * WorkQueue}. No request can name a file, and none can end the server.
 */
final class PageServer implements AutoCloseable {
  private static final int BACKLOG = 256;

  /** How long a request may take to arrive whole, and how long a connection may say nothing. */
  static final int MOST_SECONDS = 30;

  /**
   * More than anyone opens by mistake: requests that are begun and never ended keep a connection
   * for {@link #MOST_SECONDS}, and cost a few kilobytes each.
   */
  static final int MOST_CONNECTIONS = 4096;

  /** Questions that may wait for their turn. */
  private static final int WAITING = 64;

  /** The page's own rule for itself: nothing from elsewhere, no script or style in the markup. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final HttpServer http;
  private final ExecutorService threads;
  private final Guard guard;
  private final Routes routes;
  private final Explainer explainer;
  private final ReviewRoutes reviewed;
  private final String host;
  private final Consumer<String> log;

  static {
    // Read when the JDK's server is first used: small answers at once, no endless requests.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxReqTime", Integer.toString(MOST_SECONDS));
    System.setProperty("sun.net.httpserver.idleInterval", Integer.toString(MOST_SECONDS));
    System.setProperty("jdk.httpserver.maxConnections", Integer.toString(MOST_CONNECTIONS));
  }

  private PageServer(
      HttpServer http,
      String host,
      Guard guard,
      List<ServedDatabase> served,
      Consumer<String> log) {
    this.http = http;
    this.host = host;
    this.guard = guard;
    this.log = log;
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
    long memory = Runtime.getRuntime().maxMemory();
    Uploads uploads = new Uploads(Math.max(2 * 3 * Uploads.MOST_PIXELS, memory / 16));
    // A search has all processors; two at once let a short one pass a long one.
    this.explainer = new Explainer(new WorkQueue(2, WAITING), uploads, memory / 3);
    Map<String, ServedDatabase> databases = new LinkedHashMap<>();
    served.forEach(database -> databases.put(database.id(), database));
    this.reviewed = ReviewRoutes.of(served, uploads, explainer.queue(), log);
    this.routes = routes(databases, uploads, new TrainingPictures(memory / 8));
    http.createContext("/", this::serve);
    http.setExecutor(threads);
  }

  /**
   * Starts serving.
   *
   * @param host the name or address to listen at; anything but a loopback address asks for a token
   * @param port 0 for any that is free
   * @param front what stands before the server
   * @param token whether one is asked for on a loopback address too
   * @param databases open; closed by whoever opened them, after the server
   * @param log hears of faults, each with its trace
   * @throws UserError if the address cannot be had
   */
  static PageServer start(
      String host,
      int port,
      Front front,
      boolean token,
      List<ServedDatabase> databases,
      Consumer<String> log) {
    try {
      InetAddress address = InetAddress.getByName(host);
      Guard guard = token ? Guard.asking(host, front) : Guard.of(host, address, front);
      return start(address, host, port, guard, databases, log);
    } catch (UnknownHostException e) {
      throw UserError.about(
          Knob.HOST, "expected an address of this machine to listen on, found '" + host + "'", e);
    }
  }

  /** The same under a name and a guard that need not be those of the address. */
  static PageServer start(
      InetAddress address,
      String host,
      int port,
      Guard guard,
      List<ServedDatabase> databases,
      Consumer<String> log) {
    try {
      HttpServer http = HttpServer.create(new InetSocketAddress(address, port), BACKLOG);
      PageServer server = new PageServer(http, host, guard, databases, log);
      http.start();
      return server;
    } catch (BindException e) {
      String why = String.valueOf(e.getMessage());
      String what =
          why.contains("in use")
              ? String.format(Locale.ROOT, "port %d is already in use on %s", port, host)
              : String.format(Locale.ROOT, "cannot listen on %s:%d (%s)", host, port, why);
      throw UserError.about(Knob.PORT, what + "; choose another port", e);
    } catch (IOException e) {
      throw new UserError("cannot listen on " + host + ":" + port + " (" + e + ")", e);
    }
  }

  /** The port that is listened at. */
  public int port() {
    return http.getAddress().getPort();
  }

  /** Where to open the page; with the token, where one is asked for. */
  public String address() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    String shown = http.getAddress().getAddress().isAnyLocalAddress() ? hostName() : name;
    return "http://"
        + shown
        + ":"
        + port()
        + guard.front().path()
        + "/"
        + guard.token().map(t -> "?token=" + t).orElse("");
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostAddress();
    } catch (UnknownHostException e) {
      return "127.0.0.1";
    }
  }

  private Routes routes(
      Map<String, ServedDatabase> databases, Uploads uploads, TrainingPictures pictures) {
    Assets assets = new Assets();
    Routes made = new Routes();
    reviewed.add(made, pictures);
    for (String address : assets.addresses()) {
      made.add("GET", address, (request, _) -> assets.get(request, address));
    }
    return made.add(
            "GET", "/api/databases", (_, _) -> Reply.json(DatabaseAnswers.list(databases.values())))
        .add("GET", "/api/settings", (_, _) -> Reply.json(Form.controls()))
        .add(
            "GET",
            "/api/databases/{database}",
            (_, parts) -> {
              ServedDatabase database = database(databases, parts);
              return Reply.json(DatabaseAnswers.whole(database, reviewed.sets(database)));
            })
        .add(
            "GET",
            "/api/databases/{database}/lists",
            (_, parts) -> Reply.json(DatabaseAnswers.unlisted(database(databases, parts))))
        .add(
            "GET",
            "/api/databases/{database}/exemplars/{number}/{kind}",
            (request, parts) ->
                pictures.exemplar(
                    request,
                    database(databases, parts),
                    parts.getOrDefault("number", ""),
                    parts.getOrDefault("kind", "")))
        .add(
            "GET",
            "/api/databases/{database}/pictures/{number}/small.jpg",
            (request, parts) ->
                pictures.picture(
                    request, database(databases, parts), parts.getOrDefault("number", "")))
        .add(
            "POST",
            "/api/databases/{database}/explanations",
            (request, parts) -> {
              ServedDatabase database = database(databases, parts);
              Question question = Question.of(request.json(), database);
              return Reply.json(
                  ExplanationAnswers.whole(explainer.explain(database, question, client(request))));
            })
        .add("POST", "/api/uploads", (request, _) -> upload(request, uploads))
        .add(
            "GET",
            "/api/explanations/{id}",
            (_, parts) -> Reply.json(ExplanationAnswers.json(answer(parts))))
        .add(
            "GET",
            "/api/explanations/{id}/field",
            (_, parts) -> ExplanationAnswers.field(answer(parts)))
        .add(
            "GET",
            "/api/explanations/{id}/labels",
            (_, parts) -> ExplanationAnswers.labels(answer(parts)))
        .add(
            "GET",
            "/api/explanations/{id}/pictures/{name}",
            (_, parts) -> ExplanationAnswers.picture(answer(parts), parts.getOrDefault("name", "")))
        .add(
            "GET",
            "/api/explanations/{id}/photo.jpg",
            (_, parts) -> ExplanationAnswers.photo(explainer.photo(answer(parts))))
        .add(
            "GET",
            "/api/explanations/{id}/figure/{name}",
            (request, parts) -> {
              Explainer.Answer answer = answer(parts);
              return FigureAnswers.of(
                  answer, explainer.own(answer), request, parts.getOrDefault("name", ""));
            })
        .add(
            "GET",
            "/api/explanations/{id}/files/{name}",
            (_, parts) -> ExplanationAnswers.saved(answer(parts), parts.getOrDefault("name", "")))
        .add(
            "GET",
            "/api/explanations/{id}/arrays/{name}",
            (_, parts) -> ArrayAnswers.picture(answer(parts), parts.getOrDefault("name", "")))
        .add(
            "GET",
            "/api/explanations/{id}/sources",
            (request, parts) -> ArrayAnswers.sources(answer(parts), request))
        .add(
            "GET",
            "/api/databases/{database}/exemplars/{number}/arrays/{name}",
            (_, parts) ->
                ArrayAnswers.exemplar(
                    database(databases, parts),
                    parts.getOrDefault("number", ""),
                    parts.getOrDefault("name", "")))
        .add(
            "POST",
            "/api/databases/{database}/activations",
            (request, parts) -> activations(request, database(databases, parts)))
        .add(
            "POST",
            "/api/databases/{database}/matches",
            (request, parts) -> matches(request, database(databases, parts)))
        .add("GET", "/api/work", (request, _) -> work(request))
        .add("DELETE", "/api/work", (request, _) -> cancel(request));
  }

  private Explainer.Answer answer(Map<String, String> parts) {
    return explainer.answer(parts.getOrDefault("id", ""));
  }

  private static ServedDatabase database(
      Map<String, ServedDatabase> databases, Map<String, String> parts) {
    String id = parts.getOrDefault("database", "");
    return Optional.ofNullable(databases.get(id))
        .orElseThrow(() -> Refusal.notFound("no database '" + id + "'"));
  }

  /** A picture that is kept, and how many different ones came by now. */
  private record Uploaded(String id, int pictures) {}

  private static Reply upload(Request request, Uploads uploads) {
    request.requireType("image/");
    String id = uploads.keep(request.body(Uploads.MOST_BYTES, "a picture"));
    return Reply.json(new Uploaded(id, uploads.count()));
  }

  private Reply activations(Request request, ServedDatabase database) {
    Question question = Question.of(request.json(), database);
    return ArrayAnswers.activations(explainer.activations(database, question, client(request)));
  }

  private Reply matches(Request request, ServedDatabase database) {
    Options options = Question.settings(request.queryJson("settings"));
    FeatureMap vectors = ArrayAnswers.vectors(request);
    return explainer
        .queue()
        .run(client(request), () -> ArrayAnswers.matches(database.compnn(), vectors, options));
  }

  private static String client(Request request) {
    return request.client().orElseGet(() -> UUID.randomUUID().toString());
  }

  private Reply work(Request request) {
    Optional<Work.State> state = request.client().flatMap(explainer.queue()::state);
    return Reply.json(state.<Object>map(found -> found).orElse(Map.of()));
  }

  private Reply cancel(Request request) {
    request.client().ifPresent(explainer.queue()::cancel);
    return Reply.empty(204);
  }

  private void serve(HttpExchange exchange) {
    try (exchange) {
      send(exchange, answer(exchange));
    } catch (IOException e) {
      // The client has gone away; there is nobody left to tell.
    }
  }

  private Reply answer(HttpExchange exchange) {
    try {
      Request request = new Request(exchange, guard.front());
      // Addresses within the page are relative to its folder.
      return guard
          .check(request)
          .or(() -> behindSlash(request))
          .orElseGet(() -> routes.answer(request));
    } catch (Refusal refusal) {
      return Reply.error(refusal.status(), String.valueOf(refusal.getMessage()));
    } catch (UserError e) {
      return Reply.error(422, String.valueOf(e.getMessage()))
          .with(Form.HEADER, String.join(",", Form.named(e.knobs())));
    } catch (RuntimeException | Error e) {
      log.accept("internal error in " + exchange.getRequestURI().getPath() + ": " + trace(e));
      return Reply.error(500, "internal error; see the server's log");
    }
  }

  private Optional<Reply> behindSlash(Request request) {
    String path = guard.front().path();
    return !path.isEmpty() && request.path().equals(path)
        ? Optional.of(Reply.empty(308).with("Location", path + "/"))
        : Optional.empty();
  }

  /** Everything that may help to find a fault. */
  private static String trace(Throwable fault) {
    StringWriter trace = new StringWriter();
    fault.printStackTrace(new PrintWriter(trace));
    return trace.toString().stripTrailing();
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    var headers = exchange.getResponseHeaders();
    reply.headers().forEach(headers::set);
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    boolean bodiless = reply.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : reply.body().length);
    if (!bodiless) {
      exchange.getResponseBody().write(reply.body());
      // Before the rest of a request that is too large is waited for, which may never come.
      exchange.getResponseBody().flush();
    }
  }

  /** Ends calculations and connections. */
  @Override
  public void close() {
    http.stop(0);
    reviewed.close();
    explainer.close();
    threads.shutdownNow();
  }
}
