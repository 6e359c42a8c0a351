package io.vestibule.http;

import io.vertx.core.http.HttpConnection;
import io.vestibule.concurrent.Loop;
import io.vestibule.concurrent.LoopConfined;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The connections of the management port, those quiet for longest first. A newcomer always gets in,
 * and past the bound the first of these goes: whoever only holds connections keeps no probe out.
 */
@LoopConfined
final class ManagementConnections {
  private final Loop loop;
  private final int countMax;
  private final Set<HttpConnection> quiet = new LinkedHashSet<>();
  private final Set<HttpConnection> asking = new LinkedHashSet<>();

  ManagementConnections(Loop loop, int countMax) {
    this.loop = loop;
    this.countMax = countMax;
  }

  void opened(HttpConnection connection) {
    loop.check();
    connection.closeHandler(closed -> gone(connection));
    if (quiet.size() + asking.size() >= countMax) {
      closeFirst(quiet.isEmpty() ? asking : quiet);
    }
    quiet.add(connection);
  }

  /** A request of it is under way. */
  void asked(HttpConnection connection) {
    loop.check();
    if (quiet.remove(connection)) {
      asking.add(connection);
    }
  }

  /** Its request is answered, or the answer could not be written. */
  void answered(HttpConnection connection) {
    loop.check();
    if (asking.remove(connection)) {
      quiet.add(connection);
    }
  }

  private void gone(HttpConnection connection) {
    quiet.remove(connection);
    asking.remove(connection);
  }

  private static void closeFirst(Set<HttpConnection> connections) {
    Iterator<HttpConnection> each = connections.iterator();
    HttpConnection first = each.next();
    each.remove();
    first.close();
  }
}
