package org.compnn.chaos.mutate;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Runs mutations one after the other in a process of its own, which may die of one: it says which
 * it is about to try, and what came of it.
 */
public final class Worker {
  /** Said before a try: its seed and its format. */
  public static final String TRYING = "trying ";

  /** Said after it. */
  public static final String SURVIVED = "survived";

  /** Said after it, with what went wrong. */
  public static final String FAILED = "failed ";

  private Worker() {}

  /** Takes a folder, the first seed, how many, and the names of formats. */
  public static void main(String[] args) throws Exception {
    java.util.logging.LogManager.getLogManager().reset();
    Path folder = Path.of(args[0]);
    long first = Long.parseLong(args[1]);
    long count = Long.parseLong(args[2]);
    List<Format> formats = Arrays.stream(args).skip(3).map(Format::valueOf).toList();
    for (long n = 0; n < count; n++) {
      long seed = first + n;
      Format format = formats.get((int) Math.floorMod(seed, (long) formats.size()));
      System.out.println(TRYING + seed + " " + format.title());
      try {
        Mutation.run(format, Mutation.recipe(seed), folder);
        System.out.println(SURVIVED);
      } catch (Throwable e) {
        String line = e + place(e);
        System.out.println(FAILED + line.replaceAll("\\s*\\R\\s*", " | "));
      }
    }
    System.exit(0);
  }

  private static String place(Throwable e) {
    StringBuilder text = new StringBuilder();
    Arrays.stream(e.getStackTrace())
        .limit(8)
        .forEach(
            at ->
                text.append(" < ")
                    .append(at.getClassName().replace("org.compnn.", ""))
                    .append('.')
                    .append(at.getMethodName())
                    .append(':')
                    .append(at.getLineNumber()));
    return text.toString();
  }
}
