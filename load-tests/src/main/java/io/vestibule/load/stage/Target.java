package io.vestibule.load.stage;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What load is put on: a gateway that the run started, one that was given, or a stack that it is
 * compared with.
 *
 * @param http where unlock requests and the API go, without TLS
 * @param mqtts where doors connect, with TLS and a certificate each
 * @param management where metrics are read; absent where there are none
 * @param pki the authority ({@code ca.pem}) that its certificate is verified by, and the doors'
 *     certificates and keys ({@code doors/ID.pem}, {@code doors/ID-key.pem})
 * @param operatorToken a bearer token of scope {@code operator}
 * @param processes what it is made of, as far as it runs on this machine: what they spend is
 *     reported
 */
public record Target(
    String name,
    InetSocketAddress http,
    InetSocketAddress mqtts,
    Optional<InetSocketAddress> management,
    Path pki,
    String operatorToken,
    List<Part> processes) {
  /** The name of the process that is held to a gateway's bounds. */
  public static final String GATEWAY = "gateway";

  /** The name of the process of the floor. */
  public static final String FLOOR = "floor";

  /** The name of every Redis. */
  public static final String REDIS = "redis";

  /** Its gateway's process, where that runs on this machine and was named. */
  public Optional<Part> gateway() {
    return processes.stream().filter(part -> part.name().equals(GATEWAY)).findFirst();
  }

  /** One process of it, by the name that reports call it. */
  public record Part(String name, long pid) {}
}
