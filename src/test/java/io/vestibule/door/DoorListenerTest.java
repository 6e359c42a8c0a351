package io.vestibule.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

class DoorListenerTest {
  @Test
  void failureWithoutMessage_isNamedByItsClass() {
    assertThat(DoorListener.why(new ClosedChannelException())).isEqualTo("ClosedChannelException");
    assertThat(DoorListener.why(new SSLException("no cipher"))).isEqualTo("no cipher");
  }
}
