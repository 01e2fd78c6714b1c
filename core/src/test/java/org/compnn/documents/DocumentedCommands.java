package org.compnn.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The command lines that the documents hold. */
public final class DocumentedCommands {
  private static final Path HOME = Path.of("..");

  private DocumentedCommands() {}

  /**
   * A command line.
   *
   * @param where document and line
   * @param words arguments, as a shell would split them
   */
  public record Line(String where, List<String> words) {
    @Override
    public String toString() {
      return where + ": " + String.join(" ", words);
    }
  }

  private static List<Path> documents() {
    try (Stream<Path> files = Files.list(HOME.resolve("docs"))) {
      return Stream.concat(Stream.of("README.md", "CONTRIBUTING.md").map(HOME::resolve), files)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path document) {
    try {
      return Files.readAllLines(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those of blocks of code, to be typed as they are. */
  public static List<Line> blocks(String program) {
    List<Line> found = new ArrayList<>();
    for (Path document : documents()) {
      boolean fenced = false;
      String begun = "";
      int number = 0;
      for (String line : lines(document)) {
        number++;
        fenced ^= line.startsWith("```");
        boolean code = fenced || line.startsWith("    ");
        String text = begun + line.strip();
        begun = "";
        if (code && text.endsWith("\\")) {
          begun = text.substring(0, text.length() - 1);
          continue;
        }
        Matcher command = begin(program).matcher(text);
        if (code && command.matches()) {
          found.add(new Line(document.getFileName() + ":" + number, words(command.group(1))));
        }
      }
    }
    return found;
  }

  /** A line that begins with a program, and with variables before it. */
  private static Pattern begin(String program) {
    return Pattern.compile("^(?:\\w+=\\S+ |nice )*(?:bin/)?" + program + " (.*)$");
  }

  /** That of one line, where it is a command of the program. */
  public static List<String> typed(String program, String line) {
    Matcher match = begin(program).matcher(line.strip());
    return match.matches() ? words(match.group(1)) : List.of();
  }

  /** Those within sentences, which may leave out what is not meant. */
  public static List<Line> inline(String program) {
    Pattern within = Pattern.compile("`(?:bin/)?" + program + " ([a-z]+ [^`]*)`");
    List<Line> found = new ArrayList<>();
    for (Path document : documents()) {
      int number = 0;
      for (String line : lines(document)) {
        number++;
        for (Matcher command = within.matcher(line); command.find(); ) {
          found.add(new Line(document.getFileName() + ":" + number, words(command.group(1))));
        }
      }
    }
    return found;
  }

  /** Splits as a shell does, up to what is no longer of this command. */
  public static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean any = false;
    char quote = 0;
    for (int i = 0; i <= line.length(); i++) {
      char c = i < line.length() ? line.charAt(i) : ' ';
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        any = true;
      } else if (Character.isWhitespace(c)) {
        if (any || !word.isEmpty()) {
          String whole = word.toString();
          if (!any && List.of("|", "&&", ">", ";", "#", "&").contains(whole)) {
            return words;
          }
          words.add(whole);
        }
        word.setLength(0);
        any = false;
      } else {
        word.append(c);
      }
    }
    return words;
  }
}
