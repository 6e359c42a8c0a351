package io.vestibule.door;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttIdentifierRejectedException;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttReasonCodes.Disconnect;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Future;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vestibule.audit.RecordType;
import io.vestibule.command.CommandResult;
import io.vestibule.command.CommandResult.Unsent.Cause;
import io.vestibule.command.UnlockCommand;
import io.vestibule.concurrent.LoopConfined;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection from its first byte to its end: waiting, deciding, open, over. */
@LoopConfined
final class DoorConnection {
  private static final Logger LOG = LoggerFactory.getLogger(DoorConnection.class);

  /** How long the last words may take before the connection is cut. */
  private static final long FAREWELL_NANOS = Duration.ofSeconds(5).toNanos();

  /** What an MQTT 5 door is told to keep to when it asked for no keep-alive. */
  private static final int SERVER_KEEP_ALIVE_SECONDS = 300;

  /** How long after a directory that did not answer it is asked again. */
  private static final long CONFIRMED_AGAIN_MS = 1_000;

  private enum Phase {
    /** No CONNECT yet. */
    WAITING,
    /** Reading is held back until the answer to CONNECT is known. */
    DECIDING,
    OPEN,
    OVER
  }

  private final Doorway doorway;
  private final NetSocketInternal socket;
  private final MqttWire wire;
  private Phase phase = Phase.WAITING;
  private boolean mqtt5;
  private long silentMaxNanos;
  private long lastPacketNanos;
  private Optional<Instant> until = Optional.empty();
  private Optional<DoorSession> session = Optional.empty();
  private Optional<Registration> registration = Optional.empty();
  private Optional<ConnectDecision.Accepted> accepted = Optional.empty();

  DoorConnection(Doorway doorway, NetSocketInternal socket) {
    this.doorway = doorway;
    this.socket = socket;
    this.wire = new MqttWire(socket);
    this.silentMaxNanos = doorway.limits().connectTimeout().toNanos();
    this.lastPacketNanos = doorway.parts().time().nanoTime();
  }

  /** From the socket; never throws. */
  void receive(Object message) {
    doorway.loop().check();
    try {
      guarded(() -> route(message));
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  /** The socket is closed. */
  void gone() {
    guarded(() -> end(Ending.BY_DOOR));
    // What came while reading was held back is delivered now, and released unseen.
    socket.resume();
  }

  Future<CommandResult> command(UnlockCommand command) {
    doorway.loop().check();
    return session.isPresent() && phase == Phase.OPEN
        ? session.get().command(command)
        : Future.succeededFuture(new CommandResult.Unsent(Cause.OFFLINE));
  }

  /** What let the door in may hold no more. */
  void entryChanged() {
    doorway.loop().check();
    if (phase == Phase.OPEN && registration.isPresent() && accepted.isPresent()) {
      confirm(registration.get(), accepted.get());
    }
  }

  /** Whether a limit of time has run out. */
  boolean due(long nowNanos, Instant now) {
    // Subtract before comparing: nanoTime may wrap.
    return nowNanos - lastPacketNanos > silentMaxNanos
        || (phase == Phase.OPEN && until.isPresent() && !now.isBefore(until.get()));
  }

  /** Ends what is due. */
  void expire(Instant now) {
    if (phase == Phase.OVER) {
      wire.abort();
    } else if (until.isPresent() && !now.isBefore(until.get())) {
      end(Ending.EXPIRED);
    } else {
      end(Ending.KEEP_ALIVE);
    }
  }

  /** Other nodes ask for the door until it has left: what is under way ends here, in its time. */
  void drain() {
    doorway.loop().check();
    if (session.isEmpty() || session.get().departure().due()) {
      end(Ending.DRAINED);
    }
  }

  /** Ends the connection, once; what MQTT 5 is told goes out first. */
  void end(Ending ending) {
    doorway.loop().check();
    if (phase == Phase.OVER) {
      return;
    }
    boolean open = phase == Phase.OPEN;
    over();
    if (open) {
      leave(ending);
    } else {
      doorway.meters().refused(ending.cause().early());
    }
    wire.end();
  }

  private void over() {
    phase = Phase.OVER;
    lastPacketNanos = doorway.parts().time().nanoTime();
    silentMaxNanos = FAREWELL_NANOS;
  }

  private void leave(Ending ending) {
    if (mqtt5) {
      ending.reason().ifPresent(wire::disconnect);
    }
    doorway.meters().ended(ending.cause());
    registration.filter(doorway.registry()::remove).ifPresent(this::left);
    session.ifPresent(DoorSession::over);
  }

  private void left(Registration own) {
    doorway.parts().whereabouts().changed(own.door());
    doorway.presence().record(RecordType.DOOR_OFFLINE, own.door());
  }

  /** A bug while serving this door ends its connection and no other. */
  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException bug) {
      LOG.error("door {} dropped", name(), bug);
      end(Ending.BUG);
    }
  }

  private String name() {
    return registration.map(own -> own.door().text()).orElse("not connected yet");
  }

  private void route(Object message) {
    if (phase == Phase.OVER || !(message instanceof MqttMessage packet)) {
      return;
    }
    if (wire.full()) {
      end(Ending.UNREAD); // Each packet asks for an answer, and the answers pile up.
    } else if (packet.decoderResult().isFailure()) {
      malformed(packet.decoderResult().cause());
    } else if (session.isPresent()) {
      lastPacketNanos = doorway.parts().time().nanoTime();
      session.get().receive(packet);
    } else if (packet instanceof MqttConnectMessage connect) {
      connect(connect);
    } else {
      stranger("no CONNECT first"); // [MQTT-3.1.0-1]
    }
  }

  private void malformed(Throwable cause) {
    if (phase == Phase.OPEN) {
      end(
          Ending.protocol(
              cause instanceof TooLongFrameException
                  ? Disconnect.PACKET_TOO_LARGE
                  : Disconnect.MALFORMED_PACKET));
    } else if (cause instanceof MqttUnacceptableProtocolVersionException) {
      refuse(Refusal.VERSION); // [MQTT-3.1.2-2]
    } else if (cause instanceof MqttIdentifierRejectedException) {
      refuse(Refusal.CLIENT_ID);
    } else {
      stranger("malformed");
    }
  }

  private void stranger(String why) {
    doorway.strangers().warn(() -> "connection from " + socket.remoteAddress() + ": " + why);
    turnAway(RefusalCause.PROTOCOL);
  }

  /** Ends a connection over which no door came in. */
  private void turnAway(RefusalCause cause) {
    doorway.meters().refused(cause);
    over();
    wire.end();
  }

  private void connect(MqttConnectMessage message) {
    phase = Phase.DECIDING;
    // A door may send on without waiting for CONNACK; that is read once the answer is known.
    socket.pause();
    ConnectRequest request = new ConnectRequest(message, certificate());
    mqtt5 = request.mqtt5();
    if (socket.isSsl() && request.certificate().isEmpty()) {
      refuse(Refusal.CERTIFICATE);
      return;
    }
    doorway
        .check()
        .decide(request)
        .onComplete((decision, failure) -> guarded(() -> decided(request, decision, failure)));
  }

  private Optional<X509Certificate> certificate() {
    try {
      return socket.isSsl()
              && socket.sslSession().getPeerCertificates()[0] instanceof X509Certificate own
          ? Optional.of(own)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  private void decided(
      ConnectRequest request, @Nullable ConnectDecision decision, @Nullable Throwable failure) {
    if (phase == Phase.OVER) {
      return; // The door left while we asked.
    }
    if (decision == null) {
      throw new IllegalStateException("CONNECT of " + request.clientId(), failure);
    }
    decision
        .match(
            accepted -> (Runnable) () -> accept(request, accepted),
            refused -> () -> refuse(refused.refusal()))
        .run();
  }

  private void refuse(Refusal refusal) {
    doorway
        .strangers()
        .warn(() -> "connection from " + socket.remoteAddress() + " refused: " + refusal);
    wire.connack(refusal.code(mqtt5), MqttProperties.NO_PROPERTIES);
    turnAway(refusal.cause());
  }

  private void accept(ConnectRequest request, ConnectDecision.Accepted accepted) {
    if (doorway.registry().closed()) {
      refuse(Refusal.DRAINING);
      return;
    }
    if (!doorway.connects().take(accepted.door())) {
      refuse(Refusal.TOO_OFTEN);
      return;
    }
    phase = Phase.OPEN;
    LineKind kind = LineKind.of(mqtt5, socket.isSsl());
    doorway.meters().connected(kind);
    until = accepted.until();
    lastPacketNanos = doorway.parts().time().nanoTime();
    silentMaxNanos = silentMaxNanos(request.keepAliveSeconds());
    wire.connack(MqttConnectReturnCode.CONNECTION_ACCEPTED, properties(request));
    register(request, accepted, kind);
    socket.resume();
  }

  private void register(ConnectRequest request, ConnectDecision.Accepted decision, LineKind kind) {
    accepted = Optional.of(decision);
    Registration own =
        new Registration(decision.door(), kind, doorway.loop(), this, doorway.parts().time().now());
    registration = Optional.of(own);
    session =
        Optional.of(
            new DoorSession(
                doorway, new DoorSession.Line(own, wire, request, this::guarded, this::end)));
    Optional<Registration> earlier = doorway.registry().add(own);
    doorway.parts().whereabouts().changed(own.door());
    if (earlier.isPresent()) {
      earlier.get().end(Ending.TAKEN_OVER); // [MQTT-3.1.4-3]
    } else {
      doorway.presence().record(RecordType.DOOR_ONLINE, own.door());
    }
    confirm(own, decision);
  }

  /**
   * Ends the connection of a door that was deleted, or whose secret was changed, since it was let
   * in: asked for once it is registered, and at each change from then on.
   */
  private void confirm(Registration own, ConnectDecision.Accepted decision) {
    doorway
        .parts()
        .directory()
        .door(decision.door())
        .onSuccess(
            entry -> {
              if (!decision.holds(entry)) {
                own.end(Ending.DELETED);
              }
            })
        .onFailure(
            unanswered ->
                doorway.vertx().setTimer(CONFIRMED_AGAIN_MS, fired -> guarded(this::entryChanged)));
  }

  // [MQTT-3.1.2-22] One and a half times the keep-alive.
  private long silentMaxNanos(int keepAliveSeconds) {
    if (keepAliveSeconds == 0 && !mqtt5) {
      // [MQTT-3.1.2-24] asks for no limit, yet a connection that is silent for so long is lost.
      return doorway.limits().idleMax().toNanos();
    }
    int seconds = keepAliveSeconds == 0 ? SERVER_KEEP_ALIVE_SECONDS : keepAliveSeconds;
    return Duration.ofMillis(seconds * 1500L).toNanos();
  }

  /** On MQTT 3.1.1 none are written. */
  private MqttProperties properties(ConnectRequest request) {
    MqttProperties properties = new MqttProperties();
    integer(properties, MqttProperties.RECEIVE_MAXIMUM, doorway.limits().receiveMaximum());
    integer(properties, MqttProperties.MAXIMUM_QOS, 1);
    integer(properties, MqttProperties.RETAIN_AVAILABLE, 0);
    integer(properties, MqttProperties.MAXIMUM_PACKET_SIZE, doorway.limits().packetBytesMax());
    integer(properties, MqttProperties.WILDCARD_SUBSCRIPTION_AVAILABLE, 0);
    integer(properties, MqttProperties.SHARED_SUBSCRIPTION_AVAILABLE, 0);
    integer(properties, MqttProperties.SUBSCRIPTION_IDENTIFIER_AVAILABLE, 0);
    integer(properties, MqttProperties.SESSION_EXPIRY_INTERVAL, 0);
    if (request.keepAliveSeconds() == 0) {
      integer(properties, MqttProperties.SERVER_KEEP_ALIVE, SERVER_KEEP_ALIVE_SECONDS);
    }
    return properties;
  }

  private static void integer(MqttProperties properties, int propertyId, int value) {
    properties.add(new MqttProperties.IntegerProperty(propertyId, value));
  }
}
