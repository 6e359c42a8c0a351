package io.vestibule.load.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.vestibule.load.wire.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class DoorHandlerTest implements DoorHandler.Listener {
  private final List<String> gone = new ArrayList<>();

  @Test
  void aHandshakeThatTheDoorGivesUp_isNotTakenForTheOtherSidesClose() throws Exception {
    EmbeddedChannel channel = connecting();

    channel.advanceTimeBy(1, TimeUnit.MINUTES);
    channel.runScheduledPendingTasks();

    assertThat(gone).isNotEmpty();
    assertThat(gone.get(0)).startsWith("no TLS: handshake timed out");
  }

  @Test
  void aHandshakeThatTheOtherSideEnds_isNamedSo() throws Exception {
    EmbeddedChannel channel = connecting();

    channel.pipeline().fireChannelInactive();

    assertThat(gone).isNotEmpty();
    assertThat(gone.get(0)).startsWith("no TLS: closed by the other side");
  }

  private EmbeddedChannel connecting() throws Exception {
    EmbeddedChannel channel = new EmbeddedChannel();
    SslHandler tls = SslContextBuilder.forClient().build().newHandler(channel.alloc());
    channel.pipeline().addLast(tls, new DoorHandler(0, this));
    return channel;
  }

  @Override
  public void ready(DoorHandler door) {}

  @Override
  public void gone(DoorHandler door, String why) {
    gone.add(why);
  }

  @Override
  public void commanded(DoorHandler door, Command command, String jws) {}

  @Override
  public void acknowledged() {}
}
