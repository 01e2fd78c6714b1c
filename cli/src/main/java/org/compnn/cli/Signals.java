package org.compnn.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.compnn.threads.NativeCalls;

/**
 * What happens at Ctrl-C (INT), at the end of the terminal (HUP) and when the system asks the
 * process to end (TERM). The JVM would unload ONNX Runtime while other threads run it, and crash;
 * so those runs are ended first, then one line is printed, then the JVM ends with 128 and the
 * signal's number.
 */
final class Signals {
  /**
   * A run ends within an operator of the network; a network that is being loaded cannot end early.
   */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private static final AtomicBoolean RECEIVED = new AtomicBoolean();

  private Signals() {}

  /**
   * Handles them from now on, where this JVM lets a program do so.
   *
   * @param afterwards what to do next, for the line; empty for nothing
   */
  static void handle(String afterwards) {
    try {
      // Not of Java's own API, though every JDK has it: a name that need not be there.
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Method handle = signal.getMethod("handle", signal, handler);
      Object ignoring = handler.getField("SIG_IGN").get(null);
      for (String name : List.of("INT", "TERM", "HUP")) {
        Object each = signal.getConstructor(String.class).newInstance(name);
        int number = (int) signal.getMethod("getNumber").invoke(each);
        Object ours =
            Proxy.newProxyInstance(
                Signals.class.getClassLoader(),
                new Class<?>[] {handler},
                (InvocationHandler)
                    (proxy, method, arguments) ->
                        switch (method.getName()) {
                          case "handle" -> end(number, afterwards);
                          case "hashCode" -> number;
                          case "equals" ->
                              System.identityHashCode(proxy)
                                  == System.identityHashCode(arguments[0]);
                          default -> "ends the process at signal " + number;
                        });
        Object before = handle.invoke(null, each, ours);
        if (ignoring.equals(before)) {
          // As nohup and the like have asked for.
          handle.invoke(null, each, ignoring);
        }
      }
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // Without them the JVM ends as it does for any program.
    }
  }

  private static boolean end(int number, String afterwards) throws InterruptedException {
    if (RECEIVED.compareAndSet(false, true)) {
      NativeCalls.stop(LONGEST);
      TerminalProgress.endLine();
      System.err.println("compnn: stopped" + (afterwards.isEmpty() ? "" : "; " + afterwards));
      System.err.flush();
      System.exit(128 + number);
    }
    return true;
  }

  /** Waits for the end if a signal was received, so that nothing else sets the exit code. */
  static void leaveTheEndToThem() {
    if (RECEIVED.get()) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
