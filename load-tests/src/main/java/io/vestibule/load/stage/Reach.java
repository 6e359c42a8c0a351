package io.vestibule.load.stage;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.load.wire.Refusal;
import io.vestibule.load.wire.TlsIdentity;
import io.vestibule.load.wire.TlsProbe;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Looks whether load can be put on a target, before any is: what is wrong is one line. */
public final class Reach {
  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final String KEYS = "/.well-known/jwks.json";
  private static final String METRICS = "/metrics";

  /** No such building: a good token is told so, another is refused before. */
  private static final String ASKED = "/v1/buildings/load-tests.reach";

  /** In the words of the JDK, of an answer in plain text. */
  private static final String NOT_TLS = "unrecognized SSL message";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Target target;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  private Reach(Target target) {
    this.target = target;
  }

  /**
   * Every listener answers, as a gateway does, and takes the token and the certificates of {@code
   * door-1} up to that number.
   */
  public static void check(Target target, int doorCount) throws CannotRun {
    Reach reach = new Reach(target);
    reach.certificates(doorCount);
    connect("--target", target.http());
    connect("--mqtts", target.mqtts());
    if (target.management().isPresent()) {
      connect("--management", target.management().get());
    }
    reach.gateway();
    reach.metrics();
    reach.token();
    reach.door();
  }

  private void certificates(int doorCount) throws CannotRun {
    for (int number = 1; number <= doorCount; number++) {
      Path certificate = certificate(number);
      if (!Files.isReadable(certificate) || !Files.isReadable(key(number))) {
        throw new CannotRun(
            "no certificate and key of door-%d in --pki %s: the load takes %d doors; run `java -jar target/vestibule.jar pki DIR --doors %d` and start the gateway with what it wrote"
                .formatted(number, target.pki(), doorCount, doorCount));
      }
    }
  }

  private static void connect(String option, InetSocketAddress address) throws CannotRun {
    if (address.isUnresolved()) {
      throw new CannotRun(
          "%s: the host %s is not known; name another".formatted(option, address.getHostString()));
    }
    try (Socket socket = new Socket()) {
      socket.connect(address, (int) LIMIT.toMillis());
    } catch (IOException e) {
      throw new CannotRun(
          "nothing answers at %s (%s): start the gateway there, or name another with %s"
              .formatted(text(address), e.getMessage(), option));
    }
  }

  private void gateway() throws CannotRun {
    HttpResponse<String> answer = get(target.http(), KEYS, "");
    if (answer.statusCode() != 200 || !hasKeys(answer.body())) {
      throw new CannotRun(
          "%s is no gateway: it has no keys at %s (%d); name its API with --target"
              .formatted(text(target.http()), KEYS, answer.statusCode()));
    }
  }

  private void metrics() throws CannotRun {
    if (target.management().isEmpty()) {
      return;
    }
    HttpResponse<String> answer = get(target.management().get(), METRICS, "");
    if (answer.statusCode() != 200 || answer.body().lines().noneMatch(Reach::ofGateway)) {
      throw new CannotRun(
          "%s shows no gateway's metrics at %s (%d); name its management port with --management"
              .formatted(text(target.management().get()), METRICS, answer.statusCode()));
    }
  }

  private static boolean ofGateway(String series) {
    return series.startsWith("vestibule_");
  }

  private void token() throws CannotRun {
    Optional<String> scope = scope(target.operatorToken());
    if (scope.filter(words -> !List.of(words.split(" ")).contains("operator")).isPresent()) {
      throw new CannotRun(
          "--token is of scope \"%s\": write one with `java -jar target/vestibule.jar token --key KEY --tenant ops --scope operator`"
              .formatted(scope.get()));
    }
    HttpResponse<String> answer = get(target.http(), ASKED, target.operatorToken());
    if (answer.statusCode() != 200 && answer.statusCode() != 404) {
      throw new CannotRun(Refusal.line("GET " + ASKED, answer.statusCode(), answer.body()));
    }
  }

  /** As the token says of itself; empty where that cannot be read, and the gateway must tell. */
  private static Optional<String> scope(String token) {
    try {
      byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
      return Optional.ofNullable(JSON.readTree(claims).path("scope").textValue());
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A certificate is refused after a handshake of TLS 1.3 has ended, so a packet is sent too. */
  private void door() throws CannotRun {
    try {
      TlsIdentity.Authority authority = TlsIdentity.Authority.read(target.pki().resolve("ca.pem"));
      TlsIdentity door = TlsIdentity.read(certificate(1), key(1), authority);
      TlsProbe.connect(target.mqtts(), "door-1", door, LIMIT);
    } catch (SSLException e) {
      if (e.getCause() instanceof EOFException
          || String.valueOf(e.getMessage()).contains(NOT_TLS)) {
        throw noDoors(e);
      }
      throw new CannotRun(
          "no TLS with %s as door-1 (%s): its certificates and those in --pki %s are not of one authority; start it with that directory, or name its own"
              .formatted(text(target.mqtts()), e.getMessage(), target.pki()));
    } catch (IOException e) {
      throw noDoors(e);
    }
  }

  private CannotRun noDoors(IOException e) {
    return new CannotRun(
        "no door can connect to %s (%s): is it the port for doors over TLS? If it is, its certificates and those in --pki are not of one authority"
            .formatted(text(target.mqtts()), e.getMessage()));
  }

  private HttpResponse<String> get(InetSocketAddress from, String path, String token)
      throws CannotRun {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + text(from) + path)).timeout(LIMIT);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new CannotRun(
          "%s does not answer GET %s (%s): is it a gateway's port for that, without TLS?"
              .formatted(text(from), path, e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("interrupted");
    }
  }

  private static boolean hasKeys(String body) {
    try {
      return JSON.readTree(body).path("keys").isArray();
    } catch (IOException e) {
      return false;
    }
  }

  private Path certificate(int number) {
    return target.pki().resolve("doors/door-" + number + ".pem");
  }

  private Path key(int number) {
    return target.pki().resolve("doors/door-" + number + "-key.pem");
  }

  private static String text(InetSocketAddress address) {
    String host = address.getHostString();
    return (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host)
        + ":"
        + address.getPort();
  }
}
