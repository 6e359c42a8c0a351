package io.vestibule.load.faults;

import io.vestibule.load.stage.CannotRun;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The line between a gateway and Redis. It can be cut, made slow, or hold back all that it carries,
 * both ways; what was under way when one end left still reaches the other.
 */
final class Line implements AutoCloseable {
  private static final int CHUNK_SIZE = 16 * 1024;

  private final ServerSocket listener;
  private final int redisPort;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private boolean held;
  private boolean cut;
  private Duration delay = Duration.ZERO;

  Line(int redisPort) throws CannotRun {
    this.redisPort = redisPort;
    try {
      this.listener = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new CannotRun("no free port", e);
    }
    start("line", this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Ends every connection and lets none be made. */
  synchronized void cut() {
    cut = true;
    sockets.forEach(Line::end);
    notifyAll();
  }

  /** Nothing arrives any more, and nobody is told. */
  synchronized void hold() {
    held = true;
  }

  /** What is said takes so long more, and nothing else passes meanwhile. */
  synchronized void slow(Duration by) {
    delay = by;
  }

  /** As at the start; what was held arrives, in order. */
  synchronized void restore() {
    cut = false;
    held = false;
    delay = Duration.ZERO;
    notifyAll();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = listener.accept();
        start("line", () -> lead(near));
      }
    } catch (IOException e) {
      // Closed: the run is over.
    }
  }

  private void lead(Socket near) {
    try {
      Socket far = new Socket(InetAddress.getLoopbackAddress(), redisPort);
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      add(near, far);
      Thread answers = start("line-answers", () -> carry(far, near));
      carry(near, far);
      answers.join();
      sockets.remove(far);
      end(far);
    } catch (IOException e) {
      // Redis is away.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sockets.remove(near);
    end(near);
  }

  private synchronized void add(Socket near, Socket far) {
    sockets.add(near);
    sockets.add(far);
    if (cut) {
      end(near);
      end(far);
    }
  }

  /** Until one end is gone; the other is told only when it has all that was under way. */
  private void carry(Socket from, Socket to) {
    byte[] chunk = new byte[CHUNK_SIZE];
    try {
      OutputStream out = to.getOutputStream();
      for (int size = from.getInputStream().read(chunk);
          size >= 0;
          size = from.getInputStream().read(chunk)) {
        awaitPassage();
        out.write(chunk, 0, size);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // Nobody is left to be told.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void awaitPassage() throws InterruptedException {
    long due = System.nanoTime() + delay.toNanos();
    while (held && !cut) {
      wait();
    }
    long left = due - System.nanoTime();
    while (left > 0 && !delay.isZero() && !cut) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = due - System.nanoTime();
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone all the same.
    }
  }

  private static Thread start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
