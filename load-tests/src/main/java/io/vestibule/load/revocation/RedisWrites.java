package io.vestibule.load.revocation;

import io.vestibule.load.stage.CannotRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When Redis made each change, by its own clock: a connection that MONITORs it. Both clocks are of
 * one machine.
 */
final class RedisWrites implements AutoCloseable {
  private static final int WAIT_SECONDS = 5;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** What a change writes: an entry, a lockdown, or the end of a grant. */
  private static final Pattern WRITE =
      Pattern.compile(
          "\\+([0-9]+\\.[0-9]+) .*(?:\"(?:SET|DEL)\" \"vd:(?:building|door|courier|lockdown):|\"revoked_at\").*",
          Pattern.CASE_INSENSITIVE);

  private final Socket socket;
  private final BlockingQueue<Long> madeAtNanos = new LinkedBlockingQueue<>();

  RedisWrites(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.getOutputStream().write("MONITOR\r\n".getBytes(StandardCharsets.US_ASCII));
    Thread reader = new Thread(this::read, "redis-writes");
    reader.setDaemon(true);
    reader.start();
  }

  /** The first change since that moment, both on this process' monotonic clock. */
  long firstSince(long nanos) throws CannotRun {
    try {
      Long made = madeAtNanos.poll(WAIT_SECONDS, TimeUnit.SECONDS);
      while (made != null && made - nanos < 0) {
        made = madeAtNanos.poll(WAIT_SECONDS, TimeUnit.SECONDS);
      }
      if (made == null) {
        throw new CannotRun("Redis did not tell of the change; is MONITOR allowed?");
      }
      return made;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("interrupted");
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher write = WRITE.matcher(line);
        if (write.matches()) {
          madeAtNanos.add(monotonic(new BigDecimal(write.group(1))));
        }
      }
    } catch (IOException e) {
      // Closed: nobody asks any more.
    }
  }

  private static long monotonic(BigDecimal epochSeconds) {
    Instant now = Instant.now();
    long nanoTime = System.nanoTime();
    long nowNanos = now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    return nanoTime - (nowNanos - epochSeconds.movePointRight(9).longValue());
  }
}
