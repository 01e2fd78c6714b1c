package org.compnn.database;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.compnn.problem.Nearest;
import org.compnn.problem.UserError;

/**
 * Finds exemplars by what a person writes: an id, a tag, a pattern with {@code *}, {@code ?} or
 * {@code [abc]} over ids or tags, or {@code @file} with one term a line.
 *
 * <p>A term is tried on the ids first, and on the tags when no id is meant by it; {@code tag:}
 * before it asks for tags alone.
 */
final class SelectionTerms {
  private static final String TAG = "tag:";

  private final int exemplars;
  private final Map<String, BitSet> ids = new HashMap<>();
  private final Map<String, BitSet> tags = new TreeMap<>();

  SelectionTerms(List<Exemplar> exemplars) {
    this.exemplars = exemplars.size();
    for (Exemplar exemplar : exemplars) {
      ids.computeIfAbsent(exemplar.id(), id -> new BitSet()).set(exemplar.index());
      for (String tag : exemplar.tags()) {
        tags.computeIfAbsent(tag, t -> new BitSet()).set(exemplar.index());
      }
    }
  }

  /**
   * @param only what may match; empty for everything
   * @param without what is taken away from that
   * @throws UserError if a term finds nothing, or nothing is left
   */
  Selection select(List<String> only, List<String> without) {
    BitSet chosen = new BitSet(exemplars);
    if (only.isEmpty()) {
      chosen.set(0, exemplars);
    } else {
      only.forEach(term -> chosen.or(find(term)));
    }
    without.forEach(term -> chosen.andNot(find(term)));
    if (chosen.isEmpty()) {
      throw new UserError(
          "expected training pictures to match, found all %3$d excluded (only %1$s, without %2$s); drop a term"
              .formatted(only, without, exemplars));
    }
    return Selection.of(chosen, exemplars);
  }

  private BitSet find(String term) {
    return term.startsWith("@") ? listed(Path.of(term.substring(1))) : named(term, "");
  }

  private BitSet listed(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw new UserError(file + ": expected a list of training pictures, found no such file", e);
    } catch (MalformedInputException e) {
      throw new UserError(
          file + ": expected a list of training pictures in UTF-8, found another encoding", e);
    } catch (IOException e) {
      throw new UserError(file + ": cannot be read (" + e + ")", e);
    }
    BitSet found = new BitSet();
    for (int i = 0; i < lines.size(); i++) {
      String term = lines.get(i).strip();
      if (!term.isEmpty() && !term.startsWith("#")) {
        found.or(named(term, file + ", line " + (i + 1) + ": "));
      }
    }
    if (found.isEmpty()) {
      throw new UserError(file + ": expected an id or tag on each line, found none");
    }
    return found;
  }

  private BitSet named(String term, String where) {
    boolean tagAlone = term.startsWith(TAG);
    String name = tagAlone ? term.substring(TAG.length()) : term;
    BitSet found = new BitSet();
    if (!tagAlone) {
      found.or(matching(ids, name));
    }
    if (found.isEmpty()) {
      found.or(matching(tags, name));
    }
    if (found.isEmpty()) {
      throw new UserError(
          "%sno training picture of %3$d has the id or tag '%2$s'; %4$s"
              .formatted(where, term, exemplars, closest(name, tagAlone)));
    }
    return found;
  }

  /** What bears the name itself, or else what the name as a pattern matches. */
  private static BitSet matching(Map<String, BitSet> names, String name) {
    BitSet exact = names.get(name);
    if (exact != null) {
      return exact;
    }
    BitSet found = new BitSet();
    if (name.indexOf('*') >= 0 || name.indexOf('?') >= 0 || name.indexOf('[') >= 0) {
      Predicate<String> matches = glob(name).asMatchPredicate();
      names.forEach(
          (candidate, exemplars) -> {
            if (matches.test(candidate)) {
              found.or(exemplars);
            }
          });
    }
    return found;
  }

  private static Pattern glob(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      int end = c == '[' ? glob.indexOf(']', i + 2) : -1;
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (end > 0) {
        String set = glob.substring(i + 1, end);
        boolean negated = set.startsWith("!");
        regex.append(negated ? "[^" : "[");
        for (char member : set.substring(negated ? 1 : 0).toCharArray()) {
          // A hyphen keeps its meaning of a range.
          regex.append(
              member == '-' || Character.isLetterOrDigit(member) ? "" + member : "\\" + member);
        }
        regex.append(']');
        i = end;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    try {
      return Pattern.compile(regex.toString(), Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw new UserError(
          "'" + glob + "': expected a range of characters in [...], such as [a-z]", e);
    }
  }

  private String closest(String name, boolean tagAlone) {
    List<String> names = new ArrayList<>(tags.keySet());
    if (!tagAlone) {
      ids.keySet().stream().sorted().forEach(names::add);
    }
    return Nearest.line(name, names, "no training picture has a tag");
  }
}
