package io.vestibule.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vestibule.access.DoorId;
import io.vestibule.access.UnlockId;
import io.vestibule.cluster.Answer;
import io.vestibule.cluster.Ask;
import io.vestibule.cluster.NodeName;
import io.vestibule.cluster.Recall;
import io.vestibule.cluster.Said;
import io.vestibule.command.CommandResult.Unsent;
import io.vestibule.json.ObjectText;
import io.vestibule.metrics.Meters;
import io.vestibule.testing.Keys;
import io.vestibule.testing.SimTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a gateway does when another asks it to open a door, and what it says then. */
final class RemoteCommandsTest {
  private static final NodeName ASKER = new NodeName("asker~0123456789abcdef");
  private static final DoorId DOOR = new DoorId("front");
  private static final long EPOCH = 7;
  private static final Duration AGAIN = Duration.ofMillis(50);

  private final SimTime time = new SimTime();
  private final CommandSigner signer = new CommandSigner(Keys.ed25519(), "vestibule");
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Local local = new Local();
  private final List<Answer> answers = new ArrayList<>();
  private final List<Answer> unheard = new ArrayList<>();

  /** What waits until the clock moves on. */
  private final List<Promise<Void>> waits = new ArrayList<>();

  private Future<Boolean> heard = Future.succeededFuture(true);
  private final RemoteCommands commands =
      new RemoteCommands(
          new RemoteCommands.Parts(
              local,
              (door, epoch) -> door.equals(DOOR) && epoch == EPOCH,
              (asker, answer) -> {
                assertThat(asker).isEqualTo(ASKER);
                answers.add(answer);
                return heard;
              },
              wait -> {
                assertThat(wait).isEqualTo(AGAIN);
                Promise<Void> over = Promise.promise();
                waits.add(over);
                return over.future();
              },
              new Meters(registry),
              time,
              unheard::add),
          3);

  @Test
  void command_goesToTheDoorAsItIs_andItsAckIsTheAnswer() {
    Ask ask = ask(1, "u1");
    commands.asked(ask);
    UnlockCommand sent = local.commands.get(0);
    assertThat(sent.jws()).isEqualTo(ask.jws());
    assertThat(sent.unlock()).isEqualTo(new UnlockId("u1"));
    assertThat(sent.door()).isEqualTo(DOOR);
    assertThat(sent.ackTimeout()).isEqualTo(ask.ackTimeout());
    assertThat(sent.expiresIn()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5));
    assertThat(commands.underwayCount()).isEqualTo(1);

    Instant at = time.now().plusMillis(120);
    local.promises.get(0).complete(new CommandResult.Opened(at));

    assertThat(answers).containsExactly(new Answer(1, DOOR, new UnlockId("u1"), Said.OPENED, at));
    assertThat(commands.underwayCount()).isZero();
    assertThat(unheard).isEmpty();
  }

  @Test
  void everyResult_hasItsAnswer() {
    List<CommandResult> results =
        List.of(
            new CommandResult.Refused(Optional.of("jammed")),
            new CommandResult.Unsent(Unsent.Cause.OFFLINE),
            new CommandResult.Unsent(Unsent.Cause.BUSY));
    for (int index = 0; index < results.size(); index++) {
      commands.asked(ask(index, "u" + index));
      local.promises.get(index).complete(results.get(index));
    }

    assertThat(said()).containsExactly(Said.REFUSED, Said.OFFLINE, Said.BUSY);
  }

  @Test
  void silenceOfTheDoor_andABug_areUnknown() {
    commands.asked(ask(1, "u1"));
    commands.asked(ask(2, "u2"));

    local.promises.get(0).complete(new CommandResult.Unknown());
    local.promises.get(1).fail(new IllegalStateException("bug"));

    assertThat(said()).containsExactly(Said.UNKNOWN, Said.UNKNOWN);
  }

  @Test
  void unlockThatWasAskedForBefore_isNotCommandedAgain_andMayHaveOpened() {
    commands.asked(ask(1, "u1"));
    commands.asked(ask(2, "u1"));
    local.promises.get(0).complete(new CommandResult.Unsent(Unsent.Cause.OFFLINE));
    commands.asked(ask(3, "u1"));

    assertThat(local.commands).hasSize(1);
    assertThat(said()).containsExactly(Said.UNKNOWN, Said.OFFLINE, Said.UNKNOWN);
    assertThat(dropped("repeated")).isEqualTo(2);
  }

  @Test
  void commandThatHasExpired_orLivesTooLong_isNotSent() {
    Ask old = ask(1, "u1");
    time.advance(Duration.ofSeconds(5));
    commands.asked(old);
    commands.asked(ask(2, jws("u2", time.now(), Duration.ofSeconds(60))));

    assertThat(local.commands).isEmpty();
    assertThat(said()).containsExactly(Said.BUSY, Said.BUSY);
    assertThat(dropped("expired")).isEqualTo(2);
  }

  @Test
  void epochThatIsNotHeld_isNotTheOwners() {
    commands.asked(new Ask(1, ASKER, EPOCH - 1, ask(1, "u1").jws(), Duration.ofSeconds(1)));

    assertThat(local.commands).isEmpty();
    assertThat(said()).containsExactly(Said.NOT_OWNER);
    // Nothing was written, so the asker may come again.
    commands.asked(ask(2, "u1"));
    assertThat(local.commands).hasSize(1);
  }

  @Test
  void whatIsNoCommand_isDropped_andNotAnswered() {
    for (String jws :
        List.of(
            "",
            "a.b.c",
            Keys.ed25519()
                .of("unlock+jwt")
                .sign(new ObjectText().put("aud", "front").put("jti", "u1").put("exp", 1L)))) {
      commands.asked(ask(1, new Jws(jws)));
    }

    assertThat(local.commands).isEmpty();
    assertThat(answers).isEmpty();
    assertThat(dropped("malformed")).isEqualTo(3);
  }

  @Test
  void moreThanIsRemembered_isNotCommanded_untilTheOldestIsForgotten() {
    for (int index = 0; index < 4; index++) {
      commands.asked(ask(index, "u" + index));
    }
    assertThat(local.commands).hasSize(3);
    assertThat(said()).containsExactly(Said.BUSY);
    assertThat(dropped("full")).isEqualTo(1);

    // A command that old would have expired.
    time.advance(Duration.ofSeconds(21));
    commands.asked(ask(9, "u9"));
    assertThat(local.commands).hasSize(4);
  }

  @Test
  void commandThatIsRecalledBeforeItComes_isNeverSent() {
    commands.recalled(recall(1, "u1"));
    commands.asked(ask(1, "u1"));

    assertThat(local.commands).isEmpty();
    assertThat(said()).containsExactly(Said.OFFLINE, Said.UNKNOWN);
  }

  @Test
  void commandThatIsRecalledTooLate_isSaidToBeHere_atOnce_andEndsAsItDoes() {
    commands.asked(ask(1, "u1"));
    commands.recalled(recall(1, "u1"));
    assertThat(answers)
        .containsExactly(new Answer(1, DOOR, new UnlockId("u1"), Said.UNDERWAY, time.now()));

    local.promises.get(0).complete(new CommandResult.Opened(time.now()));

    assertThat(said()).containsExactly(Said.UNDERWAY, Said.OPENED);
  }

  @Test
  void thatACommandIsHere_isSaidAgain_untilItIsHeard() {
    commands.asked(ask(1, "u1"));
    heard = Future.failedFuture(new IllegalStateException("redis is away"));
    commands.recalled(recall(1, "u1"));
    heard = Future.succeededFuture(false);
    passAWait();
    // That it opened is not heard either: an asker must not take it for closed.
    local.promises.get(0).complete(new CommandResult.Opened(time.now()));
    heard = Future.succeededFuture(true);
    passAWait();

    assertThat(said()).containsExactly(Said.UNDERWAY, Said.UNDERWAY, Said.OPENED, Said.UNDERWAY);
    assertThat(answers).extracting(Answer::id).containsOnly(1L);
    assertThat(waits).isEmpty();
  }

  @Test
  void thatACommandIsHere_isSaidForTwoSecondsAtTheMost() {
    heard = Future.succeededFuture(false);
    commands.asked(ask(1, "u1"));
    commands.recalled(recall(1, "u1"));

    Instant start = time.now();
    while (!waits.isEmpty()) {
      passAWait();
    }

    assertThat(Duration.between(start, time.now())).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void ofMoreRecallsThanAreRepeated_theOthersAreAnsweredOnce() {
    heard = Future.succeededFuture(false);
    commands.asked(ask(1, "u1"));
    for (int count = 0; count <= SignsOfLife.REPEATED_MAX; count++) {
      commands.recalled(recall(1, "u1"));
    }
    assertThat(answers).hasSize(SignsOfLife.REPEATED_MAX + 1);
    assertThat(waits).hasSize(SignsOfLife.REPEATED_MAX);

    heard = Future.succeededFuture(true);
    passAWait();
    heard = Future.succeededFuture(false);
    commands.recalled(recall(1, "u1"));

    assertThat(waits).hasSize(1);
  }

  @Test
  void recallThatCannotBeKept_isNotGranted() {
    for (int index = 0; index < 3; index++) {
      commands.asked(ask(index, "u" + index));
    }

    commands.recalled(recall(9, "u9"));

    assertThat(said()).containsExactly(Said.UNDERWAY);
    assertThat(dropped("full")).isEqualTo(1);
  }

  @Test
  void wordOfTheDoor_thatNobodyHears_isKept() {
    heard = Future.succeededFuture(false);
    commands.asked(ask(1, "u1"));
    commands.asked(ask(2, "u2"));
    local.promises.get(0).complete(new CommandResult.Opened(time.now()));
    local.promises.get(1).complete(new CommandResult.Unknown());
    heard = Future.failedFuture(new IllegalStateException("redis is away"));
    commands.asked(ask(3, "u3"));
    local.promises.get(2).complete(new CommandResult.Refused(Optional.empty()));

    assertThat(unheard).extracting(Answer::said).containsExactly(Said.OPENED, Said.REFUSED);
  }

  private record Jws(String text) {}

  private static Recall recall(long id, String unlock) {
    return new Recall(id, ASKER, DOOR, new UnlockId(unlock));
  }

  private void passAWait() {
    time.advance(AGAIN);
    List<Promise<Void>> over = List.copyOf(waits);
    waits.clear();
    over.forEach(Promise::complete);
  }

  private Ask ask(long id, String unlock) {
    return ask(id, jws(unlock, time.now(), Duration.ofSeconds(5)));
  }

  private static Ask ask(long id, Jws jws) {
    return new Ask(id, ASKER, EPOCH, jws.text(), Duration.ofSeconds(4));
  }

  private Jws jws(String unlock, Instant at, Duration life) {
    return new Jws(signer.sign(new UnlockId(unlock), DOOR, at, life, Duration.ofSeconds(3)));
  }

  private List<Said> said() {
    return answers.stream().map(Answer::said).toList();
  }

  private double dropped(String cause) {
    return registry.get("vestibule.node.messages.dropped").tag("cause", cause).counter().count();
  }

  /** Doors of this gateway that answer when they are told to. */
  private static final class Local implements Doors {
    final List<UnlockCommand> commands = new ArrayList<>();
    final List<Promise<CommandResult>> promises = new ArrayList<>();

    @Override
    public Future<Boolean> online(DoorId door) {
      return Future.succeededFuture(true);
    }

    @Override
    public Future<Presence> presence(DoorId door) {
      return Future.succeededFuture(Presence.offline());
    }

    @Override
    public Future<CommandResult> send(UnlockCommand command) {
      commands.add(command);
      Promise<CommandResult> promise = Promise.promise();
      promises.add(promise);
      return promise.future();
    }

    @Override
    public void disconnect(DoorId door) {
      throw new UnsupportedOperationException("no door is deleted here");
    }
  }
}
