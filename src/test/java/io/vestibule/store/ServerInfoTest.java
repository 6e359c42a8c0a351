package io.vestibule.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerInfoTest {
  @ParameterizedTest
  @CsvSource({
    "7.0.15, false",
    "7.1.240, false",
    "7.2.0, true",
    "7.2.4, true",
    "8.0.1, true",
    "6.2.6, false",
    "7, false",
    "odd, false",
    "'', false"
  })
  void waitaof_isThereSinceSevenTwo(String version, boolean there) {
    assertThat(ServerInfo.read("redis_version:" + version).waitsForDisk()).isEqualTo(there);
  }

  @Test
  void serverThatDoesNotTell_countsAsOneThatEvicts() {
    ServerInfo silent = ServerInfo.read("# Server\r\n");

    assertThat(silent.evicts()).isTrue();
    assertThat(silent.appendOnly()).isFalse();
    assertThat(silent.waitsForDisk()).isFalse();
  }

  @Test
  void fields_areReadFromTheirLines() {
    ServerInfo told =
        ServerInfo.read("# Memory\r\nmaxmemory_policy:noeviction\r\n\r\naof_enabled:1\r\n");

    assertThat(told.evicts()).isFalse();
    assertThat(told.appendOnly()).isTrue();
  }
}
