package io.vestibule.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event loop's share of the API. */
final class ApiVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(ApiVerticle.class);

  private final ApiServer server;

  ApiVerticle(ApiServer server) {
    this.server = server;
  }

  @Override
  public Future<?> start() {
    return server.listen(vertx);
  }

  /** A peer that is gone or speaks no HTTP is its own affair, and may come by the thousand. */
  static void connectionFailed(Throwable cause) {
    LOG.debug("A connection failed: {}", cause.getMessage());
  }
}
