package org.compnn.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.compnn.explain.Knobs;
import org.compnn.explain.Options;
import org.compnn.explain.Setting;
import org.compnn.explain.Setting.Kind;
import org.compnn.problem.Knob;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** How to explain: a flag for every setting of {@link Knobs}, named as it is. */
final class SettingArguments {
  private final Options defaults;
  private final List<Setting<?>> settings;
  private final Map<Knob, Object> given = new EnumMap<>(Knob.class);

  /**
   * Flags of a command.
   *
   * @param defaults what holds where nothing is given
   * @param left settings that this command has no use for
   */
  SettingArguments(Options defaults, Setting<?>... left) {
    this.defaults = defaults;
    this.settings = Knobs.ALL.stream().filter(s -> !Arrays.asList(left).contains(s)).toList();
  }

  /** What was asked. */
  Options options() {
    Options options = defaults;
    for (Setting<?> setting : settings) {
      options = with(options, setting);
    }
    return options;
  }

  @SuppressWarnings("unchecked") // What is given was converted by the kind of the setting.
  private <T> Options with(Options options, Setting<T> setting) {
    Object value = given.get(setting.knob());
    return value == null ? options : setting.in(options, (T) value);
  }

  void addTo(CommandSpec spec) {
    settings.forEach(setting -> spec.addOption(option(setting)));
  }

  private OptionSpec option(Setting<?> setting) {
    OptionSpec.Builder option = OptionSpec.builder(Flags.of(setting.knob()));
    Knob knob = setting.knob();
    switch (setting.kind()) {
      case Kind.Choice<?> choice ->
          option
              .type(Enum.class)
              .paramLabel(String.join("|", choice.names()))
              .completionCandidates(choice.names())
              .converters(text -> chosen(choice, text));
      case Kind.Whole(int least) ->
          option.type(Integer.class).paramLabel("N").converters(text -> whole(text, least));
      case Kind.Seconds() ->
          option.type(Double.class).paramLabel("SECONDS").converters(SettingArguments::seconds);
      case Kind.LayerName() -> option.type(String.class).paramLabel("LAYER");
      case Kind.Terms() ->
          option
              .type(List.class)
              .auxiliaryTypes(String.class)
              .arity("1")
              .paramLabel("TERM")
              .getter(terms(knob));
      case Kind.Flag() -> option.type(boolean.class).arity("0");
    }
    return option
        .description(setting.help() + shownDefault(setting))
        .hasInitialValue(false)
        .setter(
            new ISetter() {
              @Override
              public <V> V set(V value) {
                if (value != null) {
                  given.put(knob, value);
                }
                return value;
              }
            })
        .build();
  }

  /** Where the terms of a repeated flag gather. */
  private IGetter terms(Knob knob) {
    return new IGetter() {
      @Override
      @SuppressWarnings({
        "unchecked",
        "TypeParameterUnusedInFormals"
      }) // It is asked for a list of texts.
      public <V> V get() {
        return (V) given.computeIfAbsent(knob, _ -> new ArrayList<String>());
      }
    };
  }

  private String shownDefault(Setting<?> setting) {
    return switch (setting.kind()) {
      case Kind.Choice<?> _ ->
          " Default: " + String.valueOf(setting.of(defaults)).toLowerCase(Locale.ROOT) + ".";
      case Kind.Whole _ when setting.knob() != Knob.CHECK ->
          " Default: " + setting.of(defaults) + ".";
      default -> "";
    };
  }

  private static <E extends Enum<E>> Object chosen(Kind.Choice<E> choice, String text) {
    for (E each : choice.type().getEnumConstants()) {
      if (each.name().equalsIgnoreCase(text)) {
        return each;
      }
    }
    throw new TypeConversionException(
        "expected one of " + String.join(", ", choice.names()) + ", found '" + text + "'");
  }

  private static Integer whole(String text, int least) {
    try {
      int value = Integer.parseInt(text);
      if (value >= least) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message.
    }
    throw new TypeConversionException(
        "expected a whole number, " + least + " or more, found '" + text + "'");
  }

  private static Double seconds(String text) {
    try {
      double value = Double.parseDouble(text);
      if (value > 0 && value < Double.POSITIVE_INFINITY) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message.
    }
    throw new TypeConversionException("expected seconds greater than 0, found '" + text + "'");
  }
}
