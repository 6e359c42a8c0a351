package io.vestibule.app;

import io.vestibule.access.DoorId;
import io.vestibule.app.pki.DevPki;
import io.vestibule.app.pki.PkiFailed;
import io.vestibule.app.pki.PkiReport;
import io.vestibule.app.pki.PkiRequest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pki}: a development PKI in a directory. */
@Command(
    name = "pki",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Makes the certificates, keys and configuration that a trial needs.",
      "A development CA, the server's and the doors' certificates (CN = door id), keys for",
      "commands, tokens and a courier, and a configuration for serve.",
      "What is in the directory already is kept; only what is missing is added."
    },
    footer = {
      "",
      "Example:",
      "  java -jar target/vestibule.jar pki dev --doors 100 --host gateway.local",
      "  java -jar target/vestibule.jar serve --config dev/vestibule.yaml"
    })
final class PkiCommand implements Callable<Integer> {
  private static final int DOORS_MAX = 100_000;
  private static final int PROGRESS_EVERY = 1_000;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The directory; made if missing.")
  private @Nullable Path dir;

  @Option(
      names = "--doors",
      paramLabel = "N",
      description = "Certificates for door-1 to door-N (default: 1, or none with --door).")
  private @Nullable Integer doorCount;

  @Option(
      names = "--door",
      paramLabel = "ID",
      description = "A certificate for this door; may be repeated.")
  private List<String> doorIds = new ArrayList<>();

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "A further name or address of the server; may be repeated.")
  private List<String> hosts = new ArrayList<>();

  @Option(names = "--force", description = "Make everything anew, overwriting what is there.")
  private boolean force;

  @Override
  public Integer call() throws CommandFailed {
    List<DoorId> doors = doors();
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    PkiRequest request = new PkiRequest(Objects.requireNonNull(dir), doors, hosts, force);
    try {
      print(DevPki.create(request, done -> progress(err, done, doors.size())), doors.size());
    } catch (PkiFailed e) {
      throw new CommandFailed(String.valueOf(e.getMessage()));
    }
    return ExitCode.OK;
  }

  private List<DoorId> doors() {
    List<DoorId> doors = new ArrayList<>();
    for (String id : doorIds) {
      doors.add(
          DoorId.parse(id)
              .orElseThrow(() -> CommandRange.wrong(spec, "--door " + id + " is no door id")));
    }
    int count = doorCount == null ? (doors.isEmpty() ? 1 : 0) : doorCount;
    if (doorCount != null) {
      CommandRange.check(spec, "--doors", doorCount, DOORS_MAX);
    }
    IntStream.rangeClosed(1, count).mapToObj(n -> new DoorId("door-" + n)).forEach(doors::add);
    return doors;
  }

  private static void progress(PrintWriter err, int done, int of) {
    if (done % PROGRESS_EVERY == 0) {
      err.println(done + " of " + of + " doors");
    }
  }

  private void print(PkiReport report, int doorCount) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    report.written().forEach(file -> out.println("wrote " + file));
    int kept = doorCount - report.doorsWritten();
    out.println(
        "wrote "
            + report.doorsWritten()
            + " door certificates in "
            + report.files().doors()
            + (kept > 0 ? ", kept " + kept : ""));
    out.println("next: java -jar target/vestibule.jar serve --config " + report.files().config());
  }
}
