package io.vestibule.http;

import static io.vestibule.http.HttpFixture.authConfig;
import static io.vestibule.http.HttpFixture.await;
import static io.vestibule.testing.HttpTokens.claims;
import static io.vestibule.testing.HttpTokens.part;
import static io.vestibule.testing.HttpTokens.sign;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vestibule.signing.Providers;
import io.vestibule.testing.HttpTokens;
import io.vestibule.time.Time;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("JavaUtilDate")
class BearerAuthTest {
  private static final HttpTokens TOKENS = HttpFixture.TOKENS;

  private final Vertx vertx = Vertx.vertx();
  private final Clock time = new Clock();
  @TempDir private Path folder;
  private Path jwks;
  private BearerAuth auth;

  /** The machine's wall clock, and a monotonic one that a test moves on. */
  private static final class Clock implements Time {
    private final java.util.concurrent.atomic.AtomicLong aheadNanos =
        new java.util.concurrent.atomic.AtomicLong();

    @Override
    public Instant now() {
      return Time.system().now();
    }

    @Override
    public long nanoTime() {
      return Time.system().nanoTime() + aheadNanos.get();
    }
  }

  /** As the gateway does: the keys and signatures are another provider's then. */
  @BeforeAll
  static void providers() {
    Providers.install();
  }

  @BeforeEach
  void open() throws Exception {
    jwks = Files.writeString(folder.resolve("jwks.json"), TOKENS.jwks());
    auth = await(BearerAuth.open(vertx, authConfig(jwks.toString()), time));
  }

  @AfterEach
  void close() {
    auth.close();
    await(vertx.close());
  }

  @Test
  void goodToken_isBelieved() {
    Caller caller = believed(TOKENS.token("carrier-a", "grants:write other:scope couriers:write"));

    assertThat(caller.tenant()).contains("carrier-a");
    assertThat(caller.scopes()).isEqualTo(Set.of(Scope.GRANTS_WRITE, Scope.COURIERS_WRITE));
    assertThat(caller.expiresAt()).isAfter(Instant.now().plusSeconds(500));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "RS512", "PS256"})
  void rsaToken_isBelieved(String algorithm) {
    JWSHeader header = new JWSHeader.Builder(new JWSAlgorithm(algorithm)).keyID("rsa-1").build();

    assertThat(believed(sign(header, claims("t", "operator").build(), TOKENS.rsa)).operator())
        .isTrue();
  }

  @Test
  void ec384AndEd25519Tokens_areBelieved() {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES384).keyID("ec-384").build();
    believed(sign(header, claims("t", "").build(), TOKENS.ec384));

    believed(TOKENS.ed("{\"alg\":\"EdDSA\",\"kid\":\"ed-1\"}", goodClaims()));
  }

  @Test
  void noKid_isEnough_whereOneKeyFits() {
    believed(TOKENS.ed("{\"alg\":\"EdDSA\"}", goodClaims()));
  }

  @Test
  void noKid_isRefused_whereTwoKeysFit() throws Exception {
    ECKey second = new ECKeyGenerator(TOKENS.ec.getCurve()).keyID("ec-2").generate();
    Files.writeString(jwks, new JWKSet(List.of(TOKENS.ec, second)).toString());
    BearerAuth two = await(BearerAuth.open(vertx, authConfig(jwks.toString()), time));

    JWSHeader header = new JWSHeader(JWSAlgorithm.ES256);
    String token = sign(header, claims("t", "").build(), TOKENS.ec);
    assertThat(await(two.authenticate(Optional.of("Bearer " + token)).otherwiseEmpty())).isNull();
    two.close();
  }

  @Test
  void scheme_mayBeInAnyCase_butMustBeBearer() {
    String token = TOKENS.token("t", "");
    assertThat(await(auth.authenticate(Optional.of("bEARER " + token)))).isNotNull();
    assertThat(problem("Basic " + token).status()).isEqualTo(401);
  }

  @Test
  void noAuthorization_is401_withAPlainChallenge() {
    Refusal refusal = refusal(Optional.empty());

    assertThat(refusal.problem().status()).isEqualTo(401);
    assertThat(refusal.problem().headers()).containsEntry("WWW-Authenticate", "Bearer");
  }

  @Test
  void wrongClaims_areRefused() {
    refused(claims -> claims.issuer("https://other.example"));
    refused(claims -> claims.issuer(null));
    refused(claims -> claims.audience("other"));
    refused(claims -> claims.audience((String) null));
    refused(claims -> claims.expirationTime(null));
    refused(claims -> claims.claim("exp", "never"));
    refused(claims -> claims.expirationTime(secondsFromNow(0)));
    refused(claims -> claims.notBeforeTime(secondsFromNow(60)));
    refused(claims -> claims.claim("nbf", "soon"));
    refused(claims -> claims.issueTime(secondsFromNow(60)));
    refused(claims -> claims.claim("tenant", null));
    refused(claims -> claims.claim("tenant", "not an identifier"));
    refused(claims -> claims.claim("tenant", 7));
    refused(claims -> claims.claim("tenant", "a/b").claim("scope", "operator"));
  }

  @Test
  void leewayOfABeginning_isFiveSeconds_andAudienceMayBeOneOfMany() {
    believed(signed(claims -> claims.notBeforeTime(secondsFromNow(3))));
    believed(signed(claims -> claims.issueTime(secondsFromNow(3))));
    refused(claims -> claims.notBeforeTime(secondsFromNow(7)));
    believed(signed(claims -> claims.audience(List.of("other", HttpTokens.AUDIENCE))));
  }

  @Test
  void operator_needsNoTenant() {
    Caller caller =
        believed(signed(claims -> claims.claim("tenant", null).claim("scope", "operator")));

    assertThat(caller.operator()).isTrue();
  }

  @Test
  void none_isRefused() {
    refused(part("{\"alg\":\"none\"}") + "." + part(goodClaims()) + ".");
    refused(part("{\"alg\":\"none\"}") + "." + part(goodClaims()) + ".AAAA");
    refused(part("{\"alg\":\"none\"}") + "." + part(goodClaims()));
  }

  @Test
  void hs256_withThePublicKeyAsSecret_isRefused() throws Exception {
    List<byte[]> secrets =
        List.of(
            TOKENS.ec.toPublicKey().getEncoded(),
            TOKENS.ec.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8));
    for (byte[] secret : secrets) {
      String input = part("{\"alg\":\"HS256\",\"kid\":\"ec-1\"}") + "." + part(goodClaims());
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      byte[] tag = mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));
      refused(input + "." + HttpTokens.base64url(tag));
    }
  }

  @Test
  void symmetricKey_inTheSet_isPassedOver() throws Exception {
    Files.writeString(jwks, "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\",\"kid\":\"s\"}]}");

    assertThatThrownBy(() -> await(BearerAuth.open(vertx, authConfig(jwks.toString()), time)))
        .isInstanceOf(NotStarted.class)
        .hasMessageContaining(jwks.toString());
  }

  @Test
  void algorithmUnlikeTheKeys_isRefused() {
    refused(TOKENS.ed("{\"alg\":\"ES256\",\"kid\":\"ec-1\"}", goodClaims()));
    refused(TOKENS.ed("{\"alg\":\"EdDSA\",\"kid\":\"ec-1\"}", goodClaims()));
    refused(TOKENS.ed("{\"alg\":\"RS256\",\"kid\":\"ed-1\"}", goodClaims()));
  }

  @Test
  void critOrDuplicateMember_isRefused() {
    refused(
        TOKENS.ed("{\"alg\":\"EdDSA\",\"kid\":\"ed-1\",\"crit\":[\"x\"],\"x\":1}", goodClaims()));
    refused(TOKENS.ed("{\"alg\":\"EdDSA\",\"alg\":\"EdDSA\",\"kid\":\"ed-1\"}", goodClaims()));
  }

  @Test
  void typ_isNoMatter() {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .keyID("ec-1")
            .type(new JOSEObjectType("at+jwt"))
            .build();

    believed(sign(header, claims("t", "").build(), TOKENS.ec));
  }

  @Test
  void changedOrDerSignature_isRefused() throws Exception {
    String token = TOKENS.token("t", "");
    String[] parts = token.split("\\.");
    byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
    byte[] der = com.nimbusds.jose.crypto.impl.ECDSA.transcodeSignatureToDER(signature);
    refused(parts[0] + "." + parts[1] + "." + HttpTokens.base64url(der));
    signature[10] ^= 1;
    refused(parts[0] + "." + parts[1] + "." + HttpTokens.base64url(signature));
    refused(parts[0] + "." + part(goodClaims()) + "." + parts[2]);
    refused(parts[0] + "." + parts[1] + "." + HttpTokens.base64url(new byte[64]));
    refused(parts[0] + "." + parts[1] + "." + HttpTokens.base64url(new byte[0]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a.b", "a.b.c", "....", "e30.e30.AA", "W10.W10.AA", "é.é.é"})
  void rubbish_isRefused(String token) {
    refused(token);
  }

  @Test
  void unknownKid_readsTheKeysAgain_atMostOnceInTenSeconds() throws Exception {
    ECKey next = new ECKeyGenerator(TOKENS.ec.getCurve()).keyID("next").generate();
    String early = signedBy(next);
    refused(early);
    Files.writeString(jwks, new JWKSet(List.of(TOKENS.ec, next)).toString());
    refused(early);

    time.aheadNanos.addAndGet(11_000_000_000L);

    believed(early);
    Files.writeString(jwks, "{\"keys\":");
    time.aheadNanos.addAndGet(11_000_000_000L);
    refused(signedBy(new ECKeyGenerator(TOKENS.ec.getCurve()).keyID("third").generate()));
    believed(early);
  }

  @Test
  void keyThatWasTakenOut_isBelievedNoMore_onceTheKeysWereReadAgain() throws Exception {
    ECKey next = new ECKeyGenerator(TOKENS.ec.getCurve()).keyID("next").generate();
    String old = signedBy(TOKENS.ec);
    believed(old);
    Files.writeString(jwks, new JWKSet(next).toString());

    believed(signedBy(next));

    refused(old);
  }

  @Test
  void keysThatCannotBeReadAgain_areToldToBeOld() throws Exception {
    BearerAuth.KeysRead first = auth.keysRead();
    assertThat(first.failing()).isFalse();
    String unknown = signedBy(new ECKeyGenerator(TOKENS.ec.getCurve()).keyID("other").generate());

    Files.writeString(jwks, "{\"keys\":");
    refused(unknown);
    assertThat(auth.keysRead()).isEqualTo(new BearerAuth.KeysRead(first.at(), true));

    Files.writeString(jwks, TOKENS.jwks());
    time.aheadNanos.addAndGet(11_000_000_000L);
    refused(unknown);
    assertThat(auth.keysRead().failing()).isFalse();
    assertThat(auth.keysRead().at()).isAfterOrEqualTo(first.at());
  }

  @Test
  void url_isFetched_andAFailingOneIsNamed() throws Exception {
    AtomicInteger status = new AtomicInteger(200);
    HttpServer issuer =
        await(
            vertx
                .createHttpServer()
                .requestHandler(
                    request -> request.response().setStatusCode(status.get()).end(TOKENS.jwks()))
                .listen(0, "127.0.0.1"));
    String url = "http://127.0.0.1:" + issuer.actualPort() + "/jwks";

    BearerAuth remote = await(BearerAuth.open(vertx, authConfig(url), time));
    assertThat(await(remote.authenticate(Optional.of("Bearer " + TOKENS.token("t", "")))))
        .isNotNull();
    remote.close();

    status.set(500);
    assertThatThrownBy(() -> await(BearerAuth.open(vertx, authConfig(url), time)))
        .isInstanceOf(NotStarted.class)
        .hasMessageContaining(url)
        .hasMessageContaining("500");
  }

  @Test
  void missingFile_isNamed() {
    assertThatThrownBy(() -> await(BearerAuth.open(vertx, authConfig("/no/such/file"), time)))
        .isInstanceOf(NotStarted.class)
        .hasMessageContaining("auth.jwks /no/such/file");
  }

  private String goodClaims() {
    return claims("carrier-a", "grants:write").build().toString();
  }

  private static String signedBy(ECKey key) {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build();
    return sign(header, claims("t", "").build(), key);
  }

  private static String signed(Consumer<JWTClaimsSet.Builder> change) {
    JWTClaimsSet.Builder claims = claims("carrier-a", "grants:write");
    change.accept(claims);
    return TOKENS.ec(claims.build());
  }

  private static java.util.Date secondsFromNow(long seconds) {
    return java.util.Date.from(Instant.now().plusSeconds(seconds));
  }

  private Caller believed(String token) {
    return await(auth.authenticate(Optional.of("Bearer " + token)));
  }

  private void refused(Consumer<JWTClaimsSet.Builder> change) {
    refused(signed(change));
  }

  private void refused(String token) {
    Problem problem = problem("Bearer " + token);
    assertThat(problem.status()).isEqualTo(401);
    assertThat(problem.reason()).isEqualTo("unauthorized");
    assertThat(problem.headers())
        .containsEntry("WWW-Authenticate", "Bearer error=\"invalid_token\"");
  }

  private Problem problem(String authorization) {
    return refusal(Optional.of(authorization)).problem();
  }

  private Refusal refusal(Optional<String> authorization) {
    Throwable[] failure = new Throwable[1];
    await(
        auth.authenticate(authorization)
            .onFailure(cause -> failure[0] = cause)
            .<Object>map(caller -> caller)
            .otherwise("refused"));
    assertThat(failure[0]).isInstanceOf(Refusal.class);
    return (Refusal) failure[0];
  }
}
