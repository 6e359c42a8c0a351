package io.vestibule.load.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PeerTest {
  @TempDir private Path directory;

  @Test
  void aNodeThatIsTooOld_isKnown() {
    assertThat(Peer.newEnough("v20.12.0\n")).isTrue();
    assertThat(Peer.newEnough("v22.1.0")).isTrue();
    assertThat(Peer.newEnough("v20.11.1")).isFalse();
    assertThat(Peer.newEnough("v18.20.4")).isFalse();
    assertThat(Peer.newEnough("command not found")).isFalse();
  }

  @Test
  void aProgramThatIsMissing_isNamedWithWhatToDo() {
    assertThatThrownBy(() -> Programs.demand("no-such-program", "run with --no-peer"))
        .isInstanceOf(CannotRun.class)
        .hasMessage("no-such-program is not on this machine; run with --no-peer");
  }

  @Test
  void aProgramOfThePath_isFound_andAFileThatCannotRunIsNot() throws Exception {
    Path program = Files.createFile(directory.resolve("tool"));
    assertThat(Programs.find("tool", "/nowhere:" + directory)).isEmpty();

    assertThat(program.toFile().setExecutable(true)).isTrue();

    assertThat(Programs.find("tool", "/nowhere:" + directory)).contains(program);
  }
}
