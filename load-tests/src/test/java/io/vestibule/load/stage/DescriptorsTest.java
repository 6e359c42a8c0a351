package io.vestibule.load.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class DescriptorsTest {
  @Test
  void aThousand_areKeptBesideTheDoors() {
    assertThatCode(() -> Descriptors.demandFor(19_000, 20_000)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Descriptors.demandFor(19_001, 20_000))
        .isInstanceOf(CannotRun.class)
        .hasMessage(
            "19001 doors need 20001 open files a process, and 20000 are allowed: raise ulimit -n or"
                + " lower --doors");
  }

  @Test
  void thisProcess_mayOpenSome() {
    assertThat(Descriptors.max()).isPositive();
  }
}
