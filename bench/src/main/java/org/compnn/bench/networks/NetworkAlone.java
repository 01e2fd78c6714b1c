package org.compnn.bench.networks;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.compnn.image.Picture;
import org.compnn.network.Preprocessing;
import org.compnn.threads.Workers;

/**
 * A network's file run by ONNX Runtime over and over, at full use of some threads and with nothing
 * around it: the limit of what running it over a training set can reach.
 *
 * <p>It runs in the better of two ways: a run at a time on all threads, or as many runs at once as
 * there are threads.
 */
final class NetworkAlone implements AutoCloseable {
  /** Runs of each way to find the better one. */
  private static final int TRIED = 6;

  private final List<Map<String, OnnxTensor>> feeds = new ArrayList<>();
  private final OrtSession wide;
  private final OrtSession narrow;
  private final Workers workers;
  private Optional<Boolean> together = Optional.empty();

  /**
   * @param pictures as the network sees them; they are given in turn
   */
  NetworkAlone(Path file, Preprocessing how, List<Picture> pictures, int threads)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    this.wide = session(environment, file, threads);
    this.narrow = session(environment, file, 1);
    this.workers = Workers.of(threads);
    for (Picture picture : pictures) {
      Map<String, OnnxTensor> feed = new HashMap<>();
      for (Map.Entry<String, NodeInfo> entry : wide.getInputInfo().entrySet()) {
        TensorInfo tensor = (TensorInfo) entry.getValue().getInfo();
        feed.put(entry.getKey(), OriginalRun.tensor(environment, tensor, picture, how));
      }
      feeds.add(feed);
    }
  }

  private static OrtSession session(OrtEnvironment environment, Path file, int threads)
      throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      return environment.createSession(file.toString(), options);
    }
  }

  /** What so many runs take. */
  Spent run(int runs) {
    if (together.isEmpty()) {
      run(TRIED, true);
      run(TRIED, false);
      together = Optional.of(run(TRIED, true).seconds() < run(TRIED, false).seconds());
    }
    return run(runs, together.get());
  }

  /** How it runs best, in words. */
  String way() {
    return together.orElse(true)
        ? workers.threads() + " runs at once on a thread each"
        : "a run at a time on " + workers.threads() + " threads";
  }

  private Spent run(int runs, boolean atOnce) {
    Spent begin = Spent.now();
    if (atOnce) {
      workers.run(runs, (number, thread) -> run(narrow, number));
    } else {
      for (int number = 0; number < runs; number++) {
        run(wide, number);
      }
    }
    return Spent.now().since(begin);
  }

  private void run(OrtSession session, int number) {
    try (OrtSession.Result result = session.run(feeds.get(number % feeds.size()))) {
      if (result.size() == 0) {
        throw new IllegalStateException("a network without outputs");
      }
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws OrtException {
    feeds.forEach(feed -> feed.values().forEach(OnnxTensor::close));
    wide.close();
    narrow.close();
    workers.close();
  }
}
