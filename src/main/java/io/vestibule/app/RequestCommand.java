package io.vestibule.app;

import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.GrantId;
import io.vestibule.access.Location;
import io.vestibule.client.RequestSigner;
import io.vestibule.client.Visit;
import io.vestibule.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code request}: a courier's signed unlock request on stdout. */
@Command(
    name = "request",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Prints a signed unlock request, as a courier's app would send it.",
      "Each run signs a new attempt: to retry one, send the same bytes again."
    },
    footer = {
      "",
      "Example:",
      "  java -jar target/vestibule.jar request --key dev/courier-key.pem --door door-1 --courier ann \\",
      "      --grant g-1 --parcel 'LABEL 42' |",
      "  curl -H 'Content-Type: application/jose' -d @- \\",
      "      http://localhost:8080/v1/doors/door-1/unlock"
    })
final class RequestCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      required = true,
      description = "PKCS#8 PEM with the courier's private key, Ed25519 or P-256.")
  private @Nullable Path key;

  @Option(names = "--door", paramLabel = "D", required = true, description = "The door's id.")
  private String door = "";

  @Option(names = "--courier", paramLabel = "C", required = true, description = "The courier's id.")
  private String courier = "";

  @Option(names = "--grant", paramLabel = "G", required = true, description = "The grant's id.")
  private String grant = "";

  @Option(
      names = "--parcel",
      paramLabel = "TEXT",
      description = "The label's text as scanned; only its hash is sent.")
  private @Nullable String parcel;

  @Option(names = "--lat", paramLabel = "DEG", description = "Where the courier is: latitude.")
  private @Nullable Double lat;

  @Option(names = "--lon", paramLabel = "DEG", description = "Where the courier is: longitude.")
  private @Nullable Double lon;

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      defaultValue = "60s",
      description = "How long it holds; a gateway takes at most 60s (default: ${DEFAULT-VALUE}).")
  private Duration ttl = Duration.ofSeconds(60);

  @Override
  public Integer call() throws CommandFailed {
    CourierId courierId = id("--courier", courier, CourierId::parse);
    Visit visit =
        new Visit(
            id("--door", door, DoorId::parse),
            id("--grant", grant, GrantId::parse),
            Optional.ofNullable(parcel),
            geo());
    RequestSigner signer = new RequestSigner(KeyFile.read(Objects.requireNonNull(key)), courierId);
    Objects.requireNonNull(spec)
        .commandLine()
        .getOut()
        .println(signer.sign(visit, Time.system().now(), ttl));
    return ExitCode.OK;
  }

  private Optional<Location> geo() {
    if (lat == null && lon == null) {
      return Optional.empty();
    }
    if (lat == null || lon == null) {
      throw CommandRange.wrong(spec, "--lat and --lon go together");
    }
    try {
      return Optional.of(new Location(lat, lon));
    } catch (IllegalArgumentException e) {
      throw CommandRange.wrong(spec, "--lat must be from -90 to 90 and --lon from -180 to 180");
    }
  }

  private <T> T id(String option, String text, Function<String, Optional<T>> parse) {
    return parse
        .apply(text)
        .orElseThrow(() -> CommandRange.wrong(spec, option + " " + text + " is not an id"));
  }
}
