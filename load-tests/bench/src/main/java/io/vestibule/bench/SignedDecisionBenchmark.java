package io.vestibule.bench;

import io.vestibule.access.AccessRequest;
import io.vestibule.access.Decision;
import io.vestibule.access.Policy;
import io.vestibule.directory.CachedTown;
import io.vestibule.directory.CourierEntry;
import io.vestibule.directory.FactFinder;
import io.vestibule.directory.Facts;
import io.vestibule.directory.TownDocuments;
import io.vestibule.directory.TownSize;
import io.vestibule.signing.Algorithm;
import io.vestibule.signing.VerificationKey;
import io.vestibule.unlock.RequestParser;
import io.vestibule.unlock.RequestResult;
import io.vestibule.unlock.SignedRequest;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What does a decision cost from a request's bytes on, beside the check of its signature that it
 * cannot avoid? As many couriers, each with a key and a request of their own, come in turn. The two
 * are measured in turn too, iteration by iteration from the check on: what disturbs the machine for
 * a while disturbs both.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@BenchmarkMode(Mode.SampleTime)
public class SignedDecisionBenchmark {
  private static final long SEED = 20_261_122;
  private static final TownSize SIZE = TownSize.COURIERS_WITH_KEYS;

  @Param({"EDDSA", "ES256"})
  public Algorithm algorithm;

  private FactFinder directory;
  private byte[][] requests;
  private Instant[] instants;
  private Signature verification;
  private PublicKey[] keys;
  private byte[][] inputs;
  private byte[][] signatures;
  private int next;
  private boolean alone;

  @Setup
  public void fill() throws GeneralSecurityException {
    CourierKeys made = CourierKeys.make(algorithm, 1_024);
    CachedTown town = CachedTown.of(SIZE, made.jwks());
    directory = town.directory();
    Random random = new Random(SEED);
    int count = town.courierCount();
    requests = new byte[count][];
    instants = new Instant[count];
    keys = new PublicKey[count];
    inputs = new byte[count][];
    signatures = new byte[count][];
    for (int courier = 0; courier < count; courier++) {
      instants[courier] = TownDocuments.workingHour(random);
      VerificationKey key = key(courier);
      Request.Visit visit =
          new Request.Visit(
              key.kid(), courier, random.nextInt(town.doorCount()), instants[courier]);
      Request request = Request.unsigned(algorithm, visit, random);
      inputs[courier] = request.input();
      signatures[courier] = made.sign(courier, request.input());
      requests[courier] = request.signed(signatures[courier]);
      keys[courier] = key.key();
    }
    verification = made.verification();
    check();
  }

  /** Warm-ups take part; their count must be even. */
  @Setup(Level.Iteration)
  public void takeTurns() {
    alone = !alone;
  }

  @Benchmark
  public Object inTurn() throws GeneralSecurityException {
    int courier = next++ & (requests.length - 1);
    return alone ? verifyAlone(courier) : decide(courier);
  }

  /** The provider's own verification: same key objects, same bytes, one object for all. */
  private boolean verifyAlone(int courier) throws GeneralSecurityException {
    verification.initVerify(keys[courier]);
    verification.update(inputs[courier]);
    return verification.verify(signatures[courier]);
  }

  /** All that a gateway does between the bytes and the decision. */
  private Decision decide(int courier) {
    RequestResult.Parsed parsed = (RequestResult.Parsed) RequestParser.parse(requests[courier]);
    SignedRequest request = parsed.request();
    Facts facts = directory.known(request.courier(), request.door()).orElseThrow();
    CourierEntry entry = facts.courier().orElseThrow();
    Instant now = instants[courier];
    if (parsed.verify(entry.key(request.kid())).isPresent() || request.validity(now).isPresent()) {
      throw new IllegalStateException("a request that is in order is refused");
    }
    AccessRequest asked = new AccessRequest(entry.courier(), request.geo(), now);
    return Policy.decide(asked, facts.premises().orElseThrow());
  }

  /** The object that the gateway verifies with. */
  private VerificationKey key(int courier) {
    return directory
        .known(TownDocuments.courier(courier), TownDocuments.door(0))
        .flatMap(Facts::courier)
        .orElseThrow()
        .keys()
        .get(0);
  }

  private void check() throws GeneralSecurityException {
    for (int courier = 0; courier < requests.length; courier++) {
      if (!verifyAlone(courier) || !(decide(courier) instanceof Decision.Granted)) {
        throw new IllegalStateException("a request that is in order is not granted");
      }
    }
  }
}
