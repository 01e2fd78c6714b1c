package org.compnn.server;

import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may ask. On the loopback address everyone on the machine may, but no page of another site:
 * the {@code Host} must be an address or a name of ours (so that a foreign name that resolves to us
 * is refused, "DNS rebinding"), and {@code Origin}, where there is one, must be that same host. On
 * any other address, and behind a proxy, through which others come, a token is asked for besides.
 */
final class Guard {
  private static final String COOKIE = "compnn-token";
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[[0-9a-f:.]+(%[^]]*)?]");

  private final String host;
  private final Front front;
  private final Optional<String> token;

  private Guard(String host, Front front, Optional<String> token) {
    this.host = host.toLowerCase(Locale.ROOT);
    this.front = front;
    this.token = token;
  }

  static Guard of(String host, InetAddress address, Front front) {
    boolean alone = address.isLoopbackAddress() && front.proxies().isEmpty();
    return alone || !front.asks() ? new Guard(host, front, Optional.empty()) : asking(host, front);
  }

  /** A token is asked for everywhere, on the loopback address as well. */
  static Guard asking(String host, Front front) {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    return new Guard(host, front, Optional.of(HexFormat.of().formatHex(random)));
  }

  Front front() {
    return front;
  }

  /** What requests must carry, if anything. */
  Optional<String> token() {
    return token;
  }

  /**
   * Lets a request through, or not.
   *
   * @return a reply in place of the one asked for: the page without the token in its address
   * @throws Refusal 421 for another host, 403 for another site, 401 without the token
   */
  Optional<Reply> check(Request request) {
    String asked = request.host().toLowerCase(Locale.ROOT);
    // Under which names a proxy is known is its own matter.
    if (!request.forwarded() && !ours(asked)) {
      throw new Refusal(421, "unknown host name; open the address that the server printed");
    }
    Optional<String> origin = request.header("Origin");
    if (origin.isPresent() && !sameHost(origin.get(), asked)) {
      throw new Refusal(403, "requests from other sites are refused");
    }
    String site = request.header("Sec-Fetch-Site").orElse("none");
    boolean navigates = request.header("Sec-Fetch-Mode").orElse("").equals("navigate");
    if (!site.equals("none") && !site.equals("same-origin") && !navigates) {
      throw new Refusal(403, "requests from other sites are refused");
    }
    if (token.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> inAddress = request.query("token");
    if (request.segments().isEmpty() && inAddress.filter(this::right).isPresent()) {
      return Optional.of(
          Reply.empty(303)
              .with("Location", front.path() + "/")
              .with(
                  "Set-Cookie",
                  COOKIE
                      + "="
                      + token.get()
                      + "; HttpOnly; SameSite=Strict; Path="
                      + front.path()
                      + "/"
                      + (request.encrypted() ? "; Secure" : "")));
    }
    if (!given(request).filter(this::right).isPresent()) {
      throw new Refusal(401, "open the address that the server printed, with its token");
    }
    return Optional.empty();
  }

  private static Optional<String> given(Request request) {
    Optional<String> bearer =
        request
            .header("Authorization")
            .filter(value -> value.startsWith("Bearer "))
            .map(value -> value.substring("Bearer ".length()));
    if (bearer.isPresent()) {
      return bearer;
    }
    for (String cookie : request.header("Cookie").orElse("").split(";", -1)) {
      String text = cookie.strip();
      if (text.startsWith(COOKIE + "=")) {
        return Optional.of(text.substring(COOKIE.length() + 1));
      }
    }
    return Optional.empty();
  }

  /** Takes as long whatever was given. */
  private boolean right(String given) {
    return token.isPresent()
        && MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8), token.get().getBytes(StandardCharsets.UTF_8));
  }

  private boolean ours(String asked) {
    String name = asked.replaceFirst(":\\d+$", "");
    return name.equals("localhost") || name.equals(host) || ADDRESS.matcher(name).matches();
  }

  private static boolean sameHost(String origin, String asked) {
    try {
      URI uri = URI.create(origin);
      return uri.getRawAuthority() != null
          && uri.getRawAuthority().toLowerCase(Locale.ROOT).equals(asked);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
