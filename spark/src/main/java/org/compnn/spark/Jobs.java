package org.compnn.spark;

import java.util.function.Supplier;
import org.apache.spark.SparkException;
import org.compnn.problem.UserError;

/** What jobs have in common. */
final class Jobs {
  private Jobs() {}

  /**
   * Runs a job.
   *
   * @throws UserError if the cluster gave it up, since a task failed as often as is allowed, or is
   *     not there any more
   */
  static <T> T run(Supplier<T> job) {
    try {
      return job.get();
    } catch (IllegalStateException e) {
      throw String.valueOf(e.getMessage()).contains("stopped SparkContext") ? ended(e) : e;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      // Spark throws what Java would have it declare.
      if (e instanceof SparkException) {
        throw givenUp(e);
      }
      throw new IllegalStateException(e);
    }
  }

  private static UserError ended(Throwable e) {
    return new UserError(
        "the cluster: expected a master and workers that take the job, found that it ended or does"
            + " not answer; start them, or look into their logs",
        e);
  }

  /** What is told where a cluster gives a job up. */
  static UserError givenUp(Throwable e) {
    String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new UserError(
        "the cluster gave the job up: "
            + first
            + "; the logs of its workers say more, then start the command again",
        e);
  }
}
