package io.vestibule.door;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vestibule.concurrent.Loop;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** One event loop's share of the door ports, and the connections that it owns. */
final class DoorListener extends VerticleBase {
  private static final int CAUSES_MAX = 10;

  /** Longer than any id: what is wrong with a name is said by the check, not by the codec. */
  private static final int CLIENT_ID_LENGTH_MAX = 256;

  /** How long a shutdown waits for the records of who left. */
  private static final Duration PRESENCE_STORED_WITHIN = Duration.ofSeconds(3);

  private final Entrance entrance;
  private final List<NetServer> servers = new CopyOnWriteArrayList<>();
  private Optional<Doorway> doorway = Optional.empty();

  DoorListener(Entrance entrance) {
    this.entrance = entrance;
  }

  @Override
  public Future<?> start() {
    Doorway own = entrance.doorway(vertx, Loop.current());
    doorway = Optional.of(own);
    own.sweeper().start(own.limits().sweepEvery());
    Future<?> tls = listen(own, entrance.tlsOptions(), entrance.tlsPort());
    return entrance.plainPort().isEmpty()
        ? tls
        : tls.compose(
            done -> listen(own, entrance.plainOptions(), entrance.plainPort().orElseThrow()));
  }

  @Override
  public Future<?> stop() {
    doorway.map(Doorway::sweeper).ifPresent(DoorListener::endAll);
    // With the verticle its timers go, and nothing else would end them.
    doorway.map(Doorway::registry).map(DoorRegistry::leftBehind).ifPresent(LeftBehind::close);
    return Future.join(
        Future.all(servers.stream().map(NetServer::close).toList()),
        doorway
            .map(own -> own.presence().end(PRESENCE_STORED_WITHIN))
            .orElseGet(Future::succeededFuture));
  }

  private static void endAll(Sweeper sweeper) {
    sweeper.endAll(Ending.SHUT_DOWN);
    sweeper.stop();
  }

  /** The ports are free for another process; the connections stay. Any thread. */
  void stopAccepting() {
    for (NetServer server : servers) {
      // A closed server closes its connections once the time is over: never, for they go before.
      server.shutdown(365, TimeUnit.DAYS);
    }
  }

  private Future<?> listen(Doorway own, NetServerOptions options, DoorPort port) {
    NetServer server = vertx.createNetServer(options);
    server.connectHandler(socket -> connected(own, (NetSocketInternal) socket));
    server.exceptionHandler(failure -> handshakeFailed(own, failure));
    return server
        .listen(port.asked(), options.getHost())
        .onSuccess(
            listening -> {
              port.bound(listening.actualPort());
              servers.add(listening);
            })
        .recover(failure -> Future.failedFuture(named(failure, options, port)));
  }

  private DoorServerFailed named(Throwable failure, NetServerOptions options, DoorPort port) {
    boolean binding = failure instanceof IOException && !(failure instanceof SSLException);
    return new DoorServerFailed(
        binding || !options.isSsl()
            ? port.key() + " " + options.getHost() + ":" + port.configured()
            : "mqtt.tls.key " + entrance.keyFile(),
        failure);
  }

  private void connected(Doorway own, NetSocketInternal socket) {
    Channel channel = socket.channelHandlerContext().channel();
    if (!socket.isSsl() || !entrance.countsInTls()) {
      if (!entrance.connections().enter()) {
        entrance.overloaded();
        socket.close();
        return;
      }
      channel.closeFuture().addListener(done -> entrance.connections().leave());
    }
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.addBefore("handler", "mqttEncoder", MqttEncoder.INSTANCE);
    pipeline.addBefore(
        "handler",
        "mqttDecoder",
        new MqttDecoder(own.limits().packetBytesMax(), CLIENT_ID_LENGTH_MAX));
    DoorConnection connection = new DoorConnection(own, socket);
    own.sweeper().add(connection);
    socket.messageHandler(connection::receive);
    // Nothing of these is for us, least of all the server's own announcement that it closes.
    socket.eventHandler(ReferenceCountUtil::release);
    socket.exceptionHandler(reset -> {});
    socket.closeHandler(
        closed -> {
          own.sweeper().remove(connection);
          connection.gone();
        });
  }

  private static void handshakeFailed(Doorway own, Throwable failure) {
    own.meters().refused(RefusalCause.HANDSHAKE);
    own.strangers().warn(() -> "TLS handshake failed: " + why(failure));
  }

  /**
   * What it began with: OpenSSL's own failure is a general one, and names the certificate's in its
   * cause. Some, such as of a peer that left, have no message.
   */
  static String why(Throwable failure) {
    Throwable first = failure;
    for (int depth = 0; depth < CAUSES_MAX && first.getCause() != null; depth++) {
      first = first.getCause();
    }
    return Optional.ofNullable(first.getMessage()).orElse(first.getClass().getSimpleName());
  }
}
