package io.vestibule.load.stage;

import io.vestibule.load.stage.Target.Part;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The comparison stack: the unlock path as most teams would build it, Mosquitto and a Node service
 * over Redis. What it does and leaves out is in load-tests/peer/README.md.
 */
public final class Peer {
  private static final String MEND =
      "install Debian's mosquitto and Node 20.12 or later with npm, or run with --no-peer";
  private static final Readiness READY =
      new Readiness(
          "the peer's service",
          Pattern.compile("(?m)^peer ready http=(\\d+)$"),
          Duration.ofSeconds(30));
  private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.(\\d+)\\..*");
  private static final int NODE_MAJOR_MIN = 20;
  private static final int NODE_MINOR_MIN = 12;
  private static final Duration VERSION_LIMIT = Duration.ofSeconds(10);

  private Peer() {}

  /**
   * Installs what is missing, starts both on free ports and waits until they serve.
   *
   * @param redis may be another's too: no key of theirs is alike
   * @param more environment variables of the service that replace its own, as its README lists them
   */
  public static Target start(Stage stage, Pki pki, Redis redis, Map<String, String> more)
      throws CannotRun {
    Started started = stage.started();
    Path node = Installed.demand("node", MEND);
    demandVersion(started, node);
    Path home = stage.build().home();
    PeerSources sources = new PeerSources(home.resolve("peer"), home.resolve("target/peer"));
    sources.prepare(started, stage.progress(), MEND);
    Path directory = directory(stage.work());
    Broker broker = Broker.start(new Broker.Plan(started, sources.from(), directory, pki, MEND));
    Map<String, String> environment = environment(pki, redis, broker);
    environment.putAll(more);
    Started.Running service =
        started.start("peer", service(node, sources.to().resolve("src/main.js"), environment));
    return new Target(
        "peer",
        loopback(Integer.parseInt(READY.await(service).group(1))),
        loopback(broker.doorsPort()),
        Optional.empty(),
        pki.directory(),
        pki.operatorToken(),
        parts(service.process().pid(), broker, redis));
  }

  static boolean newEnough(String version) {
    Matcher numbers = VERSION.matcher(version.strip());
    if (!numbers.matches()) {
      return false;
    }
    int major = Integer.parseInt(numbers.group(1));
    int minor = Integer.parseInt(numbers.group(2));
    return major > NODE_MAJOR_MIN || (major == NODE_MAJOR_MIN && minor >= NODE_MINOR_MIN);
  }

  private static List<Part> parts(long service, Broker broker, Redis redis) {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part("node", service));
    parts.add(new Part("mosquitto", broker.pid()));
    redis.pid().ifPresent(pid -> parts.add(new Part(Target.REDIS, pid)));
    return List.copyOf(parts);
  }

  private static void demandVersion(Started started, Path node) throws CannotRun {
    ProcessBuilder asking = new ProcessBuilder(node.toString(), "--version");
    Started.Running asked = started.finish("node-version", asking, VERSION_LIMIT);
    String version = said(asked);
    if (!newEnough(version)) {
      throw new CannotRun(node + " is " + version.strip() + "; " + MEND);
    }
  }

  private static Path directory(Path work) throws CannotRun {
    Path directory = work.resolve("peer");
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new CannotRun("cannot write to " + directory, e);
    }
  }

  private static Map<String, String> environment(Pki pki, Redis redis, Broker broker) {
    Path keys = pki.directory().toAbsolutePath();
    Map<String, String> environment = new HashMap<>();
    environment.put("NODE_ENV", "production");
    environment.put("HTTP_HOST", "127.0.0.1");
    environment.put("HTTP_PORT", "0");
    environment.put("REDIS_URL", redis.url());
    environment.put("MQTT_URL", "mqtt://127.0.0.1:" + broker.servicePort());
    environment.put("MQTT_USERNAME", Broker.SERVICE);
    environment.put("MQTT_PASSWORD", broker.password());
    environment.put("AUTH_JWKS", keys.resolve("auth-jwks.json").toString());
    environment.put("SIGNING_KEY", keys.resolve("signing-key.pem").toString());
    return environment;
  }

  private static ProcessBuilder service(Path node, Path main, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(node.toString(), main.toString());
    // Only what the run sets is measured.
    builder.environment().keySet().removeIf(name -> name.startsWith("NODE_"));
    builder.environment().putAll(environment);
    return builder;
  }

  private static String said(Started.Running running) throws CannotRun {
    try {
      return Files.readString(running.log());
    } catch (IOException e) {
      throw new CannotRun("cannot read " + running.log(), e);
    }
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
