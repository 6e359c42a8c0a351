package io.vestibule.load.wire;

import java.io.IOException;
import java.net.InetSocketAddress;

/** The operator's backend on one gateway: writes what requests are decided by. */
public final class Operator implements AutoCloseable {
  private final HttpConnection connection;
  private final String token;

  /** On a gateway of the loopback. */
  public Operator(int port, String token) throws IOException {
    this(new HttpConnection(port), token);
  }

  public Operator(InetSocketAddress gateway, String token) throws IOException {
    this(new HttpConnection(gateway), token);
  }

  private Operator(HttpConnection connection, String token) {
    this.connection = connection;
    this.token = token;
  }

  /** A call with what was to be sent already put together. */
  public record Call(String line, HttpRequest request) {}

  public Call put(String path, String json) {
    return call("PUT " + path, json);
  }

  public Call post(String path, String json) {
    return call("POST " + path, json);
  }

  public Call delete(String path) {
    return call("DELETE " + path, "");
  }

  /** Returns once the gateway has said that it is done. */
  public void perform(Call call) throws IOException {
    HttpAnswer answer = connection.exchange(call.request());
    if (answer.status() >= 300) {
      throw new IOException(Refusal.line(call.line(), answer.status(), answer.body()));
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }

  private Call call(String line, String json) {
    return new Call(line, HttpRequest.api(line, token, json));
  }
}
