package io.vestibule.load.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A development PKI with the gateway's configuration, and the operator's bearer token. */
public record Pki(Path directory, String operatorToken) {
  public static Pki make(Started started, Product product, Path work) throws CannotRun {
    return make(started, product, work, 1);
  }

  /** With the certificates and keys of the doors {@code door-1} to that number. */
  public static Pki make(Started started, Product product, Path work, int doorCount)
      throws CannotRun {
    Path directory = work.resolve("pki");
    product.run(
        started, "pki", "pki", directory.toString(), "--doors", Integer.toString(doorCount));
    Path key = directory.resolve("auth-key.pem");
    Started.Running token =
        product.run(
            started,
            "token",
            "token",
            "--key",
            key.toString(),
            "--tenant",
            "ops",
            "--scope",
            "operator");
    try {
      return new Pki(directory, Files.readString(token.log()).strip());
    } catch (IOException e) {
      throw new CannotRun("cannot read the token", e);
    }
  }

  /** What the gateway's certificate is verified by. */
  public Path authority() {
    return directory.resolve("ca.pem");
  }

  public Path doors() {
    return directory.resolve("doors");
  }

  public Path configuration() {
    return directory.resolve("vestibule.yaml");
  }
}
