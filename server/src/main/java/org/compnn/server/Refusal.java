package org.compnn.server;

/** Why a request is not answered as asked: an HTTP status and one line for whoever asked. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  Refusal(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }

  static Refusal notFound(String what) {
    return new Refusal(404, what);
  }

  static Refusal malformed(String message) {
    return new Refusal(400, message);
  }
}
