package io.vestibule.app;

import io.vestibule.signing.Signer;
import io.vestibule.signing.UnreadableKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the private key that {@code --key} names. */
final class KeyFile {
  private KeyFile() {}

  static Signer read(Path file) throws CommandFailed {
    try {
      return Signer.fromPem(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new CommandFailed("cannot read " + file + "; name a key file, as pki makes them");
    } catch (UnreadableKey e) {
      throw new CommandFailed(file + ": " + e.getMessage());
    }
  }
}
