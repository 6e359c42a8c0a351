package io.vestibule.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.access.DoorId;
import io.vestibule.access.UnlockId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What gateways of this and of other versions make of each other's messages. */
final class MessagesTest {
  private static final NodeName FROM = new NodeName("gateway-1~0123456789abcdef");
  private static final Ask ASK = new Ask(5, FROM, 1L << 50, "a.b.c", Duration.ofMillis(4_900));
  private static final Recall RECALL = new Recall(6, FROM, new DoorId("front"), new UnlockId("u1"));
  private static final Answer ANSWER =
      new Answer(
          5, new DoorId("front"), new UnlockId("u1"), Said.OPENED, Instant.ofEpochMilli(1_764));

  private final Heard heard = new Heard();

  @Test
  void messages_areReadAsTheyWereWritten() {
    List<String> texts =
        List.of(
            Messages.of(ASK),
            Messages.of(RECALL),
            Messages.of(ANSWER),
            Messages.moved(new DoorId("front"), 8),
            Messages.beat());

    assertThat(texts).allMatch(text -> Messages.read(text, heard).isEmpty());
    assertThat(heard.all).containsExactly(ASK, RECALL, ANSWER, "moved front 8", "beat");
  }

  @Test
  void membersOfNewerGateways_arePassedOver() {
    String text = Messages.of(ASK).replace("{\"type\"", "{\"new\":{\"a\":[1]},\"type\"");

    assertThat(Messages.read(text, heard)).isEmpty();
    assertThat(heard.all).containsExactly(ASK);
  }

  @Test
  void typesOfNewerGateways_areDropped() {
    assertThat(Messages.read("{\"type\":\"greeting\",\"id\":1}", heard)).contains("unknown_type");
    assertThat(heard.all).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Said.class,
      names = {"UNREACHED", "FULL", "SILENT"},
      mode = EnumSource.Mode.EXCLUDE)
  void whatAnOwnerSays_isReadAsItWasWritten(Said said) {
    Answer answer = new Answer(5, ANSWER.door(), ANSWER.unlock(), said, ANSWER.at());

    assertThat(Messages.read(Messages.of(answer), heard)).isEmpty();
    assertThat(heard.all).containsExactly(answer);
  }

  @Test
  void resultOfANewerGateway_mayBeThatTheDoorOpened() {
    String text = Messages.of(ANSWER).replace("\"opened\"", "\"ajar\"");

    assertThat(Messages.read(text, heard)).isEmpty();
    assertThat(heard.all).extracting(any -> ((Answer) any).said()).containsExactly(Said.UNKNOWN);
  }

  @Test
  void resultsThatOnlyAnAskerKnows_areNobodysToSay() {
    String text = Messages.of(ANSWER).replace("\"opened\"", "\"unreached\"");

    Messages.read(text, heard);

    assertThat(heard.all).extracting(any -> ((Answer) any).said()).containsExactly(Said.UNKNOWN);
  }

  @Test
  void everyMember_isNeeded() {
    for (String text : List.of(Messages.of(ASK), Messages.of(RECALL), Messages.of(ANSWER))) {
      for (String member : text.substring(1, text.length() - 1).split(",", -1)) {
        String without = text.replace(member, "\"x\":1");
        assertThat(Messages.read(without, heard)).as(without).contains("malformed");
      }
    }
    assertThat(heard.all).isEmpty();
  }

  @Test
  void valuesOutOfBounds_areMalformed() {
    String ask = Messages.of(ASK);

    assertThat(Messages.read(ask.replace("4900", "0"), heard)).contains("malformed");
    assertThat(Messages.read(ask.replace("4900", "60001"), heard)).contains("malformed");
    assertThat(Messages.read(ask.replace("gateway-1~", "a b~"), heard)).contains("malformed");
    assertThat(Messages.read(ask.replace("a.b.c", "a".repeat(5_000)), heard)).contains("malformed");
    assertThat(heard.all).isEmpty();
  }

  @Test
  void damagedMessages_neverThrow() {
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text =
          new StringBuilder(List.of(Messages.of(ASK), Messages.of(ANSWER)).get(round % 2));
      for (int damage = 0; damage <= random.nextInt(3); damage++) {
        text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(0x250));
      }
      Optional<String> dropped = Messages.read(text.toString(), heard);
      assertThat(dropped.orElse("malformed")).isIn("malformed", "unknown_type");
    }
  }

  private static final class Heard implements Messages.Hearer {
    final List<Object> all = new ArrayList<>();

    @Override
    public void asked(Ask ask) {
      all.add(ask);
    }

    @Override
    public void recalled(Recall recall) {
      all.add(recall);
    }

    @Override
    public void answered(Answer answer) {
      all.add(answer);
    }

    @Override
    public void moved(DoorId door, long epoch) {
      all.add("moved " + door + " " + epoch);
    }

    @Override
    public void beat() {
      all.add("beat");
    }
  }
}
