package io.vestibule.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Asks over HTTP/1.1 and reads nothing until it is told to. */
final class StalledReader implements AutoCloseable {
  private static final int PATIENCE_MS = 20_000;

  private final Socket socket;
  private String tail = "";

  private StalledReader(Socket socket) {
    this.socket = socket;
  }

  static StalledReader open(int port, String path, String accept) throws IOException {
    Socket socket = new Socket();
    // Small, so that what is not read soon waits on the other side.
    socket.setReceiveBufferSize(4_096);
    socket.setSoTimeout(PATIENCE_MS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
    String request =
        "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: %s\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(path, accept, AuditStage.READS);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return new StalledReader(socket);
  }

  String statusLine() throws IOException {
    InputStreamReader head =
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII);
    return new BufferedReader(head).readLine();
  }

  /** How many bytes are left to read until the end. */
  int rest() throws IOException {
    byte[] chunk = new byte[65_536];
    int count = 0;
    try {
      for (int read = socket.getInputStream().read(chunk);
          read >= 0;
          read = socket.getInputStream().read(chunk)) {
        count += read;
        tail =
            new String(chunk, Math.max(0, read - 5), Math.min(5, read), StandardCharsets.US_ASCII);
      }
    } catch (java.net.SocketException reset) {
      return count;
    }
    return count;
  }

  /** Whether the last chunk came, by which the answer looks complete; reads to the end. */
  boolean whole() throws IOException {
    int unused = rest();
    return tail.endsWith("0\r\n\r\n");
  }

  /** Reads the ids of events up to this one. */
  List<String> idsUntil(String last) throws IOException {
    List<String> ids = new ArrayList<>();
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("id: ")) {
        ids.add(line.substring(4));
      }
      if (line.equals("id: " + last)) {
        return ids;
      }
    }
    throw new IOException("ended before " + last);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
