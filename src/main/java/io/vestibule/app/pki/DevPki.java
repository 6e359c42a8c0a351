package io.vestibule.app.pki;

import io.vestibule.access.DoorId;
import io.vestibule.json.Json;
import io.vestibule.signing.Jwks;
import io.vestibule.signing.Providers;
import io.vestibule.signing.Signer;
import io.vestibule.signing.UnreadableKey;
import io.vestibule.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * Makes a development PKI in a directory: authority, certificates of server and doors, keys for
 * commands, tokens and a courier, and a configuration that uses them. What is there is kept.
 */
public final class DevPki {
  /** The issuer and audience that the configuration believes. */
  public static final String ISSUER = "vestibule-dev";

  public static final String AUDIENCE = "vestibule";

  private static final String CONFIG =
      """
      # Development only: made by `pki`, with keys that lie beside it.
      # Paths are relative to this file. Every key: docs/CONFIG.md
      mqtt:
        tls:
          certificate: server.pem
          key: server-key.pem
          client-ca: ca.pem
      redis:
        embedded: true
      auth:
        issuer: %s
        audience: %s
        jwks: auth-jwks.json
      signing:
        key: signing-key.pem
      """
          .formatted(ISSUER, AUDIENCE);

  private final PkiRequest request;
  private final PkiFiles files;
  private final List<Path> written = new ArrayList<>();

  private DevPki(PkiRequest request) {
    this.request = request;
    this.files = new PkiFiles(request.dir());
  }

  /** Adds what is missing for these doors. */
  public static PkiReport create(Path dir, List<DoorId> doors) throws PkiFailed {
    return create(new PkiRequest(dir, doors, List.of(), false), count -> {});
  }

  /** {@code progress} gets the count of doors done, from one thread. */
  public static PkiReport create(PkiRequest request, IntConsumer progress) throws PkiFailed {
    Providers.install(); // 20,000 keys and signatures are felt.
    return new DevPki(request).create(progress);
  }

  private PkiReport create(IntConsumer progress) throws PkiFailed {
    try {
      Files.createDirectories(files.doors());
      Authority authority = authority();
      server(authority);
      key(files.signingKey(), files.signingJwks(), "Ed25519");
      key(files.authKey(), files.authJwks(), "Ed25519");
      key(files.courierKey(), files.courierJwk(), "Ed25519");
      if (missing(files.config())) {
        write(files.config(), CONFIG);
      }
      return new PkiReport(files, written, doors(authority, progress));
    } catch (IOException e) {
      throw new PkiFailed(
          "cannot write in " + request.dir() + " (" + e.getMessage() + "); name another directory");
    } catch (GeneralSecurityException | UnreadableKey e) {
      throw new PkiFailed(
          "cannot use the keys in " + request.dir() + " (" + e.getMessage() + "); try --force");
    }
  }

  private Authority authority() throws IOException, GeneralSecurityException, PkiFailed {
    if (!missing(files.ca(), files.caKey())) {
      return new Authority(
          PemFiles.readCertificate(files.ca()),
          PemFiles.readEcKey(files.caKey()),
          Time.system().now());
    }
    refuseOrphans();
    KeyPair pair = keyPair("EC");
    Authority authority = Authority.create(pair, Time.system().now());
    PemFiles.writeKey(files.caKey(), pair.getPrivate());
    PemFiles.writeCertificate(files.ca(), authority.certificate());
    written.addAll(List.of(files.ca(), files.caKey()));
    return authority;
  }

  /** Certificates without the authority that signed them would not fit a new one. */
  private void refuseOrphans() throws IOException, PkiFailed {
    if (request.overwrite()) {
      return;
    }
    boolean doors;
    try (Stream<Path> entries = Files.list(files.doors())) {
      doors = entries.findAny().isPresent();
    }
    if (doors || Files.exists(files.server())) {
      throw new PkiFailed(
          request.dir() + " holds certificates but not their ca.pem; name another, or add --force");
    }
  }

  private void server(Authority authority) throws IOException, GeneralSecurityException, PkiFailed {
    if (missing(files.server(), files.serverKey())) {
      KeyPair pair = keyPair("EC");
      PemFiles.writeKey(files.serverKey(), pair.getPrivate());
      PemFiles.writeCertificate(
          files.server(),
          authority.server(pair.getPublic(), "localhost", ServerNames.of(request.hosts())));
      written.addAll(List.of(files.server(), files.serverKey()));
    }
  }

  /** The public half is written as a JWK set, or as one JWK where the file's name says so. */
  private void key(Path keyFile, Path publicFile, String algorithm)
      throws IOException, GeneralSecurityException, UnreadableKey {
    if (missing(keyFile)) {
      PemFiles.writeKey(keyFile, keyPair(algorithm).getPrivate());
      written.add(keyFile);
      Files.deleteIfExists(publicFile);
    }
    if (!Files.exists(publicFile)) {
      Signer signer = Signer.fromPem(Files.readString(keyFile));
      boolean set = publicFile.getFileName().toString().endsWith("jwks.json");
      write(
          publicFile,
          Json.write(set ? Jwks.document(List.of(signer.publicKey())) : signer.publicKey().toJwk())
              + "\n");
    }
  }

  private int doors(Authority authority, IntConsumer progress)
      throws IOException, GeneralSecurityException, PkiFailed {
    int count = 0;
    int doorsWritten = 0;
    for (DoorId door : request.doors()) {
      if (missing(files.door(door), files.doorKey(door))) {
        KeyPair pair = keyPair("EC");
        PemFiles.writeKey(files.doorKey(door), pair.getPrivate());
        PemFiles.writeCertificate(files.door(door), authority.door(pair.getPublic(), door.text()));
        doorsWritten++;
      }
      progress.accept(++count);
    }
    return doorsWritten;
  }

  private void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
    written.add(file);
  }

  private boolean missing(Path file) {
    return request.overwrite() || !Files.exists(file);
  }

  /** Half a pair is refused: completing it would overwrite what somebody may still use. */
  private boolean missing(Path certificate, Path key) throws PkiFailed {
    if (request.overwrite() || Files.exists(certificate) == Files.exists(key)) {
      return missing(certificate);
    }
    Path present = Files.exists(certificate) ? certificate : key;
    Path absent = Files.exists(certificate) ? key : certificate;
    throw new PkiFailed(
        present + " is there without " + absent.getFileName() + "; remove it, or add --force");
  }

  private static KeyPair keyPair(String algorithm) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (algorithm.equals("EC")) {
      generator.initialize(new ECGenParameterSpec("secp256r1"));
    }
    return generator.generateKeyPair();
  }
}
