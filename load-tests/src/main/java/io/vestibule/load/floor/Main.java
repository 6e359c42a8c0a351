package io.vestibule.load.floor;

import io.netty.channel.EventLoop;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ResourceLeakDetector;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;

/** The entry: connects to Redis, listens on free ports of the loopback, and says so. */
public final class Main {
  private Main() {}

  /** With the port of Redis and the directory of the PKI. */
  public static void main(String[] arguments) throws SSLException {
    // As Vert.x has it.
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    Sockets sockets = Sockets.open(Runtime.getRuntime().availableProcessors());
    Map<EventLoop, RedisLine> redis = connect(sockets, Integer.parseInt(arguments[0]));
    SslContext tls = tls(Path.of(arguments[1]));
    Map<String, Door> doors = new ConcurrentHashMap<>();
    int mqtts =
        sockets.listen(
            channel ->
                channel.pipeline().addLast(tls.newHandler(channel.alloc()), new DoorLine(doors)));
    int http =
        sockets.listen(
            channel ->
                channel
                    .pipeline()
                    .addLast(
                        new HttpLine(
                            doors, Objects.requireNonNull(redis.get(channel.eventLoop())))));
    System.out.printf("floor ready http=%d mqtts=%d%n", http, mqtts);
  }

  /** One connection for each loop, as the gateway has. */
  private static Map<EventLoop, RedisLine> connect(Sockets sockets, int port) {
    Map<EventLoop, RedisLine> lines = new HashMap<>();
    for (EventLoop loop : sockets.loops()) {
      RedisLine line = new RedisLine(Main::end);
      sockets.connect(loop, port, line);
      lines.put(loop, line);
    }
    return Map.copyOf(lines);
  }

  private static SslContext tls(Path pki) throws SSLException {
    return SslContextBuilder.forServer(
            pki.resolve("server.pem").toFile(), pki.resolve("server-key.pem").toFile())
        .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
        .trustManager(pki.resolve("ca.pem").toFile())
        .clientAuth(ClientAuth.REQUIRE)
        .build();
  }

  private static void end(String why) {
    System.err.println("floor: " + why);
    System.exit(1);
  }
}
