package io.vestibule.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Looks into the files that keys name: there, readable, and holding what the key wants. */
final class NamedFiles {
  private static final int SIZE_BYTES_MAX = 16 << 20;

  private final Settings settings;

  NamedFiles(Settings settings) {
    this.settings = settings;
  }

  void check() {
    pair(Key.HTTP_TLS_CERTIFICATE, Key.HTTP_TLS_KEY);
    pair(Key.MQTT_TLS_CERTIFICATE, Key.MQTT_TLS_KEY);
    revocations();
    settings
        .fileOrUrl(Key.AUTH_JWKS)
        .filter(text -> !Form.isUrl(text))
        .ifPresent(text -> look(Key.AUTH_JWKS, Optional.of(Path.of(text)), Pem::jwks));
    for (Path file : settings.files(Key.SIGNING_KEY)) {
      look(Key.SIGNING_KEY, Optional.of(file), Pem::ed25519Key);
    }
  }

  private void revocations() {
    Optional<List<X509Certificate>> authorities =
        look(Key.MQTT_TLS_CLIENT_CA, settings.file(Key.MQTT_TLS_CLIENT_CA), Pem::certificates);
    Optional<List<X509CRL>> lists =
        look(Key.MQTT_TLS_CRL, settings.file(Key.MQTT_TLS_CRL), Pem::crls);
    if (authorities.isPresent()
        && lists.isPresent()
        && !RevocationLists.allSigned(lists.get(), authorities.get())) {
      settings.fault(
          Key.MQTT_TLS_CRL,
          "lists that are each signed by a certificate of " + Key.MQTT_TLS_CLIENT_CA.dotted());
    }
  }

  private void pair(Key certificateKey, Key keyKey) {
    Optional<List<X509Certificate>> chain =
        look(certificateKey, settings.file(certificateKey), Pem::certificates);
    Optional<PrivateKey> key = look(keyKey, settings.file(keyKey), Pem::privateKey);
    if (chain.isPresent()
        && key.isPresent()
        && !Pem.belongTogether(chain.get().get(0).getPublicKey(), key.get())) {
      settings.fault(keyKey, "the key of the certificate in " + certificateKey.dotted());
    }
  }

  private <T> Optional<T> look(Key key, Optional<Path> file, Content<T> content) {
    if (file.isEmpty()) {
      return Optional.empty();
    }
    String shown = Shown.of(file.get().toString());
    if (!Files.isRegularFile(file.get())) {
      settings.fault(key, shown, "a file that exists");
      return Optional.empty();
    }
    try {
      return Optional.of(content.read(text(file.get())));
    } catch (IOException e) {
      settings.fault(key, shown, "a file that this user may read");
    } catch (UnfitContent e) {
      settings.fault(key, shown, e.expected());
    }
    return Optional.empty();
  }

  private static String text(Path file) throws IOException, UnfitContent {
    if (Files.size(file) > SIZE_BYTES_MAX) {
      throw new UnfitContent("a file of at most 16 MiB");
    }
    // Each byte a character: what is looked for is ASCII, and nothing else may make this fail.
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  /** Takes a file's text apart. */
  private interface Content<T> {
    T read(String text) throws UnfitContent;
  }
}
