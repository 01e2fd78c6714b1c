package org.compnn.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.compnn.explain.Knobs;
import org.compnn.explain.Options;
import org.compnn.explain.Setting;
import org.compnn.explain.Setting.Kind;
import org.compnn.problem.Knob;
import org.compnn.search.Method;
import org.compnn.search.Quality;
import tools.jackson.databind.JsonNode;

/**
 * The settings that a question may have, as members of its JSON and as controls of the page: those
 * of {@link Knobs} under their own names, but for the search, which is one of the qualities or
 * {@code exact}, and for leaving out, which the page does by itself.
 */
final class Form {
  static final String SEARCH = "search";

  /** Names the settings that can mend what an answer refuses, separated by commas. */
  static final String HEADER = "X-Settings";

  /** What a page may ask for at the most, so that one question cannot take all memory. */
  private static final Map<Knob, Integer> MOST = Map.of(Knob.HYPERPATCH, 9, Knob.TOP_K, 16);

  private static final String EXACT = "exact";

  private static final List<Setting<?>> SETTINGS =
      List.of(
          Knobs.LAYER,
          Knobs.LABELS,
          Knobs.HYPERPATCH,
          Knobs.DISTANCE,
          Knobs.OVERLAP,
          Knobs.TOP_K,
          Knobs.ONLY,
          Knobs.WITHOUT);

  private Form() {}

  /**
   * A control of the page.
   *
   * @param name the member of a question
   * @param title what it is called
   * @param help what it does
   * @param choices the names to choose from; none where a number or a text is wanted
   * @param most the greatest number; 0 where none is wanted
   */
  record Control(String name, String title, String help, List<String> choices, int most) {}

  /** The controls, in the order to be shown. */
  static List<Control> controls() {
    List<Control> controls = new ArrayList<>();
    for (Setting<?> setting : SETTINGS) {
      List<String> choices =
          setting.kind() instanceof Kind.Choice<?> choice ? choice.names() : List.of();
      controls.add(
          new Control(
              setting.name(),
              setting.title(),
              setting.help(),
              choices,
              MOST.getOrDefault(setting.knob(), 0)));
    }
    controls.add(new Control(SEARCH, Knobs.SEARCH.title(), Knobs.QUALITY.help(), searches(), 0));
    return controls;
  }

  private static List<String> searches() {
    List<String> names = new ArrayList<>(new Kind.Choice<>(Quality.class).names());
    names.add(EXACT);
    return names;
  }

  /** Those of some knobs that a page has a control for, by name. */
  static List<String> named(List<Knob> knobs) {
    return SETTINGS.stream()
        .filter(setting -> knobs.contains(setting.knob()))
        .map(Setting::name)
        .toList();
  }

  /** The members of a question that hold settings. */
  static List<String> members() {
    List<String> members = new ArrayList<>(SETTINGS.stream().map(Setting::name).toList());
    members.add(SEARCH);
    return members;
  }

  /**
   * The options that a question asks for; what it does not say is as by default.
   *
   * @throws Refusal 400 where a member holds something else than it should
   */
  static Options options(JsonNode json) {
    Options options = Options.defaults();
    for (Setting<?> setting : SETTINGS) {
      options = with(options, setting, json.path(setting.name()));
    }
    return options.method(method(json.path(SEARCH)));
  }

  private static <T> Options with(Options options, Setting<T> setting, JsonNode value) {
    return value.isMissingNode() || value.isNull()
        ? options
        : setting.in(options, read(setting.kind(), new Member(setting, value)));
  }

  /** A value under its name. */
  private record Member(Setting<?> setting, JsonNode value) {
    String name() {
      return setting.name();
    }
  }

  @SuppressWarnings("unchecked") // Each kind reads values of its own type.
  private static <T> T read(Kind<T> kind, Member member) {
    return (T)
        switch (kind) {
          case Kind.Choice<?> choice -> chosen(choice, member);
          case Kind.Whole(int least) ->
              Members.whole(
                  member.name(),
                  member.value(),
                  least,
                  MOST.getOrDefault(member.setting().knob(), Integer.MAX_VALUE));
          case Kind.LayerName() -> Members.text(member.name(), member.value());
          case Kind.Terms() -> Members.terms(member.name(), member.value());
          case Kind.Seconds(), Kind.Flag() ->
              throw new IllegalStateException(member.name() + " is no member of a question");
        };
  }

  private static <E extends Enum<E>> E chosen(Kind.Choice<E> choice, Member member) {
    String text = Members.choice(member.name(), member.value(), choice.names());
    return Enum.valueOf(choice.type(), text.toUpperCase(Locale.ROOT));
  }

  /** A quality of the field search, or the exact search. */
  private static Method method(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return Options.defaults().method();
    }
    String name = Members.choice(SEARCH, value, searches());
    return name.equals(EXACT)
        ? new Method.Exact()
        : new Method.Near(Quality.valueOf(name.toUpperCase(Locale.ROOT)));
  }
}
