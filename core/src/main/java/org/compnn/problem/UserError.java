package org.compnn.problem;

/**
 * Something that the user can mend. The message is one line for a person: which file or option,
 * what was expected, what was found, what to do. The command line prints it and exits with code 2.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UserError(String message) {
    super(message);
  }

  public UserError(String message, Throwable cause) {
    super(message, cause);
  }
}
