package org.compnn.bench.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;

final class CasesTest {
  private static final Cases CASES =
      Cases.parse(
          """
          {"sets": [{"name": "s", "train": "a", "val": "b", "model": "c", "direction": "", "made": ""}],
           "peers": [{"name": "FAISS IVF", "library": "faiss", "axes": 8, "index": "IVF{lists},Flat",
                      "perList": 100, "settings": [1, 2], "ranked": [1, 8], "most": 9},
                     {"name": "Lucene", "library": "lucene", "axes": 8, "index": "M16",
                      "perList": 0, "settings": [4], "ranked": [1], "most": 9}],
           "cases": [{"name": "x", "set": "s", "layer": "penultimate", "hyperpatch": 2,
                      "shares": ["1", "1/8", "4"], "pictures": 3, "check": 5, "peers": ["FAISS"]}]}
          """,
          "text");

  @Test
  void aNameAloneIsTheWholeTrainingSet() {
    Cases.One one = CASES.choose(List.of("x")).getFirst();
    assertThat(one.name()).isEqualTo("x");
    assertThat(one.share()).isEqualTo(new Share(1, 1));
    assertThat(one.set().val()).isEqualTo("b");
    assertThat(one.peers()).extracting(Cases.Peer::name).containsExactly("FAISS IVF");
  }

  @Test
  void aNetworkThatACommandMakesLiesWithWhatIsBuilt() {
    Path inputs = Path.of("inputs");
    Path work = Path.of("work");
    Cases.PictureSet given = CASES.choose(List.of("x")).getFirst().set();
    assertThat(given.network(inputs, work)).isEqualTo(inputs.resolve("c"));
    Cases.PictureSet made = new Cases.PictureSet("s", "a", "b", "c", "", "make c");
    assertThat(made.network(inputs, work)).isEqualTo(work.resolve("c"));
  }

  @Test
  void sharesAreChosenBehindAnAtSign() {
    assertThat(CASES.choose(List.of("x@1/8", "x@4")))
        .extracting(Cases.One::share)
        .containsExactly(new Share(1, 8), new Share(4, 1));
    assertThat(CASES.choose(List.of("x@all"))).extracting(Cases.One::name).contains("x", "x@1/8");
  }

  @Test
  void whatIsNotThereIsSaidInOneLine() {
    assertThatThrownBy(() -> CASES.choose(List.of("y")))
        .isInstanceOf(UserError.class)
        .hasMessage("--cases: expected some of x, found 'y'");
    assertThatThrownBy(() -> CASES.choose(List.of("x@3")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("x@3");
    assertThatThrownBy(() -> Share.parse("2/3")).isInstanceOf(UserError.class);
    assertThatThrownBy(() -> Cases.parse("{\"sets\": []}", "mine.json"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("mine.json: expected");
  }

  @Test
  void listsComeInPowersOfTwoNearTheirWantedSize() {
    Cases.Peer peer = CASES.peers().getFirst();
    assertThat(peer.index(100)).isEqualTo("IVF1,Flat");
    assertThat(peer.index(6_000)).isEqualTo("IVF64,Flat");
  }

  @Test
  void theShippedCasesCanAllBeChosenAndHavePeers() {
    Cases shipped = Cases.shipped();
    List<Cases.One> all =
        shipped.choose(shipped.cases().stream().map(c -> c.name() + "@all").toList());
    assertThat(all).hasSizeGreaterThan(20).allSatisfy(one -> assertThat(one.peers()).isNotEmpty());
    for (Cases.Case c : shipped.cases()) {
      assertThat(c.peers())
          .allSatisfy(
              start -> assertThat(shipped.peers()).anyMatch(p -> p.name().startsWith(start)));
    }
  }
}
