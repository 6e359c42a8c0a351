package io.vestibule.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.access.DoorId;
import io.vestibule.audit.DoorEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Why a payload is dropped. */
class DoorPayloadsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final long AT = NOW.toEpochMilli();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "NaN",
        "[]",
        "{\"battery\":50}",
        "{\"at\":AT,\"battery\":NaN}",
        "{\"at\":AT,\"battery\":\"50\"}",
        "{\"at\":AT,\"rssi\":true}",
        "{\"at\":AT,\"uptime\":\"1.5\"}",
        "{\"at\":AT.5}",
        "{\"at\":\"2026-11-22T12:00:00Z\"}",
        "{\"at\":AT,\"contact\":\"ajar\"}",
        "{\"at\":AT,\"contact\":\"ajar\",\"battery\":900}",
        "{\"at\":0,\"battery\":{}}"
      })
  void telemetry_notOfItsForm_isMalformed(String json) {
    assertThat(telemetry(json)).isEqualTo(dropped(DropCause.MALFORMED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"at\":AT,\"battery\":900}",
        "{\"at\":AT,\"battery\":-0.5}",
        "{\"at\":AT,\"battery\":1e999}",
        "{\"at\":AT,\"rssi\":5000}",
        "{\"at\":AT,\"rssi\":-151}",
        "{\"at\":AT,\"temperature\":-300}",
        "{\"at\":AT,\"uptime\":-1}",
        "{\"at\":AT,\"uptime\":99999999999999999999}",
        "{\"at\":99999999999999999999}",
        "{\"at\":0,\"battery\":900}"
      })
  void telemetry_withANumberPastItsBounds_isOutOfRange(String json) {
    assertThat(telemetry(json)).isEqualTo(dropped(DropCause.OUT_OF_RANGE));
  }

  @Test
  void telemetry_mayCountPartsOfASecond_andIsKeptAsItCame() {
    String json =
        telemetry("{\"at\":AT,\"uptime\":86400.25,\"rssi\":-61}")
            .match(sample -> sample.json().toString(), cause -> cause.code());

    assertThat(json).isEqualTo("{\"at\":" + AT + ",\"rssi\":-61,\"uptime\":86400.25}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-22T12:00:00.000Z", "+/=", "{9b2e}", "-", "~!", "boot 1x64"})
  void boot_mayBeAnyNameWithoutSpaces_ofUpTo64Characters(String name) {
    String boot = name.replace("boot 1x64", "x".repeat(64));
    String json = "{\"type\":\"opened\",\"at\":5,\"boot\":\"" + boot + "\",\"seq\":1}";

    Payload<DoorEvent> event = DoorPayloads.event(new DoorId("d1"), NOW, bytes(json));

    assertThat(event.<String>match(DoorEvent::boot, DropCause::code)).isEqualTo(boot);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"\"", "\"b b\"", "\"b\\\"\"", "\"b\\\\\"", "\"\\u007f\"", "\"ü\"", "7", "LONG"})
  void boot_ofAnyOtherForm_isMalformed(String written) {
    String boot = written.replace("LONG", '"' + "x".repeat(65) + '"');
    String json = "{\"type\":\"opened\",\"at\":5,\"boot\":" + boot + ",\"seq\":1}";

    assertThat(DoorPayloads.event(new DoorId("d1"), NOW, bytes(json)))
        .isEqualTo(dropped(DropCause.MALFORMED));
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, false",
    "2019-12-31T23:59:59.999Z, false",
    "2020-01-01T00:00:00Z, true",
    "2026-11-23T12:00:00Z, true",
    "2026-11-23T12:00:00.001Z, false",
    "9999-01-01T00:00:00Z, false"
  })
  void telemetry_ofATimeThatNoWorkingClockShows_isImplausible(Instant at, boolean taken) {
    Payload<TelemetrySample> sample = telemetry("{\"at\":" + at.toEpochMilli() + "}");

    if (taken) {
      assertThat(sample).isInstanceOf(Payload.Taken.class);
    } else {
      assertThat(sample).isEqualTo(dropped(DropCause.IMPLAUSIBLE_TIME));
    }
  }

  @Test
  void telemetry_ofTheEndsOfTime_isImplausible() {
    assertThat(telemetry("{\"at\":" + Long.MIN_VALUE + "}"))
        .isEqualTo(dropped(DropCause.IMPLAUSIBLE_TIME));
    assertThat(telemetry("{\"at\":" + Long.MAX_VALUE + "}"))
        .isEqualTo(dropped(DropCause.IMPLAUSIBLE_TIME));
  }

  /** It is on record with when the gateway knew: nothing that a door says happened is lost. */
  @Test
  void event_ofAnOddClock_isTaken() {
    for (Instant at : new Instant[] {Instant.EPOCH, NOW.plus(Duration.ofDays(4_000))}) {
      String json =
          "{\"type\":\"opened\",\"at\":" + at.toEpochMilli() + ",\"boot\":\"b\",\"seq\":1}";

      assertThat(DoorPayloads.event(new DoorId("d1"), NOW, bytes(json)))
          .isInstanceOf(Payload.Taken.class);
    }
  }

  @Test
  void eventAndAck_pastTheirBounds_areOutOfRange_andMalformedOtherwise() {
    DoorId door = new DoorId("d1");
    assertThat(
            DoorPayloads.event(
                door, NOW, bytes("{\"type\":\"opened\",\"at\":-1,\"boot\":\"b\",\"seq\":1}")))
        .isEqualTo(dropped(DropCause.OUT_OF_RANGE));
    assertThat(
            DoorPayloads.event(
                door, NOW, bytes("{\"type\":\"melted\",\"at\":-1,\"boot\":\"b\",\"seq\":1}")))
        .isEqualTo(dropped(DropCause.MALFORMED));
    assertThat(DoorPayloads.ack(bytes("{\"command\":\"u1\",\"result\":\"opened\",\"at\":-1}")))
        .isEqualTo(dropped(DropCause.OUT_OF_RANGE));
    assertThat(DoorPayloads.ack(bytes("{\"command\":\"u1\",\"result\":\"opened\"}")))
        .isEqualTo(dropped(DropCause.MALFORMED));
  }

  private static Payload<TelemetrySample> telemetry(String json) {
    return DoorPayloads.telemetry(NOW, bytes(json.replace("AT", Long.toString(AT))));
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static Payload<?> dropped(DropCause cause) {
    return new Payload.Dropped<>(cause);
  }
}
