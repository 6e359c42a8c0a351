package io.vestibule.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vestibule.access.DoorId;
import io.vestibule.client.Behaviour;
import io.vestibule.client.CommandKeys;
import io.vestibule.client.DoorFleet;
import io.vestibule.client.FleetPlan;
import io.vestibule.concurrent.Loop;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A working day at speed: sets the street up, plays every scene, and says whether all went well.
 */
public final class DemoPlay {
  private static final Duration TELEMETRY_EVERY = Duration.ofSeconds(5);
  private static final Duration DOORS_WAIT = Duration.ofSeconds(15);
  private static final Map<String, Behaviour> BEHAVIOURS =
      Stream.of(Role.values()).collect(Collectors.toMap(Role::door, Role::behaviour));

  private final Vertx vertx;
  private final Time time = Time.system();
  private final Stage stage;
  private final DemoOptions options;
  private final Terminal terminal;
  private final Loop loop;
  private final DemoApi api;
  private final Scoreboard board = new Scoreboard();
  private long startedNanos;
  private Optional<DoorFleet> fleet = Optional.empty();

  public DemoPlay(Vertx vertx, Stage stage, DemoOptions options, Terminal terminal) {
    this.vertx = vertx;
    this.stage = stage;
    this.options = options;
    this.terminal = terminal;
    this.loop = Loop.next(vertx);
    this.api = new DemoApi(vertx, stage.api());
  }

  /**
   * Plays it through and prints the summary; true when all was as expected. Fails, in words for the
   * terminal, when the stage could not be set.
   */
  public Future<Boolean> run() {
    return loop.call(
        () -> {
          Cast cast = new Cast(stage.tokens(), options.doorCount());
          Provisioning provisioning = new Provisioning(api, cast, time);
          return provisioning
              .run()
              .compose(nothing -> CommandKeys.load(vertx, stage.api() + "/.well-known/jwks.json"))
              .compose(this::startDoors)
              .compose(doors -> play(new Errands.Props(api, cast, doors, board), provisioning));
        });
  }

  /** For whoever looks around while the gateway stays up; with a token that only reads. */
  public List<String> whereNext() {
    return new Summary(terminal)
        .whereNext(stage, stage.tokens().issue(Cast.MANAGER, "doors:read audit:read"));
  }

  /** Disconnects the doors and the couriers. */
  public Future<Void> close() {
    return loop.call(
        () -> fleet.map(DoorFleet::stop).orElse(Future.succeededFuture()).eventually(api::close));
  }

  private Future<DoorFleet> startDoors(CommandKeys keys) {
    FleetPlan plan =
        new FleetPlan(stage.doors(), stage.pki(), options.doorCount(), TELEMETRY_EVERY);
    DoorFleet doors = new DoorFleet(vertx, plan, keys);
    fleet = Optional.of(doors);
    return doors
        .start(DemoPlay::behaviour)
        .timeout(DOORS_WAIT.toMillis(), TimeUnit.MILLISECONDS)
        .recover(
            failure ->
                Future.failedFuture(
                    "the doors did not connect: " + doors.trouble().orElse(failure.getMessage())))
        .map(doors);
  }

  private static Behaviour behaviour(DoorId door) {
    return BEHAVIOURS.getOrDefault(door.text(), Behaviour.OBEDIENT);
  }

  private Future<Boolean> play(Errands.Props props, Provisioning provisioning) {
    Errands errands = new Errands(vertx, time, props);
    Script script = script(errands, props.cast(), provisioning);
    Proof proof = new Proof(props.fleet(), board);
    int sceneCount = script.sceneCount() + proof.scenes().size();
    Show show = new Show(vertx, terminal, () -> picture(props.fleet(), sceneCount));
    startedNanos = time.nanoTime();
    show.start();
    return Future.join(ordinary(errands, props), script.play(options.length()))
        .compose(both -> prove(proof))
        .compose(nothing -> show.end())
        .compose(nothing -> conclude());
  }

  private Script script(Errands errands, Cast cast, Provisioning provisioning) {
    DoorScenes doorScenes = new DoorScenes(errands, cast);
    GrantScenes grantScenes = new GrantScenes(errands, cast);
    List<Scene> inTurn = new ArrayList<>();
    inTurn.addAll(new DeliveryScenes(errands, cast).scenes());
    inTurn.addAll(new RequestScenes(errands, cast, provisioning).scenes());
    inTurn.addAll(new PolicyScenes(errands, cast).scenes());
    inTurn.addAll(grantScenes.scenes());
    inTurn.addAll(doorScenes.scenes());
    List<Scene> beside = List.of(doorScenes.silent(), grantScenes.expired());
    return new Script(vertx, time, new Script.Scenes(beside, inTurn), board::played);
  }

  private Future<Void> ordinary(Errands errands, Errands.Props props) {
    double perSecond =
        OrdinaryDeliveries.perSecond(
            props.cast().ordinaryDoors().size(), stage.ratePerDoorAndMinute(), options.length());
    return new OrdinaryDeliveries(vertx, time, errands, props).run(perSecond, options.length());
  }

  private Future<Void> prove(Proof proof) {
    return Future.join(
            proof.scenes().stream().map(scene -> scene.play().onSuccess(board::played)).toList())
        .mapEmpty();
  }

  private Future<Boolean> conclude() {
    Summary summary = new Summary(terminal);
    List<String> lines = summary.table(board.played(), board.tally());
    boolean asExpected = board.played().stream().allMatch(Played::asExpected);
    return vertx.executeBlocking(
        () -> {
          terminal.print(lines);
          return asExpected;
        });
  }

  private Picture picture(DoorFleet doors, int sceneCount) {
    return new Picture(
        Duration.ofNanos(time.nanoTime() - startedNanos).toMillis(),
        options.length().toMillis(),
        Picture.doors(doors),
        board.tally(),
        sceneCount,
        board.played());
  }
}
