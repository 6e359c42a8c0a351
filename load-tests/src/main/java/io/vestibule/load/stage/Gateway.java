package io.vestibule.load.stage;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One gateway process on free ports of the loopback. */
public final class Gateway {
  private static final Pattern READY = Pattern.compile("(?m)^vestibule ready (.*)$");
  private static final Pattern PORT = Pattern.compile("(\\w+)=(\\d+)");
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Process process;
  private final Map<String, Integer> ports;

  private Gateway(Process process, Map<String, Integer> ports) {
    this.process = process;
    this.ports = ports;
  }

  /** What it is made of; the settings are environment variables and win over all else. */
  public record Plan(
      String name, Product product, Pki pki, String redisUrl, Map<String, String> more) {
    private Map<String, String> environment() {
      Map<String, String> environment = new HashMap<>();
      environment.put("VESTIBULE_HTTP_HOST", "127.0.0.1");
      environment.put("VESTIBULE_HTTP_PORT", "0");
      environment.put("VESTIBULE_MQTT_HOST", "127.0.0.1");
      environment.put("VESTIBULE_MQTT_TLS_PORT", "0");
      environment.put("VESTIBULE_MQTT_PLAIN_PORT", "0");
      environment.put("VESTIBULE_MANAGEMENT_HOST", "127.0.0.1");
      environment.put("VESTIBULE_MANAGEMENT_PORT", "0");
      environment.put("VESTIBULE_REDIS_EMBEDDED", "false");
      environment.put("VESTIBULE_REDIS_ENDPOINTS", redisUrl);
      environment.put("VESTIBULE_NODE_ID", name);
      environment.putAll(more);
      return environment;
    }
  }

  /** Starts it and waits until it says that it is ready. */
  public static Gateway start(Started started, Plan plan) throws CannotRun {
    Started.Running running =
        started.start(
            plan.name(),
            plan.product()
                .builder(
                    plan.environment(),
                    "serve",
                    "--config",
                    plan.pki().configuration().toString()));
    String ready =
        new Readiness("gateway " + plan.name(), READY, START_LIMIT).await(running).group(1);
    Map<String, Integer> ports = new HashMap<>();
    Matcher port = PORT.matcher(ready);
    while (port.find()) {
      ports.put(port.group(1), Integer.valueOf(port.group(2)));
    }
    return new Gateway(running.process(), ports);
  }

  /** The port of {@code http}, {@code mqtts}, {@code mqtt} or {@code management}. */
  public int port(String listener) throws CannotRun {
    Integer port = ports.get(listener);
    if (port == null) {
      throw new CannotRun("the gateway's ready line names no port for " + listener);
    }
    return port;
  }

  /** What load is put on; its Redis is part of what it spends. */
  public Target target(Pki pki, Redis redis) throws CannotRun {
    return new Target(
        "gateway",
        address("http"),
        address("mqtts"),
        Optional.of(address("management")),
        pki.directory(),
        pki.operatorToken(),
        parts(redis));
  }

  private List<Target.Part> parts(Redis redis) {
    List<Target.Part> parts = new ArrayList<>();
    parts.add(new Target.Part(Target.GATEWAY, process.pid()));
    redis.pid().ifPresent(pid -> parts.add(new Target.Part(Target.REDIS, pid)));
    return List.copyOf(parts);
  }

  private InetSocketAddress address(String listener) throws CannotRun {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port(listener));
  }

  /** What a scenario may end, stop and let go on. */
  public Process process() {
    return process;
  }
}
