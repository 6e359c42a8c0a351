package io.vestibule.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Checks what keys must hold together, beyond each one's own form. */
final class Consistency {
  private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::", "[::]");

  private final Settings settings;

  Consistency(Settings settings) {
    this.settings = settings;
  }

  void check() {
    required();
    httpTls();
    ports();
    redis();
    durability();
    unlock();
  }

  private void required() {
    for (Key key : Key.values()) {
      if (key.fallback().isEmpty()) {
        settings.require(key);
      }
    }
  }

  private void httpTls() {
    if (ConfigReader.httpTlsPort(settings).isPresent()) {
      settings.require(Key.HTTP_TLS_CERTIFICATE);
      settings.require(Key.HTTP_TLS_KEY);
    }
  }

  private void ports() {
    List<Listener> earlier = new ArrayList<>();
    for (Listener listener : listeners()) {
      for (Listener other : earlier) {
        if (listener.collides(other)) {
          settings.fault(
              listener.key(),
              '"' + String.valueOf(listener.port().getAsInt()) + '"',
              "another port than that of " + other.key().dotted());
          break;
        }
      }
      earlier.add(listener);
    }
  }

  private List<Listener> listeners() {
    return List.of(
        listener(Key.HTTP_PORT, Key.HTTP_HOST, port(Key.HTTP_PORT)),
        listener(Key.HTTP_TLS_PORT, Key.HTTP_HOST, ConfigReader.httpTlsPort(settings)),
        listener(Key.MQTT_TLS_PORT, Key.MQTT_HOST, port(Key.MQTT_TLS_PORT)),
        listener(
            Key.MQTT_PLAIN_PORT,
            Key.MQTT_HOST,
            settings.find(Key.MQTT_PLAIN_PORT, OptionalInt.class).orElse(OptionalInt.empty())),
        listener(Key.MANAGEMENT_PORT, Key.MANAGEMENT_HOST, port(Key.MANAGEMENT_PORT)));
  }

  private OptionalInt port(Key key) {
    return settings.find(key, Integer.class).map(OptionalInt::of).orElse(OptionalInt.empty());
  }

  private Listener listener(Key key, Key host, OptionalInt port) {
    return new Listener(key, settings.find(host, String.class).orElse(""), port);
  }

  private void redis() {
    Optional<RedisConfig.Mode> mode = settings.find(Key.REDIS_MODE, RedisConfig.Mode.class);
    boolean standalone = mode.filter(RedisConfig.Mode.STANDALONE::equals).isPresent();
    if (mode.isPresent()
        && !standalone
        && settings.find(Key.REDIS_EMBEDDED, Boolean.class).orElse(false)) {
      settings.fault(Key.REDIS_MODE, "standalone where redis.embedded is true");
    }
    if (standalone && settings.all(Key.REDIS_ENDPOINTS, String.class).size() > 1) {
      settings.fault(Key.REDIS_ENDPOINTS, "one endpoint, or a redis.mode of sentinel or cluster");
    }
  }

  /** The question whether a write is confirmed has no key, and no cluster could route it. */
  private void durability() {
    boolean confirmed =
        settings
            .find(Key.STORE_DURABILITY, Durability.class)
            .filter(wanted -> wanted != Durability.PRIMARY)
            .isPresent();
    boolean cluster =
        settings
            .find(Key.REDIS_MODE, RedisConfig.Mode.class)
            .filter(RedisConfig.Mode.CLUSTER::equals)
            .isPresent();
    boolean embedded = settings.find(Key.REDIS_EMBEDDED, Boolean.class).orElse(false);
    if (confirmed && (cluster || embedded)) {
      settings.fault(
          Key.STORE_DURABILITY,
          "primary where " + (cluster ? "redis.mode is cluster" : "redis.embedded is true"));
    }
  }

  private void unlock() {
    Optional<Duration> deadline = settings.find(Key.UNLOCK_DEADLINE, Duration.class);
    Optional<Duration> ackTimeout = settings.find(Key.UNLOCK_ACK_TIMEOUT, Duration.class);
    if (deadline.isPresent()
        && ackTimeout.isPresent()
        && deadline.get().compareTo(ackTimeout.get()) <= 0) {
      settings.fault(
          Key.UNLOCK_DEADLINE,
          "more than unlock.ack-timeout, which is " + Durations.text(ackTimeout.get()));
    }
  }

  /** A port that is listened on; empty where it is off or faulty. */
  private record Listener(Key key, String host, OptionalInt port) {
    boolean collides(Listener other) {
      return port.isPresent()
          && port.equals(other.port)
          && port.getAsInt() != 0
          && (host.equals(other.host)
              || EVERY_ADDRESS.contains(host)
              || EVERY_ADDRESS.contains(other.host));
    }
  }
}
