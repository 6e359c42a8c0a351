package io.vestibule.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DoorPortTest {
  private static final String HOST = "127.0.0.1";

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    DoorEdge.await(vertx.close());
  }

  @Test
  void portZero_isNeverThePortThatAnotherServerChoseByName() {
    Set<Integer> bound = new HashSet<>();
    for (int name = -1; name >= -20; name--) {
      var http = vertx.createHttpServer().requestHandler(request -> {}).listen(name, HOST);
      bound.add(DoorEdge.await(http).actualPort());
    }
    for (int times = 0; times < 10; times++) {
      int asked = new DoorPort("mqtt.tls.port", 0).asked();
      assertThat(asked).isLessThan(-1_000_000);
      var doors = vertx.createNetServer().connectHandler(socket -> {}).listen(asked, HOST);
      bound.add(DoorEdge.await(doors).actualPort());
    }

    assertThat(bound).hasSize(30);
  }
}
