package io.vestibule.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.json.Json;
import io.vestibule.json.MalformedJson;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes PEM texts apart, and says of each that is unfit what would fit. */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----");
  private static final Map<String, String> SIGNATURE_ALGORITHMS =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "Ed25519", "Ed25519");
  private static final byte[] PROBE = "vestibule".getBytes(StandardCharsets.US_ASCII);

  private Pem() {}

  static List<X509Certificate> certificates(String text) throws UnfitContent {
    String expected = "PEM certificates (-----BEGIN CERTIFICATE-----)";
    try {
      List<X509Certificate> certificates =
          factory().generateCertificates(stream(text)).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (certificates.isEmpty() || !text.contains("-----BEGIN CERTIFICATE-----")) {
        throw new UnfitContent(expected);
      }
      return certificates;
    } catch (CertificateException e) {
      throw new UnfitContent(expected);
    }
  }

  static List<X509CRL> crls(String text) throws UnfitContent {
    String expected = "a PEM revocation list (-----BEGIN X509 CRL-----)";
    try {
      List<X509CRL> crls =
          factory().generateCRLs(stream(text)).stream().map(X509CRL.class::cast).toList();
      if (crls.isEmpty() || !text.contains("-----BEGIN X509 CRL-----")) {
        throw new UnfitContent(expected);
      }
      return crls;
    } catch (GeneralSecurityException e) {
      throw new UnfitContent(expected);
    }
  }

  static PrivateKey ed25519Key(String text) throws UnfitContent {
    PKCS8EncodedKeySpec spec = pkcs8(text);
    return key("Ed25519", spec)
        .orElseThrow(
            () ->
                new UnfitContent(
                    "an Ed25519 key; make one with: openssl genpkey -algorithm ed25519"));
  }

  static PrivateKey privateKey(String text) throws UnfitContent {
    PKCS8EncodedKeySpec spec = pkcs8(text);
    for (String algorithm : SIGNATURE_ALGORITHMS.keySet()) {
      Optional<PrivateKey> key = key(algorithm, spec);
      if (key.isPresent()) {
        return key.get();
      }
    }
    throw new UnfitContent("an EC, RSA or Ed25519 key");
  }

  static JsonNode jwks(String text) throws UnfitContent {
    String expected = "a JWK set, as {\"keys\":[…]}";
    try {
      JsonNode set = Json.read(text);
      if (!set.path("keys").isArray() || set.path("keys").isEmpty()) {
        throw new UnfitContent(expected);
      }
      return set;
    } catch (MalformedJson e) {
      throw new UnfitContent(expected);
    }
  }

  static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey) {
    String algorithm = SIGNATURE_ALGORITHMS.get(named(privateKey.getAlgorithm()));
    if (algorithm == null) {
      return true; // Not ours to judge: TLS will.
    }
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(privateKey);
      signer.update(PROBE);
      byte[] signature = signer.sign();
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(publicKey);
      verifier.update(PROBE);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Providers call one algorithm by two names. */
  private static String named(String algorithm) {
    return algorithm.equals("EdDSA") ? "Ed25519" : algorithm;
  }

  private static PKCS8EncodedKeySpec pkcs8(String text) throws UnfitContent {
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      if (block.group(1).equals("PRIVATE KEY")) {
        return new PKCS8EncodedKeySpec(base64(block.group(2)));
      }
    }
    throw new UnfitContent(
        text.contains("PRIVATE KEY-----")
            ? "an unencrypted PKCS#8 key; convert it with: openssl pkcs8 -topk8 -nocrypt"
            : "a PKCS#8 key in PEM (-----BEGIN PRIVATE KEY-----)");
  }

  private static byte[] base64(String text) throws UnfitContent {
    try {
      return Base64.getMimeDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new UnfitContent("a PKCS#8 key whose Base64 is whole");
    }
  }

  private static Optional<PrivateKey> key(String algorithm, PKCS8EncodedKeySpec spec) {
    try {
      return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static CertificateFactory factory() throws CertificateException {
    return CertificateFactory.getInstance("X.509");
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
