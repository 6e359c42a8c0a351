package io.vestibule.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.access.Identifiers;
import io.vestibule.app.pki.DevPki;
import io.vestibule.json.Json;
import io.vestibule.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code token}: a development bearer JWT on stdout. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Prints a bearer JWT for the HTTP API, for development.",
    footer = {
      "",
      "Scopes: policy:write doors:write doors:read couriers:write grants:write audit:read operator",
      "",
      "Example:",
      "  java -jar target/vestibule.jar token --key dev/auth-key.pem --tenant acme --scope \"policy:write"
          + " doors:write\""
    })
final class TokenCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      required = true,
      description = "PKCS#8 PEM with the issuer's private key: DIR/auth-key.pem of pki.")
  private @Nullable Path key;

  @Option(
      names = "--tenant",
      paramLabel = "T",
      required = true,
      description = "The manager or carrier that the bearer acts for.")
  private String tenant = "";

  @Option(
      names = "--scope",
      paramLabel = "SCOPES",
      required = true,
      description = "What the bearer may do, separated by spaces.")
  private String scope = "";

  @Option(
      names = "--issuer",
      paramLabel = "ISS",
      description = "Default: VESTIBULE_AUTH_ISSUER, else " + DevPki.ISSUER + ".")
  private @Nullable String issuer;

  @Option(
      names = "--audience",
      paramLabel = "AUD",
      description = "Default: VESTIBULE_AUTH_AUDIENCE, else " + DevPki.AUDIENCE + ".")
  private @Nullable String audience;

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      defaultValue = "1h",
      description = "How long it holds (default: ${DEFAULT-VALUE}).")
  private Duration ttl = Duration.ofHours(1);

  TokenCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws CommandFailed {
    if (!Identifiers.legal(tenant)) {
      throw CommandRange.wrong(spec, "--tenant " + tenant + " is no tenant id");
    }
    String token = KeyFile.read(Objects.requireNonNull(key)).sign("JWT", claims());
    Objects.requireNonNull(spec).commandLine().getOut().println(token);
    return ExitCode.OK;
  }

  private ObjectNode claims() {
    long issuedAt = Time.system().now().getEpochSecond();
    return Json.object()
        .put("iss", given(issuer, "VESTIBULE_AUTH_ISSUER", DevPki.ISSUER))
        .put("aud", given(audience, "VESTIBULE_AUTH_AUDIENCE", DevPki.AUDIENCE))
        .put("iat", issuedAt)
        .put("exp", issuedAt + ttl.toSeconds())
        .put("tenant", tenant)
        .put("scope", scope);
  }

  private String given(@Nullable String option, String variable, String fallback) {
    return option != null ? option : environment.getOrDefault(variable, fallback);
  }
}
