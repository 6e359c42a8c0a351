package io.vestibule.app;

import io.vestibule.app.pki.PkiFiles;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code doors}: simulated doors against any gateway. */
@Command(
    name = "doors",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Simulates doors against any gateway: they verify commands, ack, report events and telemetry.",
      "Door ids and certificates are those in the PKI directory; the doors must be registered."
    },
    footer = {
      "",
      "Example:",
      "  java -jar target/vestibule.jar pki dev --doors 100",
      "  java -jar target/vestibule.jar doors --url mqtts://localhost:8883 --pki dev --count 100"
    })
final class DoorsCommand implements Callable<Integer> {
  private static final int MQTTS_PORT = 8883;
  private static final int COUNT_MAX = 10_000;

  private final Programs.Doors program;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "mqtts://HOST[:PORT]",
      required = true,
      description = "The gateway; port 8883 unless named.")
  private @Nullable URI url;

  @Option(
      names = "--pki",
      paramLabel = "DIR",
      required = true,
      description = "A directory made by the command pki.")
  private @Nullable Path pki;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many doors, 1 to 10000 (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--jwks",
      paramLabel = "FILE|URL",
      description = "The gateway's command-signing keys (default: DIR/signing-jwks.json).")
  private @Nullable String jwks;

  DoorsCommand(Programs.Doors program) {
    this.program = program;
  }

  @Override
  public Integer call() throws CommandFailed {
    CommandRange.check(spec, "--count", count, COUNT_MAX);
    PkiFiles files = new PkiFiles(Objects.requireNonNull(pki));
    String keys = jwks == null ? files.signingJwks().toString() : jwks;
    return program.run(new DoorsOptions(withPort(Objects.requireNonNull(url)), files, keys, count));
  }

  private URI withPort(URI given) {
    if (!"mqtts".equals(given.getScheme()) || given.getHost() == null) {
      throw CommandRange.wrong(spec, "--url must be mqtts://HOST[:PORT], not " + given);
    }
    int port = given.getPort() < 0 ? MQTTS_PORT : given.getPort();
    return URI.create("mqtts://" + given.getHost() + ":" + port);
  }
}
