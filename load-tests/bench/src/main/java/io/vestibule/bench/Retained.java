package io.vestibule.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.directory.RetainedHeap;
import io.vestibule.json.Json;
import io.vestibule.signing.Base64Url;
import io.vestibule.signing.Providers;
import java.nio.ByteBuffer;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/** Prints how many bytes of heap an entry takes: {@code doors|couriers|buildings COUNT}. */
public final class Retained {
  private Retained() {}

  public static void main(String[] args) throws InterruptedException {
    Providers.install();
    int count = Integer.parseInt(args[1]);
    double bytes =
        switch (args[0]) {
          case "doors" -> RetainedHeap.bytesPerDoor(count);
          case "couriers" -> RetainedHeap.bytesPerCourier(count, Retained::jwk);
          case "buildings" -> RetainedHeap.bytesPerBuilding(count);
          default -> throw new IllegalArgumentException(args[0]);
        };
    System.out.println("bytes=" + bytes);
    System.exit(0);
  }

  /**
   * Another for each number, and made without the gateway's provider, whose own keys are counted.
   */
  private static ObjectNode jwk(int number) {
    byte[] seed = ByteBuffer.allocate(Ed25519PrivateKeyParameters.KEY_SIZE).putInt(number).array();
    byte[] x = new Ed25519PrivateKeyParameters(seed, 0).generatePublicKey().getEncoded();
    return Json.object().put("kty", "OKP").put("crv", "Ed25519").put("x", Base64Url.encode(x));
  }
}
