package org.compnn.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModulesTest {
  private final Map<String, String> texts = new HashMap<>();

  private Modules modules() {
    return Modules.of("own/main.js", name -> Optional.ofNullable(texts.get(name)).orElseThrow());
  }

  private void main(String text) {
    texts.put("own/main.js", text);
  }

  @Test
  void whatIsImportedStandsBeforeWhatImportsItAndOnce() {
    main(
        """
        import { one } from "./one.js";
        import { two } from "../shared/two.js";
        one(two);
        """);
    texts.put(
        "own/one.js", "import { two } from \"../shared/two.js\";\nexport const one = () => two;\n");
    texts.put("shared/two.js", "/* Two. */\nexport const two = 2;\n");
    assertThat(modules().inOrder().stream().map(Modules.Module::name))
        .containsExactly("shared/two.js", "own/one.js", "own/main.js");
    assertThat(modules().bundle())
        .isEqualTo("/* Two. */\nconst two = 2;\n\nconst one = () => two;\n\none(two);\n\n");
  }

  @Test
  void importsMayTakeSeveralLinesAndExportsMayBeOfAnyKind() {
    main("import {\n  A, b,\n  c,\n} from \"./other.js\";\nnew A(b, c);\n");
    texts.put(
        "own/other.js",
        """
        export class A {}
        export async function b() {}
        export let c = 1;
        const hidden = "export";
        """);
    assertThat(modules().bundle())
        .startsWith("class A {}\nasync function b() {}\nlet c = 1;\n")
        .contains("const hidden = \"export\";")
        .endsWith("new A(b, c);\n\n");
  }

  @Test
  void wholeModulesMayBeImportedWhereTheyAreServedButNotWhereTheyAreJoined() {
    main("import * as other from \"./other.js\";\nother.a();\n");
    texts.put("own/other.js", "export function a() {}\n");
    assertThat(modules().inOrder()).hasSize(2);
    assertThatThrownBy(() -> modules().bundle())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("own/main.js")
        .hasMessageContaining("whole module");
  }

  @Test
  void twoModulesWithTheSameNameForSomethingAreNotJoined() {
    main("import { a } from \"./other.js\";\nconst MOST = a;\n");
    texts.put("own/other.js", "const MOST = 3;\nexport const a = MOST;\n");
    assertThatThrownBy(() -> modules().bundle())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'MOST'")
        .hasMessageContaining("own/main.js")
        .hasMessageContaining("own/other.js");
  }

  @Test
  void aNameThatIsNotExportedIsMissed() {
    main("import { b } from \"./other.js\";\n");
    texts.put("own/other.js", "export const a = 1;\nconst b = 2;\n");
    assertThatThrownBy(this::modules)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("own/other.js exports 'b'");
  }

  @Test
  void aCircleIsRefused() {
    main("import { a } from \"./other.js\";\nexport const b = 1;\n");
    texts.put("own/other.js", "import { b } from \"./main.js\";\nexport const a = b;\n");
    assertThatThrownBy(this::modules)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("circle");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import one from \"./one.js\";\n",
        "import { one as two } from \"./one.js\";\n",
        "import \"./one.js\";\n",
        "import { one } from \"one\";\n",
        "import { one } from \"https://example.org/one.js\";\n",
        "import { one } from \"../../one.js\";\n",
        "const one = await import(\"./one.js\");\n",
        "const here = import.meta.url;\n",
        "export default function one() {}\n",
        "export { one };\n",
        "export * from \"./one.js\";\n",
        "export const { one, two } = three;\n",
        "const [one, two] = three;\n",
        "{\n  export const one = 1;\n}\n",
        "const one = 1;\nconst one = 2;\n",
      })
  void whatIsNotUnderstoodIsRefusedWithTheModulesName(String text) {
    texts.put("own/one.js", "export const one = 1;\n");
    main(text);
    assertThatThrownBy(this::modules)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("own/main.js: expected ");
  }

  @Test
  void theProgramsOwnModulesAreFoundBesideTheirPackages() {
    assertThat(Modules.of(ModulesTest.class, "stage.js").inOrder())
        .extracting(Modules.Module::name)
        .contains("viewer/cells.js", "viewer/panes.js")
        .endsWith("viewer/stage.js");
  }
}
