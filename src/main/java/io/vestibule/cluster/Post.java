package io.vestibule.cluster;

import io.vertx.core.Future;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.store.Keys;
import io.vestibule.store.Reply;
import io.vestibule.store.Script;
import io.vestibule.store.Store;
import java.util.List;

/** Sends messages to other nodes. */
@AnyThread
final class Post {
  private static final Script TELL = Script.load("node_tell");

  private final Store store;
  private final String publishing;

  /**
   * @param publishing the command by which it is published
   */
  Post(Store store, String publishing) {
    this.store = store;
    this.publishing = publishing;
  }

  /**
   * How many heard it; below 0 where the node has no lease and nothing was sent. Fails only with
   * {@link io.vestibule.store.StoreUnavailable}, after which it may have been heard.
   */
  Future<Long> tell(NodeName to, String message) {
    return send(to, message, "1");
  }

  /**
   * As {@link #tell}, also where the node has no lease: it is alive, or was a moment ago, and Redis
   * may have lost the lease.
   */
  Future<Long> reply(NodeName to, String message) {
    return send(to, message, "0");
  }

  private Future<Long> send(NodeName to, String message, String leaseNeeded) {
    return store
        .eval(
            TELL,
            List.of(Keys.lease(to.text())),
            List.of(publishing, Keys.channel(to.text()), message, leaseNeeded))
        .map(Reply::number);
  }
}
