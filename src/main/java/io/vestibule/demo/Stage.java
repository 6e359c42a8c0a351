package io.vestibule.demo;

import io.vestibule.client.Gateway;
import java.net.URI;
import java.nio.file.Path;

/**
 * What the play needs of the outside: a running gateway, the files that its doors show themselves
 * with, and somebody who issues bearer tokens.
 *
 * @param api where the HTTP API is, as in {@code http://127.0.0.1:8080}
 * @param management where metrics are
 * @param pki a directory with {@code ca.pem}, and in {@code doors} a certificate and key a door
 * @param ratePerDoorAndMinute the gateway's bound: ordinary deliveries stay within it
 */
public record Stage(
    URI api, URI management, Gateway doors, Path pki, Tokens tokens, int ratePerDoorAndMinute) {

  /** Issues bearer JWTs of an hour's life or more. */
  @FunctionalInterface
  public interface Tokens {
    /** The scope is a list with spaces between. */
    String issue(String tenant, String scope);
  }
}
