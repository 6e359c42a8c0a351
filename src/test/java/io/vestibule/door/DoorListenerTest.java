package io.vestibule.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.DecoderException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

class DoorListenerTest {
  @Test
  void failureWithoutMessage_isNamedByItsClass() {
    assertThat(DoorListener.why(new ClosedChannelException())).isEqualTo("ClosedChannelException");
    assertThat(DoorListener.why(new SSLException("no cipher"))).isEqualTo("no cipher");
  }

  @Test
  void failure_isNamedByWhatItBeganWith() {
    SSLException general = new SSLException("General OpenSslEngine problem");
    general.initCause(new CertificateException("revoked"));

    assertThat(DoorListener.why(new DecoderException(general))).isEqualTo("revoked");
  }
}
