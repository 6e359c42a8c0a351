package io.vestibule.load.wire;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * One kept connection to a gateway; a request at a time, on the caller's thread: nothing stands
 * between the clock and the socket.
 */
public final class HttpConnection implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String LENGTH = "content-length:";

  private final InetSocketAddress address;
  private final Duration limit;
  private final Socket socket;
  private final InputStream in;

  /** To a port of the loopback. */
  public HttpConnection(int port) throws IOException {
    this(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  public HttpConnection(InetSocketAddress address) throws IOException {
    this(address, LIMIT);
  }

  /** Where it is not made in so long, or nothing comes for so long, it has failed. */
  HttpConnection(InetSocketAddress address, Duration limit) throws IOException {
    this.address = address;
    this.limit = limit;
    socket = Tcp.connect(address, limit);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends it and waits for the answer. */
  public HttpAnswer exchange(HttpRequest request) throws IOException {
    try {
      request.writeTo(socket.getOutputStream());
      return answer();
    } catch (SocketTimeoutException e) {
      throw Tcp.tooSlow(address, "did not answer", limit, e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private HttpAnswer answer() throws IOException {
    int status = status(line());
    int length = 0;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Integer.parseInt(header.substring(LENGTH.length()).strip());
      }
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the gateway closed the connection in the middle of an answer");
    }
    return new HttpAnswer(status, new String(body, StandardCharsets.UTF_8));
  }

  private static int status(String line) throws IOException {
    String[] words = line.split(" ", 3);
    if (words.length < 2 || !words[0].equals("HTTP/1.1")) {
      throw new IOException("no HTTP/1.1 answer: " + line);
    }
    return Integer.parseInt(words[1]);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the gateway closed the connection");
      }
      line.append((char) next);
    }
    int end = line.length() - 1;
    return end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line.toString();
  }
}
