package org.compnn.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.compnn.explain.Knobs.SearchKind;
import org.compnn.explain.Setting.Kind;
import org.compnn.search.Method;
import org.compnn.search.Quality;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class KnobsTest {
  static List<Setting<?>> settings() {
    return Knobs.ALL;
  }

  /** Values that a setting of this kind takes. */
  @SuppressWarnings("unchecked") // A kind says which type its values have.
  private static <T> List<T> values(Kind<T> kind) {
    return (List<T>)
        switch (kind) {
          case Kind.Choice<?> choice -> List.of(choice.type().getEnumConstants());
          case Kind.Whole(int least) -> List.of(least, least + 1, 1000);
          case Kind.Seconds() -> List.of(0.001, 2.5);
          case Kind.LayerName() -> List.of("bottleneck");
          case Kind.Terms() -> List.of(List.of(), List.of("tag=a", "b*"));
          case Kind.Flag() -> List.of(false, true);
        };
  }

  @ParameterizedTest
  @MethodSource("settings")
  <T> void whatIsSetIsWhatIsGot(Setting<T> setting) {
    for (T value : values(setting.kind())) {
      assertThat(setting.of(setting.in(Options.defaults(), value))).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  <T> void oneSettingLeavesTheOthersAsTheyAre(Setting<T> setting) {
    List<Setting<?>> method = List.of(Knobs.QUALITY, Knobs.TIME_BUDGET, Knobs.SEARCH);
    List<Setting<?>> left = List.of(Knobs.LEAVE_ONE_OUT, Knobs.EXCLUDE_NEIGHBOURS);
    List<Setting<?>> others =
        Knobs.ALL.stream()
            .filter(other -> other.knob() != setting.knob())
            .filter(other -> !(method.contains(setting) && method.contains(other)))
            .filter(other -> !(left.contains(setting) && left.contains(other)))
            .toList();
    for (T value : values(setting.kind())) {
      Options options = setting.in(Options.defaults(), value);
      assertThat(others)
          .allSatisfy(
              other -> assertThat(other.of(options)).isEqualTo(other.of(Options.defaults())));
    }
  }

  @Test
  void everySettingHasANameOfItsOwnAndSaysWhatItDoes() {
    assertThat(Knobs.ALL).extracting(Setting::name).doesNotHaveDuplicates().contains("top_k");
    assertThat(Knobs.ALL).extracting(Setting::title).doesNotHaveDuplicates();
    assertThat(Knobs.ALL)
        .allSatisfy(setting -> assertThat(setting.name()).matches("[a-z]+(_[a-z]+)*"))
        .allSatisfy(setting -> assertThat(setting.help()).matches("(?s)[A-Z].*[.)]"));
  }

  @Test
  void exactSearchComesAfterQualityAndTimeBudgetAndOverrulesThem() {
    assertThat(Knobs.ALL.indexOf(Knobs.SEARCH))
        .isGreaterThan(Knobs.ALL.indexOf(Knobs.QUALITY))
        .isGreaterThan(Knobs.ALL.indexOf(Knobs.TIME_BUDGET));
    assertThat(Knobs.ALL.indexOf(Knobs.TIME_BUDGET))
        .isGreaterThan(Knobs.ALL.indexOf(Knobs.QUALITY));
    Options near = Knobs.QUALITY.in(Options.defaults(), Quality.FAST);
    Options within = Knobs.TIME_BUDGET.in(near, 0.5);
    assertThat(within.method()).isEqualTo(new Method.Within(0.5));
    for (Options asked : List.of(near, within)) {
      assertThat(Knobs.SEARCH.in(asked, SearchKind.EXACT).method()).isEqualTo(new Method.Exact());
      assertThat(Knobs.SEARCH.in(asked, SearchKind.FIELD)).isEqualTo(asked);
    }
  }

  @Test
  void excludingNeighboursImpliesLeavingThePictureOut() {
    Options both = Knobs.EXCLUDE_NEIGHBOURS.in(Knobs.LEAVE_ONE_OUT.in(Options.defaults(), true), 3);
    assertThat(both).isEqualTo(Options.defaults().leaveOneOut(3));
    assertThat(Knobs.EXCLUDE_NEIGHBOURS.in(Options.defaults(), 3)).isEqualTo(both);
    assertThat(Knobs.EXCLUDE_NEIGHBOURS.in(Knobs.LEAVE_ONE_OUT.in(Options.defaults(), true), 0))
        .isEqualTo(Options.defaults().leaveOneOut(0));
  }

  @Test
  void theFieldSearchAndNoNeighboursCanBeChosenAgain() {
    Options changed = Options.defaults().leaveOneOut(2).exact();
    assertThat(Knobs.SEARCH.in(changed, SearchKind.FIELD))
        .isEqualTo(Options.defaults().leaveOneOut(2));
    assertThat(Knobs.EXCLUDE_NEIGHBOURS.in(changed, 0))
        .isEqualTo(Options.defaults().leaveOneOut(0).exact());
  }
}
