package io.vestibule.load.stage;

import io.vestibule.load.floor.Main;
import io.vestibule.load.stage.Target.Part;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The floor: {@link io.vestibule.load.floor} in a process of its own, from this tool's classes. It
 * publishes no key: its commands are signed by nobody.
 */
public final class Floor {
  private static final Readiness READY =
      new Readiness(
          "the floor",
          Pattern.compile("(?m)^floor ready http=(\\d+) mqtts=(\\d+)$"),
          Duration.ofSeconds(30));

  private Floor() {}

  /**
   * Starts it on free ports and waits until it serves.
   *
   * @param jvmOptions what the gateway is started with: only what the two do is to differ
   * @param redis for it alone
   */
  public static Target start(Started started, Path jvmOptions, Pki pki, Redis redis)
      throws CannotRun {
    Started.Running running = started.start("floor", builder(jvmOptions, pki, redis));
    MatchResult ports = READY.await(running);
    return new Target(
        "floor",
        loopback(ports.group(1)),
        loopback(ports.group(2)),
        Optional.empty(),
        pki.directory(),
        pki.operatorToken(),
        parts(running.process().pid(), redis));
  }

  private static ProcessBuilder builder(Path jvmOptions, Pki pki, Redis redis) {
    ProcessBuilder builder =
        new ProcessBuilder(
            Product.java(),
            "@" + jvmOptions,
            Main.class.getName(),
            Integer.toString(redis.port()),
            pki.directory().toString());
    builder.environment().keySet().removeAll(Product.UNWANTED);
    // Not on the command line, which a report names: a reader has these files elsewhere.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return builder;
  }

  private static List<Part> parts(long pid, Redis redis) {
    List<Part> parts = new ArrayList<>(List.of(new Part(Target.FLOOR, pid)));
    redis.pid().ifPresent(redisPid -> parts.add(new Part(Target.REDIS, redisPid)));
    return List.copyOf(parts);
  }

  private static InetSocketAddress loopback(String port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
  }
}
