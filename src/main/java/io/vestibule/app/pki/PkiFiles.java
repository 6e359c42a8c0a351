package io.vestibule.app.pki;

import io.vestibule.access.DoorId;
import java.nio.file.Path;

/** Where everything lies in a development PKI's directory. */
public record PkiFiles(Path dir) {
  public Path ca() {
    return dir.resolve("ca.pem");
  }

  public Path caKey() {
    return dir.resolve("ca-key.pem");
  }

  public Path server() {
    return dir.resolve("server.pem");
  }

  public Path serverKey() {
    return dir.resolve("server-key.pem");
  }

  /** The directory of the doors' certificates. */
  public Path doors() {
    return dir.resolve("doors");
  }

  public Path door(DoorId door) {
    return doors().resolve(door.text() + ".pem");
  }

  public Path doorKey(DoorId door) {
    return doors().resolve(door.text() + "-key.pem");
  }

  /** The gateway's Ed25519 key for commands. */
  public Path signingKey() {
    return dir.resolve("signing-key.pem");
  }

  public Path signingJwks() {
    return dir.resolve("signing-jwks.json");
  }

  /** The key that bearer tokens are signed with. */
  public Path authKey() {
    return dir.resolve("auth-key.pem");
  }

  public Path authJwks() {
    return dir.resolve("auth-jwks.json");
  }

  /** A courier's key for unlock requests. */
  public Path courierKey() {
    return dir.resolve("courier-key.pem");
  }

  public Path courierJwk() {
    return dir.resolve("courier-jwk.json");
  }

  /** The configuration that {@code serve} takes. */
  public Path config() {
    return dir.resolve("vestibule.yaml");
  }
}
