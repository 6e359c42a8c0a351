package io.vestibule.load.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** One HTTP/1.1 request, ready to be written. */
public final class HttpRequest {
  private final byte[] bytes;

  private HttpRequest(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A courier's request to open a door. */
  public static HttpRequest unlock(String door, byte[] jws) {
    return of("POST /v1/doors/" + door + "/unlock", "Content-Type: application/jose\r\n", jws);
  }

  /** A backend's call; an empty body sends none. */
  public static HttpRequest api(String line, String token, String json) {
    String headers =
        "Authorization: Bearer "
            + token
            + "\r\n"
            + (json.isEmpty() ? "" : "Content-Type: application/json\r\n");
    return of(line, headers, json.getBytes(StandardCharsets.UTF_8));
  }

  /** What anybody may read. */
  public static HttpRequest get(String path) {
    return of("GET " + path, "", new byte[0]);
  }

  private static HttpRequest of(String line, String headers, byte[] body) {
    byte[] head =
        (line
                + " HTTP/1.1\r\nHost: localhost\r\n"
                + headers
                + "Content-Length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] whole = new byte[head.length + body.length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    return new HttpRequest(whole);
  }

  /** As it goes over the wire; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes);
  }
}
