package io.vestibule.http;

import io.netty.channel.ChannelFuture;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vestibule.concurrent.Loop;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.metrics.Tally;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The open connections of one loop's share of the API, those that asked last behind. Past the bound
 * the first one goes of which no whole request is being answered: whoever only holds connections,
 * or sends slowly, keeps nobody out.
 */
@LoopConfined
final class Connections {
  private final Loop loop;
  private final int countMax;
  private final Tally closed;

  /** With the requests of each that are not answered yet. */
  private final Map<HttpConnection, Set<HttpServerRequest>> open = new LinkedHashMap<>();

  /** Read by the metric, a moment late. */
  private volatile int count;

  /**
   * @param closed counts those that had to go, or could not come in
   */
  Connections(Loop loop, int countMax, Tally closed) {
    this.loop = loop;
    this.countMax = countMax;
    this.closed = closed;
  }

  void opened(HttpConnection connection) {
    loop.check();
    connection.closeHandler(gone -> left(connection));
    if (open.size() < countMax || madeRoom()) {
      open.put(connection, new HashSet<>());
      count = open.size();
    } else {
      closed.add();
      cut(connection);
    }
  }

  /** The head of a request is there; its body may still be on its way. */
  void asked(HttpServerRequest request) {
    loop.check();
    Set<HttpServerRequest> asking = open.remove(request.connection());
    if (asking != null) {
      asking.add(request);
      open.put(request.connection(), asking);
      request.response().endHandler(answered -> asking.remove(request));
    }
  }

  /** Any thread. */
  int count() {
    return count;
  }

  private boolean madeRoom() {
    Optional<HttpConnection> idle =
        open.entrySet().stream()
            .filter(entry -> entry.getValue().stream().noneMatch(HttpServerRequest::isEnded))
            .map(Map.Entry::getKey)
            .findFirst();
    idle.ifPresent(
        connection -> {
          left(connection);
          closed.add();
          cut(connection);
        });
    return idle.isPresent();
  }

  /** At once: an orderly close would wait until all that was written has been read. */
  static void cut(HttpConnection connection) {
    ChannelFuture unused = ((HttpServerConnection) connection).channelHandlerContext().close();
  }

  private void left(HttpConnection connection) {
    open.remove(connection);
    count = open.size();
  }
}
