package io.vestibule.load.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The comparison stack's Mosquitto, on free ports of the loopback: one where doors show a
 * certificate, one where the service names a password of this run.
 */
record Broker(int doorsPort, int servicePort, String password, long pid) {
  static final String SERVICE = "unlock-service";

  private static final Readiness READY =
      new Readiness("Mosquitto", Pattern.compile(" running"), Duration.ofSeconds(15));
  private static final Duration PASSWORD_LIMIT = Duration.ofSeconds(10);
  private static final int PASSWORD_SIZE = 16;

  /** What it is started from: its configuration with gaps, and where the filled one goes. */
  record Plan(Started started, Path sources, Path directory, Pki pki, String mend) {}

  /** Starts it and waits until it serves. */
  static Broker start(Plan plan) throws CannotRun {
    Path program = Installed.demand("mosquitto", plan.mend());
    String password = writePassword(plan);
    return READY.start(
        attempt -> {
          int doorsPort = Redis.freePort();
          int servicePort = Redis.freePort();
          Path configuration = configure(plan, doorsPort, servicePort);
          Started.Running running =
              plan.started()
                  .start(
                      "mosquitto-" + attempt,
                      new ProcessBuilder(program.toString(), "-c", configuration.toString()));
          return new Readiness.Begun<>(
              running, new Broker(doorsPort, servicePort, password, running.process().pid()));
        });
  }

  private static String writePassword(Plan plan) throws CannotRun {
    Path program = Installed.demand("mosquitto_passwd", plan.mend());
    byte[] random = new byte[PASSWORD_SIZE];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    String file = plan.directory().resolve("passwords").toString();
    List<String> command = List.of(program.toString(), "-c", "-b", file, SERVICE, password);
    plan.started().finish("mosquitto-password", new ProcessBuilder(command), PASSWORD_LIMIT);
    return password;
  }

  private static Path configure(Plan plan, int doorsPort, int servicePort) throws CannotRun {
    Map<String, String> gaps =
        Map.of(
            // Started by root it would become another user, who may not read the keys.
            "user", System.getProperty("user.name"),
            "pki", plan.pki().directory().toAbsolutePath().toString(),
            "directory", plan.sources().toAbsolutePath().toString(),
            "passwords", plan.directory().resolve("passwords").toAbsolutePath().toString(),
            "doorsPort", Integer.toString(doorsPort),
            "servicePort", Integer.toString(servicePort));
    Path to = plan.directory().resolve("mosquitto.conf");
    try {
      String text = Files.readString(plan.sources().resolve("mosquitto.conf"));
      for (Map.Entry<String, String> gap : gaps.entrySet()) {
        text = text.replace("${" + gap.getKey() + "}", gap.getValue());
      }
      return Files.writeString(to, text);
    } catch (IOException e) {
      throw new CannotRun("cannot write " + to, e);
    }
  }
}
