package io.vestibule.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.vestibule.testing.RawDoor;
import io.vestibule.testing.TestPki;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What doors tell becomes counts and distributions of a fixed number of series. */
@SuppressWarnings("try") // A door that only has to be there is named by no statement.
class DoorFleetIT {
  private static final String DROPPED = "vestibule.door.payloads.dropped";

  @TempDir Path directory;
  private DoorEdge edge;
  private int packetId;

  @BeforeEach
  void start() {
    // More than come here, also where the gateway is slow to see that they left.
    edge = new DoorEdge(new TestPki(directory), Optional.empty(), 2_000);
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  void telemetry_isCountedAndObserved_aSignalByItsLoss() throws IOException {
    try (RawDoor door = edge.door(4, "d1")) {
      edge.time.advance(Duration.ofSeconds(10));
      tell(door, "\"battery\":87,\"rssi\":-61");

      assertThat(edge.count("vestibule.door.telemetry")).isEqualTo(1);
      assertThat(battery().totalAmount()).isEqualTo(87);
      assertThat(signalLoss().totalAmount()).isEqualTo(61);

      edge.time.advance(Duration.ofSeconds(10));
      tell(door, "\"rssi\":7");
      assertThat(signalLoss().count()).isEqualTo(2);
      assertThat(signalLoss().totalAmount()).isEqualTo(61);
      assertThat(battery().count()).isEqualTo(1);
    }
  }

  @Test
  void telemetry_inAFlood_isCounted_andObservedOnceInTenSeconds() throws IOException {
    try (RawDoor door = edge.door(4, "d1")) {
      edge.time.advance(Duration.ofSeconds(10));
      for (int times = 0; times < 50; times++) {
        tell(door, times % 2 == 0 ? "\"battery\":1" : "\"rssi\":-99");
      }
      assertThat(edge.count("vestibule.door.telemetry")).isEqualTo(50);
      assertThat(battery().count()).isEqualTo(1);
      assertThat(signalLoss().count()).isEqualTo(1);

      edge.time.advance(Duration.ofMillis(9_999));
      tell(door, "\"battery\":2,\"rssi\":-98");
      assertThat(battery().count()).isEqualTo(1);
      edge.time.advance(Duration.ofMillis(1));
      tell(door, "\"battery\":3,\"rssi\":-97");
      assertThat(battery().totalAmount()).isEqualTo(4);
      assertThat(signalLoss().count()).isEqualTo(2);
    }
  }

  @Test
  void telemetry_ofConnectionsThatDoNotLast_isCountedAndNotObserved() throws IOException {
    for (int times = 0; times < 20; times++) {
      try (RawDoor door = edge.door(4, "d1")) {
        edge.time.advance(Duration.ofMillis(9_999));
        tell(door, "\"battery\":1,\"rssi\":-99");
      }
    }

    assertThat(edge.count("vestibule.door.telemetry")).isEqualTo(20);
    assertThat(battery().count()).isZero();
    assertThat(signalLoss().count()).isZero();
  }

  @Test
  void telemetry_thatCannotBe_isAcknowledgedAndCountedByCause_notAveragedInAndNotStored()
      throws IOException {
    try (RawDoor door = edge.door(4, "d1")) {
      edge.time.advance(Duration.ofSeconds(10));
      publish(door, "telemetry", "{\"at\":" + edge.time.now().toEpochMilli() + ",\"battery\":900}");
      publish(door, "telemetry", "{\"at\":1000,\"battery\":50}");
      publish(door, "telemetry", "{\"at\":NaN}");

      assertThat(dropped("telemetry", "out_of_range")).isEqualTo(1);
      assertThat(dropped("telemetry", "implausible_time")).isEqualTo(1);
      assertThat(dropped("telemetry", "malformed")).isEqualTo(1);
      assertThat(edge.count("vestibule.door.telemetry")).isZero();
      assertThat(battery().count()).isZero();
      assertThat(edge.telemetry).isEmpty();
    }
  }

  @Test
  void events_areCountedByType() throws IOException {
    try (RawDoor door = edge.door(4, "d1")) {
      publish(door, "event", "{\"type\":\"tamper\",\"at\":1,\"boot\":\"b\",\"seq\":1}");
      publish(door, "event", "{\"type\":\"opened\",\"at\":-1,\"boot\":\"b\",\"seq\":2}");

      assertThat(edge.counted("vestibule.door.events")).containsExactly("tamper=1");
      assertThat(dropped("event", "out_of_range")).isEqualTo(1);
    }
  }

  @Test
  void hostileDoor_addsNoSeries() throws IOException {
    edge.door(4, "d1").close();
    Set<Meter.Id> before = series();

    try (RawDoor door = edge.door(4, "d1")) {
      for (int n = 0; n < 3_000; n++) {
        String at = Long.toString(edge.time.now().toEpochMilli());
        publish(door, "event", "{\"type\":\"x" + n + "\",\"at\":1,\"boot\":\"b\",\"seq\":1}");
        publish(door, "telemetry", "{\"at\":" + at + ",\"firmware" + n + "\":\"" + n + "\"}");
        publish(door, "ack", "{\"command\":\"u" + n + "\",\"result\":\"r" + n + "\",\"at\":1}");
      }
    }
    for (int n = 0; n < 300; n++) {
      edge.raw().send(RawDoor.connect(5, "stranger-" + n, "secret-" + n, 60)).close();
      edge.door(4, "d1").send(RawDoor.publish(4, 2, 1, "door/" + n + "/" + n, "")).close();
    }

    assertThat(series()).isEqualTo(before);
  }

  private Set<Meter.Id> series() {
    return edge.registry.getMeters().stream().map(Meter::getId).collect(Collectors.toSet());
  }

  private void tell(RawDoor door, String members) throws IOException {
    publish(door, "telemetry", "{\"at\":" + edge.time.now().toEpochMilli() + "," + members + "}");
  }

  /** Returns once it is acknowledged. */
  private void publish(RawDoor door, String topic, String payload) throws IOException {
    packetId = packetId % 60_000 + 1;
    door.send(RawDoor.publish(4, 2, packetId, "door/d1/" + topic, payload));
    assertThat(door.read().type()).isEqualTo(4);
  }

  private double dropped(String topic, String cause) {
    return edge.registry.get(DROPPED).tags("topic", topic, "cause", cause).counter().count();
  }

  private DistributionSummary battery() {
    return edge.registry.get("vestibule.door.battery").summary();
  }

  private DistributionSummary signalLoss() {
    return edge.registry.get("vestibule.door.signal.loss").summary();
  }
}
