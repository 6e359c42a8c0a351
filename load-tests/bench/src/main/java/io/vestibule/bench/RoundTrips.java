package io.vestibule.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Stands between a client and its Redis and counts round trips: all that is asked before anything
 * is answered is one. So that no answer comes before the rest of a question, each is held for a
 * while. For one connection at a time; what keeps it alive is not counted.
 */
final class RoundTrips implements AutoCloseable {
  private static final long HELD_MS = 25;
  private static final int BUFFER_SIZE = 1 << 16;
  private static final String PING = "*1\r\n$4\r\nPING\r\n";

  private final ServerSocket server;
  private final int redisPort;
  private int count;
  private boolean answered = true;

  RoundTrips(int redisPort) throws IOException {
    this.redisPort = redisPort;
    this.server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  synchronized int count() {
    return count;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = server.accept();
      Socket redis = new Socket(InetAddress.getLoopbackAddress(), redisPort);
      client.setTcpNoDelay(true);
      redis.setTcpNoDelay(true);
      start(() -> pump(client, redis, this::asked));
      start(() -> pump(redis, client, this::answers));
    }
  }

  private synchronized void asked(String text) {
    if (answered && !text.equals(PING)) {
      count++;
      answered = false;
    }
  }

  private void answers(String text) {
    try {
      Thread.sleep(HELD_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      answered = true;
    }
  }

  private static void pump(Socket from, Socket to, Hearing hearing) throws IOException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] buffer = new byte[BUFFER_SIZE];
    for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
      hearing.heard(new String(buffer, 0, size, StandardCharsets.ISO_8859_1));
      out.write(buffer, 0, size);
    }
    to.close();
  }

  private static void start(Piping piping) {
    Thread thread = new Thread(() -> run(piping), "round-trips");
    thread.setDaemon(true);
    thread.start();
  }

  private static void run(Piping piping) {
    try {
      piping.run();
    } catch (IOException e) {
      // An end has closed; so does the other.
    }
  }

  private interface Piping {
    void run() throws IOException;
  }

  private interface Hearing {
    void heard(String text);
  }
}
