package io.vestibule.load;

import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Target;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of scenarios that can put their load on a gateway that runs already. */
final class TargetOptions {
  private static final int PORT_MAX = 65_535;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--target",
      paramLabel = "http://HOST:PORT",
      description =
          "A gateway that runs already, by its API (default: one is started). It needs --mqtts,"
              + " --pki and --token too, and a limit of unlocks a door that lets the load through.")
  private @Nullable String http;

  @Option(
      names = "--mqtts",
      paramLabel = "HOST:PORT",
      description = "Where doors connect to it, over TLS.")
  private @Nullable String mqtts;

  @Option(
      names = "--management",
      paramLabel = "http://HOST:PORT",
      description = "Where its metrics are read (default: they are not).")
  private @Nullable String management;

  @Option(
      names = "--pki",
      paramLabel = "DIR",
      description =
          "What its command `pki DIR --doors N` wrote: ca.pem, and the doors' certificates and keys.")
  private @Nullable Path pki;

  @Option(
      names = "--token",
      paramLabel = "FILE",
      description = "A bearer token of scope operator, as its command `token` says it.")
  private @Nullable Path token;

  @Option(
      names = "--process",
      paramLabel = "NAME=PID",
      description =
          "A process of it on this machine, whose use of processor is reported; the one named gateway"
              + " is held to a gateway's bounds, on memory too. May be given several times.")
  private Map<String, Long> processes = new LinkedHashMap<>();

  /** What is given; empty where the scenario is to start its own. */
  Optional<Target> target() throws CannotRun {
    if (http == null) {
      demandNothingElse();
      return Optional.empty();
    }
    return Optional.of(
        new Target(
            "given gateway",
            url("--target", http),
            address("--mqtts", given("--mqtts", mqtts)),
            Optional.ofNullable(management).map(url -> url("--management", url)),
            directory(given("--pki", pki)),
            token(given("--token", token)),
            parts()));
  }

  private void demandNothingElse() {
    boolean more = mqtts != null || management != null || pki != null || token != null;
    if (more || !processes.isEmpty()) {
      throw usage("--mqtts, --management, --pki, --token and --process are of a --target");
    }
  }

  private <T> T given(String option, @Nullable T value) {
    if (value == null) {
      throw usage("--target needs " + option);
    }
    return value;
  }

  private InetSocketAddress url(String option, String url) {
    String rest = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    if (!rest.startsWith("http://")) {
      throw usage(option + " must be http://HOST:PORT, not " + url);
    }
    return address(option, rest.substring("http://".length()));
  }

  private InetSocketAddress address(String option, String hostAndPort) {
    try {
      URI uri = URI.create("any://" + hostAndPort);
      boolean bare = hostAndPort.equals(uri.getRawAuthority()) && uri.getUserInfo() == null;
      if (bare && uri.getHost() != null && uri.getPort() > 0 && uri.getPort() <= PORT_MAX) {
        return new InetSocketAddress(uri.getHost(), uri.getPort());
      }
    } catch (IllegalArgumentException e) {
      // What is no address at all is said as what lacks a part of one.
    }
    throw usage(option + " must name HOST:PORT, not " + hostAndPort);
  }

  private static Path directory(Path pki) throws CannotRun {
    if (!Files.isRegularFile(pki.resolve("ca.pem"))) {
      throw new CannotRun(
          "no ca.pem in --pki %s: name the directory that `java -jar target/vestibule.jar pki DIR --doors N` wrote"
              .formatted(pki));
    }
    return pki;
  }

  private static String token(Path file) throws CannotRun {
    String mend =
        "write one with `java -jar target/vestibule.jar token --key PKI/auth-key.pem --tenant ops --scope operator`";
    try {
      String token = Files.readString(file).strip();
      if (token.split("\\.", -1).length != 3 || token.contains("\n") || token.contains(" ")) {
        throw new CannotRun("--token %s holds no bearer token: %s".formatted(file, mend));
      }
      return token;
    } catch (IOException e) {
      throw new CannotRun("cannot read --token %s: %s".formatted(file, mend));
    }
  }

  private List<Target.Part> parts() throws CannotRun {
    for (Map.Entry<String, Long> process : processes.entrySet()) {
      if (ProcessHandle.of(process.getValue()).isEmpty()) {
        throw new CannotRun(
            "--process %s=%d: no such process on this machine; leave it away for one elsewhere"
                .formatted(process.getKey(), process.getValue()));
      }
    }
    return processes.entrySet().stream()
        .map(process -> new Target.Part(process.getKey(), process.getValue()))
        .toList();
  }

  private ParameterException usage(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }
}
