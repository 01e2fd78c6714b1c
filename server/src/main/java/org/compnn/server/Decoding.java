package org.compnn.server;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.problem.UserError;

/**
 * Decodes dropped pictures, each within a time. A decoder cannot be stopped, so one that takes too
 * long is left behind on a thread of its own; it keeps its place until it ends, and there are few
 * places. Nothing else waits for it, the end of the program neither.
 */
final class Decoding {
  private final Duration most;
  private final Semaphore places;

  /**
   * @param most how long one may take
   * @param places how many may be under way, those left behind included
   */
  Decoding(Duration most, int places) {
    this.most = most;
    this.places = new Semaphore(places);
  }

  /**
   * Decodes the bytes of a picture file.
   *
   * @param name what messages call it
   * @throws Refusal 422 if it is broken or takes too long, 503 if all places are taken
   */
  Picture decode(byte[] file, String name) {
    FutureTask<Picture> task = new FutureTask<>(() -> PictureFile.read(file, name));
    try {
      if (!places.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new Refusal(503, "other dropped pictures are being decoded; try again soon");
      }
      Thread.ofPlatform()
          .daemon()
          .name("decode")
          .start(
              () -> {
                try {
                  task.run();
                } finally {
                  places.release();
                }
              });
      return task.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new Refusal(
          422,
          "%s: expected a picture that decodes within %d s, found one that takes longer; save it anew"
              .formatted(name, Math.max(1, most.toSeconds())));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UserError error
          ? new Refusal(422, String.valueOf(error.getMessage()))
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(503, "the server is shutting down");
    }
  }
}
