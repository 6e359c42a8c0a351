package io.vestibule.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.metrics.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The edge's enums are the values of the catalogue's tags. */
class DoorMetersTest {
  @Test
  void everyValue_isOneOfItsTags_andNoneIsLeft() {
    assertThat(of(LineKind.values(), LineKind::protocol)).hasSameElementsAs(Tag.PROTOCOL.all());
    assertThat(of(LineKind.values(), LineKind::transport)).hasSameElementsAs(Tag.TRANSPORT.all());
    assertThat(of(RefusalCause.values(), RefusalCause::code)).isEqualTo(Tag.CONNECT_CAUSE.all());
    assertThat(of(EndingCause.values(), EndingCause::code)).isEqualTo(Tag.DISCONNECT_CAUSE.all());
    assertThat(of(Handshake.values(), Handshake::code)).isEqualTo(Tag.HANDSHAKE.all());
    assertThat(of(DropCause.values(), DropCause::code)).isEqualTo(Tag.DROP_CAUSE.all());
    assertThat(DoorPayloads.eventTypes().stream().map(DoorPayloads::word))
        .containsExactlyInAnyOrderElementsOf(Tag.EVENT.all());
  }

  @Test
  void topics_areAllButThatOfRequests_whichAreAnswered() {
    List<String> topics =
        Arrays.stream(DoorTopics.Inbound.values())
            .filter(topic -> topic != DoorTopics.Inbound.REQUEST)
            .map(DoorTopics.Inbound::code)
            .toList();

    assertThat(topics).isEqualTo(Tag.TOPIC.all());
  }

  private static <E> List<String> of(E[] values, Function<E, String> code) {
    return Arrays.stream(values).map(code).toList();
  }
}
