package io.vestibule.door;

import io.netty.handler.codec.mqtt.MqttVersion;
import io.vertx.core.Future;
import io.vestibule.access.DoorId;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.directory.Directory;
import io.vestibule.directory.DoorEntry;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.time.Time;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Decides on a CONNECT: who the door is, and whether it may stay. */
@AnyThread
final class ConnectCheck {
  private final Directory directory;
  private final SecretCheck secrets;
  private final Revocations revocations;
  private final Time time;

  ConnectCheck(Directory directory, SecretCheck secrets, Revocations revocations, Time time) {
    this.directory = directory;
    this.secrets = secrets;
    this.revocations = revocations;
    this.time = time;
  }

  /** Fails only on a bug: a directory that does not answer is a refusal. */
  Future<ConnectDecision> decide(ConnectRequest request) {
    Optional<Refusal> fault = fault(request);
    Optional<DoorId> door = DoorId.parse(request.clientId());
    if (fault.isPresent() || door.isEmpty()) {
      return refused(fault.orElse(Refusal.CLIENT_ID));
    }
    return request
        .certificate()
        .map(certificate -> byCertificate(door.get(), certificate))
        .orElseGet(() -> byPassword(door.get(), request));
  }

  private static Optional<Refusal> fault(ConnectRequest request) {
    if (request.protocolLevel() < MqttVersion.MQTT_3_1_1.protocolLevel()) {
      return Optional.of(Refusal.VERSION);
    }
    if (request.authenticationMethod()) {
      return Optional.of(Refusal.AUTHENTICATION_METHOD);
    }
    // A door that is gone is told of by `offline`; nothing that it left behind is published.
    return request.will() ? Optional.of(Refusal.WILL) : Optional.empty();
  }

  private Future<ConnectDecision> byCertificate(DoorId door, X509Certificate certificate) {
    Optional<DoorId> named = DoorIdentity.of(certificate);
    if (named.isEmpty()) {
      return refused(Refusal.CERTIFICATE);
    }
    if (!named.get().equals(door)) {
      return refused(Refusal.NAME_OF_ANOTHER);
    }
    // A resumed TLS session shows the certificate of the first handshake and verifies nothing.
    if (revocations.revoked(certificate)) {
      return refused(Refusal.REVOKED);
    }
    Instant until = certificate.getNotAfter().toInstant();
    if (!time.now().isBefore(until)) {
      return refused(Refusal.CERTIFICATE);
    }
    return registered(
        door,
        entry ->
            entry.isPresent()
                ? accepted(new ConnectDecision.Accepted(door, Optional.of(until), Optional.empty()))
                : refused(Refusal.UNREGISTERED));
  }

  private Future<ConnectDecision> byPassword(DoorId door, ConnectRequest request) {
    Optional<byte[]> password = request.password();
    if (password.isEmpty() || !request.userName().equals(Optional.of(door.text()))) {
      return refused(Refusal.CREDENTIALS);
    }
    // An unknown door and a wrong secret read the same: ids must not be found by trying.
    return registered(
        door,
        entry ->
            entry.isPresent()
                ? matched(entry.get(), password.get())
                : refused(Refusal.CREDENTIALS));
  }

  private Future<ConnectDecision> matched(DoorEntry entry, byte[] password) {
    return secrets
        .matches(entry, password)
        .compose(
            matches ->
                matches
                    ? accepted(
                        new ConnectDecision.Accepted(
                            entry.door().id(), Optional.empty(), entry.secret()))
                    : refused(Refusal.CREDENTIALS));
  }

  private Future<ConnectDecision> registered(
      DoorId door, Function<Optional<DoorEntry>, Future<ConnectDecision>> decide) {
    return directory
        .door(door)
        .compose(decide)
        .recover(
            failure ->
                failure instanceof StoreUnavailable
                    ? refused(Refusal.STORE_UNAVAILABLE)
                    : Future.failedFuture(failure));
  }

  private static Future<ConnectDecision> accepted(ConnectDecision accepted) {
    return Future.succeededFuture(accepted);
  }

  private static Future<ConnectDecision> refused(Refusal refusal) {
    return Future.succeededFuture(new ConnectDecision.Refused(refusal));
  }
}
