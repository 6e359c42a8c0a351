package io.vestibule.signing;

import java.io.IOException;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.jce.ECNamedCurveTable;

/** Reads a private key from a PKCS#8 PEM file, or says what the file is instead. */
final class PrivateKeyPem {
  private static final String BEGIN = "-----BEGIN ";
  private static final String DASHES = "-----";
  private static final String NOT_PKCS8 = ", not a PKCS#8 private key";
  private static final String DAMAGED = "is damaged: its PRIVATE KEY block holds no private key";

  private PrivateKeyPem() {}

  /** A private key and the public key that was computed from it. */
  record Pair(PrivateKey key, VerificationKey publicKey) {}

  static Pair read(String pem, Set<Algorithm> allowed) throws UnreadableKey {
    PrivateKeyInfo info = info(pem, expected(allowed));
    Algorithm algorithm = algorithm(info.getPrivateKeyAlgorithm(), expected(allowed));
    if (!allowed.contains(algorithm)) {
      throw unexpected(algorithm.curveName(), expected(allowed));
    }
    byte[] secret = secret(algorithm, info);
    return switch (algorithm) {
      case EDDSA -> ed25519(secret);
      case ES256 -> p256(new BigInteger(1, secret));
    };
  }

  private static PrivateKeyInfo info(String pem, String expected) throws UnreadableKey {
    int begin = pem.indexOf(BEGIN + "PRIVATE KEY" + DASHES);
    if (begin < 0) {
      throw new UnreadableKey(otherwise(pem, expected));
    }
    int from = begin + BEGIN.length() + "PRIVATE KEY".length() + DASHES.length();
    int to = pem.indexOf(DASHES + "END PRIVATE KEY" + DASHES, from);
    if (to < 0) {
      throw new UnreadableKey("is cut off: its PRIVATE KEY block has no end");
    }
    return decoded(pem.substring(from, to));
  }

  private static PrivateKeyInfo decoded(String base64) throws UnreadableKey {
    try {
      byte[] der = Base64.getMimeDecoder().decode(base64.trim());
      // Of no bytes BouncyCastle makes null.
      if (der.length > 0) {
        return PrivateKeyInfo.getInstance(der);
      }
    } catch (RuntimeException e) {
      // Of ASN.1 that is none BouncyCastle tells by whatever its casts and indexes throw.
    }
    throw new UnreadableKey(DAMAGED);
  }

  /** What a file without a PKCS#8 block is. */
  private static String otherwise(String pem, String expected) {
    int begin = pem.indexOf(BEGIN);
    int end = begin < 0 ? -1 : pem.indexOf(DASHES, begin + BEGIN.length());
    if (end < 0) {
      return "is not PEM";
    }
    String label = pem.substring(begin + BEGIN.length(), end);
    if (label.equals("ENCRYPTED PRIVATE KEY") || pem.contains("Proc-Type: 4,ENCRYPTED")) {
      return "is encrypted; the key must stand in it in the clear";
    }
    return switch (label) {
      case "CERTIFICATE" -> "is a certificate" + NOT_PKCS8;
      case "CERTIFICATE REQUEST" -> "is a certificate request" + NOT_PKCS8;
      case "PUBLIC KEY" -> "is a public key" + NOT_PKCS8;
      case "RSA PRIVATE KEY" -> "is RSA; " + expected + " is expected";
      case "EC PRIVATE KEY", "EC PARAMETERS" ->
          "is a SEC 1 key" + NOT_PKCS8 + "; openssl pkcs8 -topk8 -nocrypt makes it one";
      case "OPENSSH PRIVATE KEY" -> "is an OpenSSH key" + NOT_PKCS8;
      default -> "is something else" + NOT_PKCS8;
    };
  }

  private static Algorithm algorithm(AlgorithmIdentifier identifier, String expected)
      throws UnreadableKey {
    ASN1ObjectIdentifier oid = identifier.getAlgorithm();
    if (EdECObjectIdentifiers.id_Ed25519.equals(oid)) {
      return Algorithm.EDDSA;
    }
    if (X9ObjectIdentifiers.id_ecPublicKey.equals(oid)) {
      if (SECObjectIdentifiers.secp256r1.equals(identifier.getParameters())) {
        return Algorithm.ES256;
      }
      throw unexpected("on another curve", expected);
    }
    boolean rsa = PKCSObjectIdentifiers.rsaEncryption.equals(oid);
    throw unexpected(rsa ? "RSA" : "of another kind", expected);
  }

  /** The seed of Ed25519, or the scalar of P-256, in bounds. */
  private static byte[] secret(Algorithm algorithm, PrivateKeyInfo info) throws UnreadableKey {
    try {
      ASN1Encodable content = info.parsePrivateKey();
      byte[] secret =
          switch (algorithm) {
            case EDDSA -> ASN1OctetString.getInstance(content).getOctets();
            case ES256 -> ECPrivateKey.getInstance(content).getKey().toByteArray();
          };
      if (inBounds(algorithm, secret)) {
        return secret;
      }
    } catch (IOException | RuntimeException e) {
      // Of ASN.1 that is none BouncyCastle tells by whatever its casts and indexes throw.
    }
    throw new UnreadableKey(DAMAGED);
  }

  private static boolean inBounds(Algorithm algorithm, byte[] secret) {
    return switch (algorithm) {
      case EDDSA -> secret.length == Ed25519PrivateKeyParameters.KEY_SIZE;
      case ES256 -> P256.scalar(new BigInteger(secret));
    };
  }

  private static Pair ed25519(byte[] seed) {
    byte[] point = new Ed25519PrivateKeyParameters(seed).generatePublicKey().getEncoded();
    AlgorithmIdentifier identifier = new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);
    return pair(Algorithm.EDDSA, identifier, new DEROctetString(seed), point);
  }

  private static Pair p256(BigInteger scalar) {
    byte[] uncompressed =
        ECNamedCurveTable.getParameterSpec("P-256").getG().multiply(scalar).getEncoded(false);
    byte[] point = Arrays.copyOfRange(uncompressed, 1, uncompressed.length);
    AlgorithmIdentifier identifier =
        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);
    return pair(Algorithm.ES256, identifier, new ECPrivateKey(256, scalar), point);
  }

  /** Nothing but the private key goes in: what else the file said of it might not fit it. */
  private static Pair pair(
      Algorithm algorithm, AlgorithmIdentifier identifier, ASN1Encodable secret, byte[] point) {
    try {
      byte[] pkcs8 = new PrivateKeyInfo(identifier, secret).getEncoded();
      return new Pair(
          Providers.installed().privateKey(algorithm, pkcs8), Jwk.keyOfPoint(algorithm, point));
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
  }

  private static String expected(Set<Algorithm> allowed) {
    if (allowed.size() > 1) {
      return "Ed25519 or P-256";
    }
    return allowed.iterator().next().curveName();
  }

  private static UnreadableKey unexpected(String found, String expected) {
    return new UnreadableKey("is " + found + "; " + expected + " is expected");
  }
}
