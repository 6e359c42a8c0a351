package io.vestibule.load.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class CannotRunTest {
  @Test
  void whatOthersSayInSeveralLines_isOne() {
    IOException cause = new IOException("refused:\r\n  no room\n");

    assertThat(new CannotRun("cannot write\n\nto it")).hasMessage("cannot write to it");
    assertThat(new CannotRun("cannot write", cause)).hasMessage("cannot write: refused: no room");
  }
}
