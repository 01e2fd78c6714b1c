package org.compnn.viewer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.compnn.files.Resource;

/**
 * JavaScript modules and those that they import, in an order in which none comes before what it
 * imports. They can be served as they are, or joined to one for a page that is one file. Only what
 * our own modules need is understood; all else is refused, with the module's name:
 *
 * <ul>
 *   <li>imports of names, {@code import { a, b } from "./other.js"} or from {@code
 *       "../folder/other.js"}, or, where modules are not joined, of a whole module, {@code import *
 *       as other}
 *   <li>{@code export} before a function, class or constant at the top
 * </ul>
 */
public final class Modules {
  private static final Pattern IMPORT = Pattern.compile("(?m)^import\\b[^;]*;\\n?");
  private static final Pattern IMPORTED =
      Pattern.compile(
          "import (?:\\{([\\w$,\\s]+)}|\\* as [\\w$]+) from"
              + " \"(\\.\\.?/(?:[\\w-]+/)?[\\w-]+\\.js)\";\\s*");
  private static final Pattern EXPORT = Pattern.compile("(?m)^export\\b");
  private static final Pattern DECLARED =
      Pattern.compile(
          "(?m)^(export )?(?:(?:async )?function\\*? ?|class |const |let |var )([\\w$]+|[\\[{])");
  private static final Pattern NOT_UNDERSTOOD =
      Pattern.compile("(?m)\\bimport\\s*[(.]|^[ \\t]+(?:import|export)\\b");

  /**
   * A module.
   *
   * @param name folder and file, such as {@code viewer/field.js}
   * @param text as it is served
   */
  public record Module(String name, String text) {}

  /** What a module says of itself. */
  private record Read(
      Module module,
      Map<String, Set<String>> imports,
      boolean wholeImports,
      Set<String> exports,
      Set<String> names) {}

  private final UnaryOperator<String> source;
  private final Map<String, Read> read = new LinkedHashMap<>();

  /** Modules under way, to see circles. */
  private final Set<String> begun = new LinkedHashSet<>();

  private Modules(UnaryOperator<String> source) {
    this.source = source;
  }

  /**
   * The program's modules.
   *
   * @param beside a class of the package that the first one lies beside, {@code org.compnn.FOLDER};
   *     others lie there or beside this class, in {@code viewer}
   * @param entry the first one's file
   * @throws IllegalStateException if one is missing, or says what is not understood
   */
  public static Modules of(Class<?> beside, String entry) {
    String folder = folder(beside);
    Map<String, Class<?>> folders = new HashMap<>();
    folders.put(folder(Modules.class), Modules.class);
    folders.put(folder, beside);
    return of(
        folder + "/" + entry,
        name -> {
          int slash = name.indexOf('/');
          Class<?> place = folders.get(name.substring(0, slash));
          if (place == null) {
            throw new IllegalStateException(name + ": expected a module of " + folders.keySet());
          }
          return Resource.text(place, name.substring(slash + 1));
        });
  }

  /** Modules of any source, by folder and file. */
  static Modules of(String entry, UnaryOperator<String> source) {
    Modules modules = new Modules(source);
    modules.add(entry);
    return modules;
  }

  private static String folder(Class<?> type) {
    String name = type.getPackageName();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** All of them, none before what it imports. */
  public List<Module> inOrder() {
    return read.values().stream().map(Read::module).toList();
  }

  /**
   * One module that does the same and imports nothing.
   *
   * @throws IllegalStateException if two have the same name for something at their tops, or a whole
   *     module is imported
   */
  public String bundle() {
    Map<String, String> owners = new HashMap<>();
    StringBuilder joined = new StringBuilder();
    for (Read each : read.values()) {
      String name = each.module().name();
      if (each.wholeImports()) {
        throw refused(name, "expected imports of names, found one of a whole module");
      }
      for (String declared : each.names()) {
        String other = owners.put(declared, name);
        if (other != null) {
          throw refused(
              name, "expected another name than '" + declared + "', as " + other + " has it");
        }
      }
      String text = IMPORT.matcher(each.module().text()).replaceAll("");
      joined.append(text.replaceAll("(?m)^export ", "").strip()).append("\n\n");
    }
    return joined.toString();
  }

  private Read add(String name) {
    Read known = read.get(name);
    if (known != null) {
      return known;
    }
    if (!begun.add(name)) {
      throw refused(name, "expected no circle of imports, found " + begun);
    }
    Read module = read(name, source.apply(name));
    module
        .imports()
        .forEach(
            (other, names) -> {
              Set<String> exports = add(other).exports();
              for (String each : names) {
                if (!exports.contains(each)) {
                  throw refused(name, "expected that " + other + " exports '" + each + "'");
                }
              }
            });
    read.put(name, module);
    return module;
  }

  private static Read read(String name, String text) {
    Map<String, Set<String>> imports = new LinkedHashMap<>();
    boolean whole = false;
    Matcher statements = IMPORT.matcher(text);
    while (statements.find()) {
      Matcher imported = IMPORTED.matcher(statements.group());
      if (!imported.matches()) {
        throw refused(name, "expected an import of names, found " + statements.group().strip());
      }
      Set<String> names =
          imports.computeIfAbsent(resolved(name, imported.group(2)), _ -> new LinkedHashSet<>());
      if (imported.group(1) == null) {
        whole = true;
      } else {
        for (String each : imported.group(1).strip().split("\\s*,\\s*", -1)) {
          if (each.matches(".*\\s.*")) {
            throw refused(name, "expected an import under its own name, found " + each);
          }
          if (!each.isEmpty()) {
            names.add(each);
          }
        }
      }
    }
    String body = statements.replaceAll("");
    Matcher strange = NOT_UNDERSTOOD.matcher(body);
    if (strange.find()) {
      throw refused(
          name, "expected imports and exports at the top, found " + strange.group().strip());
    }
    List<String> exports = new ArrayList<>();
    Set<String> declared = new LinkedHashSet<>();
    Matcher declarations = DECLARED.matcher(body);
    while (declarations.find()) {
      String each = declarations.group(2);
      if (each.equals("[") || each.equals("{")) {
        throw refused(name, "expected one name a declaration at the top, found several");
      }
      if (!declared.add(each)) {
        throw refused(name, "expected '" + each + "' once, found it twice");
      }
      if (declarations.group(1) != null) {
        exports.add(each);
      }
    }
    if (EXPORT.matcher(body).results().count() != exports.size()) {
      throw refused(name, "expected exports of functions, classes and constants, found another");
    }
    return new Read(new Module(name, text), imports, whole, Set.copyOf(exports), declared);
  }

  private static String resolved(String importer, String address) {
    return address.startsWith("./")
        ? importer.substring(0, importer.indexOf('/') + 1) + address.substring(2)
        : address.substring(3);
  }

  private static IllegalStateException refused(String module, String why) {
    return new IllegalStateException(module + ": " + why);
  }
}
