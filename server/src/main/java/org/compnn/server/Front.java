package org.compnn.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;
import org.compnn.problem.UserError;

/**
 * What stands between browsers and the server, if anything does.
 *
 * @param path what the page's addresses begin with, as {@code /compnn}; empty for the root.
 *     Requests may come with it or without it, since some proxies cut it off
 * @param proxies whose {@code X-Forwarded-Host} and {@code X-Forwarded-Proto} are believed; those
 *     of everybody else are not looked at
 * @param asks whether a token is asked for; without one the proxy has to know who may come in
 */
record Front(String path, List<InetAddress> proxies, boolean asks) {
  /** Browsers ask the server itself. */
  static final Front NONE = new Front("", List.of(), true);

  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

  Front {
    proxies = List.copyOf(proxies);
  }

  /**
   * Reads what a user says.
   *
   * @param basePath with or without slashes around it
   * @param proxies addresses or names of machines
   * @param asks as {@link #asks}
   * @throws UserError if a proxy has no address, the path is none, or nobody asks who comes in
   */
  static Front of(String basePath, List<String> proxies, boolean asks) {
    String inner = basePath.replaceAll("^/+|/+$", "");
    String path = inner.isEmpty() ? "" : "/" + inner;
    if (!path.isEmpty() && (!PATH.matcher(path).matches() || path.contains("/.."))) {
      throw new UserError("--base-path: expected a path such as /compnn, found '" + basePath + "'");
    }
    if (!asks && proxies.isEmpty()) {
      throw new UserError(
          "--no-token: expected a proxy that knows who may come in, found none; name it with"
              + " --proxy");
    }
    return new Front(path, proxies.stream().map(Front::address).toList(), asks);
  }

  private static InetAddress address(String proxy) {
    try {
      return InetAddress.getByName(proxy);
    } catch (UnknownHostException e) {
      throw new UserError(
          "--proxy: expected the address of a proxy, found '" + proxy + "'; give its number", e);
    }
  }

  /** Whether an address is that of a proxy. */
  boolean trusts(InetAddress address) {
    return proxies.contains(address);
  }
}
