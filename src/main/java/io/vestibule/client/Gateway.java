package io.vestibule.client;

import java.net.URI;

/** A gateway's address for doors: MQTT over TLS. */
public record Gateway(String host, int port) {
  private static final int PORT_DEFAULT = 8883;

  /**
   * Reads {@code mqtts://host[:port]}.
   *
   * @throws IllegalArgumentException in words for the terminal when it is anything else
   */
  public static Gateway parse(String url) {
    URI uri = URI.create(url);
    if (!"mqtts".equals(uri.getScheme()) || uri.getHost() == null) {
      throw new IllegalArgumentException("not of the form mqtts://host:port: " + url);
    }
    return new Gateway(uri.getHost(), uri.getPort() < 0 ? PORT_DEFAULT : uri.getPort());
  }
}
