package io.vestibule.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.signing.Algorithm;
import io.vestibule.signing.Providers;
import io.vestibule.signing.VerificationKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Distinct couriers' keys of one algorithm. */
record CourierKeys(Algorithm algorithm, List<KeyPair> pairs) {
  static CourierKeys make(Algorithm algorithm, int count) {
    Providers.install();
    try {
      List<KeyPair> pairs = new ArrayList<>();
      KeyPairGenerator generator = generator(algorithm);
      for (int number = 0; number < count; number++) {
        pairs.add(generator.generateKeyPair());
      }
      return new CourierKeys(algorithm, pairs);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As the directory loads them, by the courier's number; few may do for many. */
  IntFunction<ObjectNode> jwks() {
    List<ObjectNode> jwks =
        pairs.stream()
            .map(pair -> VerificationKey.of(algorithm, pair.getPublic()).toJwk())
            .toList();
    return number -> jwks.get(number % jwks.size());
  }

  /** Of the provider that the gateway verifies with. */
  Signature verification() throws GeneralSecurityException {
    return Signature.getInstance(
        signatureName(), Security.getProvider(Providers.install().jceName()));
  }

  byte[] sign(int number, byte[] input) throws GeneralSecurityException {
    Signature signature = verification();
    signature.initSign(pairs.get(number).getPrivate());
    signature.update(input);
    return signature.sign();
  }

  private String signatureName() {
    if (algorithm == Algorithm.EDDSA) {
      return "Ed25519";
    }
    return switch (Providers.install()) {
      case CORRETTO -> "SHA256withECDSAinP1363Format";
      case BOUNCY_CASTLE -> "SHA256withPLAIN-ECDSA";
    };
  }

  private static KeyPairGenerator generator(Algorithm algorithm) throws GeneralSecurityException {
    if (algorithm == Algorithm.EDDSA) {
      return KeyPairGenerator.getInstance("Ed25519");
    }
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator;
  }
}
