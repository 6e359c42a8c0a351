package io.vestibule.config;

import java.nio.file.Path;
import java.util.List;

/** The command-signing keys, PKCS#8 PEM, Ed25519: the first signs, all are published. */
public record SigningConfig(List<Path> keys) {
  public SigningConfig {
    keys = List.copyOf(keys);
  }
}
