package org.compnn.spark;

import java.nio.file.Path;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.compnn.problem.UserError;
import org.jspecify.annotations.Nullable;

/** What Spark's settings say of fetching: in the driver, and in executors, which have the same. */
final class Fetching {
  private static final String FOLDER = "spark.compnn.fetched";
  private static final String SIZE = "spark.compnn.fetched.size";
  private static final String USUAL_SIZE = "100g";
  private static final String HADOOP = "spark.hadoop.";

  private static @Nullable Fetched executors;

  private Fetching() {}

  static Fetched of(SparkConf conf) {
    Configuration hadoop = new Configuration();
    Arrays.stream(conf.getAllWithPrefix(HADOOP)).forEach(each -> hadoop.set(each._1(), each._2()));
    String usual =
        Path.of(
                System.getProperty("java.io.tmpdir"),
                "compnn-fetched-" + System.getProperty("user.name"))
            .toString();
    long most;
    try {
      most = conf.getSizeAsBytes(SIZE, USUAL_SIZE);
    } catch (NumberFormatException e) {
      throw new UserError(
          SIZE + ": expected a size such as 100g, found '" + conf.get(SIZE, "") + "'", e);
    }
    return new Fetched(
        new FetchFolder(Path.of(conf.get(FOLDER, usual)).toAbsolutePath(), most), hadoop);
  }

  /** An executor's. */
  static synchronized Fetched here() {
    if (executors == null) {
      executors = of(SparkEnv.get().conf());
    }
    return executors;
  }
}
