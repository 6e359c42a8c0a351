package io.vestibule.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportFilesTest {
  @TempDir private Path directory;

  @Test
  void all_comeToStand_andReplaceWhatStoodThere_withNothingLeftBeside() throws Exception {
    Files.writeString(directory.resolve("a.txt"), "old");

    new ReportFiles(directory).write(inOrder("a.txt", "b.json"));

    assertThat(directory).isDirectoryContaining("glob:**/a.txt");
    assertThat(directory.resolve("a.txt")).hasContent("new a.txt");
    assertThat(directory.resolve("b.json")).hasContent("new b.json");
    assertThat(directory.toFile().list()).hasSize(2);
  }

  @Test
  void oneThatCannotBeWritten_leavesWhatStoodThere() throws Exception {
    Files.writeString(directory.resolve("a.txt"), "old");
    Files.createDirectories(directory.resolve(".b.json.part/occupied"));

    assertThatThrownBy(() -> new ReportFiles(directory).write(inOrder("a.txt", "b.json")))
        .isInstanceOf(IOException.class);

    assertThat(directory.resolve("a.txt")).hasContent("old");
    assertThat(directory.toFile().list()).containsExactlyInAnyOrder("a.txt", ".b.json.part");
  }

  @Test
  void oneThatCannotTakeItsPlace_leavesNoneOfTheOthersEither() throws Exception {
    Files.createDirectories(directory.resolve("b.json/occupied"));

    assertThatThrownBy(() -> new ReportFiles(directory).write(inOrder("a.txt", "b.json")))
        .isInstanceOf(IOException.class);

    assertThat(directory.toFile().list()).containsExactly("b.json");
  }

  private static Map<String, String> inOrder(String... names) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : names) {
      texts.put(name, "new " + name);
    }
    return texts;
  }
}
