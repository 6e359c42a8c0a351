package io.vestibule.door;

import io.vertx.core.Vertx;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.concurrent.LimitedLog;
import io.vestibule.concurrent.Loop;
import io.vestibule.config.MqttConfig;
import io.vestibule.metrics.Gauge;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/** What all event loops of the door edge share: ports, TLS, limits, the registry. */
@AnyThread
final class Entrance {
  private final MqttConfig config;
  private final DoorLimits limits;
  private final DoorServer.Parts parts;
  private final DoorMeters meters;
  private final DoorRegistry registry;
  private final Allowances events;
  private final Allowances connects;
  private final DoorTls tls;
  private final ConnectionCount connections;
  private final LimitedLog strangers;
  private final AtomicInteger presenceBacklog = new AtomicInteger();
  private final DoorPort tlsPort;
  private final Optional<DoorPort> plainPort;
  private final boolean countsInTls = OpenSSLEngineOptions.isAvailable();

  Entrance(MqttConfig config, DoorLimits limits, DoorServer.Parts parts, DoorTls tls) {
    this.config = config;
    this.limits = limits;
    this.parts = parts;
    this.meters = new DoorMeters(parts.meters());
    this.registry = parts.doors().registry();
    this.events = new Allowances(limits.eventRate(), parts.time());
    this.connects = new Allowances(limits.eventRate(), parts.time());
    this.tls = tls;
    this.connections = new ConnectionCount(limits.connectionsMax());
    this.strangers =
        new LimitedLog(
            LoggerFactory.getLogger(DoorServer.class), parts.time(), Duration.ofSeconds(1));
    this.tlsPort = new DoorPort("mqtt.tls.port", config.tls().port());
    this.plainPort =
        config.plainPort().isPresent()
            ? Optional.of(new DoorPort("mqtt.plain.port", config.plainPort().getAsInt()))
            : Optional.empty();
    parts.meters().gauge(Gauge.AUDIT_BACKLOG, presenceBacklog::get, "presence");
  }

  /** What is read at each scrape. */
  void gauges() {
    meters.gauges(registry, limits.connectionsMax());
    tls.expiries().forEach((what, at) -> meters.expiry(what, at));
  }

  DoorPort tlsPort() {
    return tlsPort;
  }

  Optional<DoorPort> plainPort() {
    return plainPort;
  }

  ConnectionCount connections() {
    return connections;
  }

  Path keyFile() {
    return config.tls().key();
  }

  /** Whether the limit of connections acts before the handshake. */
  boolean countsInTls() {
    return countsInTls;
  }

  void overloaded() {
    meters.refused(RefusalCause.OVERLOADED);
  }

  NetServerOptions tlsOptions() {
    return tls.apply(
        plainOptions(),
        countsInTls
            ? new CountedTlsEngine(connections, meters, parts.time())
            : new JdkSSLEngineOptions());
  }

  NetServerOptions plainOptions() {
    // No idle timeout: keep-alive is the sweeper's, and it counts packets, not bytes.
    return new NetServerOptions()
        .setHost(config.host())
        .setTcpNoDelay(true)
        .setSslHandshakeTimeout(limits.handshakeTimeout().toMillis())
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
  }

  Doorway doorway(Vertx vertx, Loop loop) {
    Homes homes = new Homes(parts.directory());
    return new Doorway(
        vertx,
        loop,
        parts,
        meters,
        limits,
        registry,
        events,
        connects,
        new ConnectCheck(parts.directory(), parts.secrets(), tls.revocations(), parts.time()),
        homes,
        new Sweeper(vertx, parts.time()),
        new PresenceLog(vertx, homes, parts, presenceBacklog),
        strangers);
  }
}
