package io.vestibule.load.traffic;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.util.ReferenceCountUtil;
import io.vestibule.load.report.Latencies;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Progress;
import io.vestibule.load.stage.Target;
import io.vestibule.load.stage.Waiting;
import io.vestibule.load.wire.Command;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Doors that are connected over TLS with a certificate each, and answer their commands. */
public final class DoorFleet implements DoorHandler.Listener, Absences, AutoCloseable {
  private static final int CONNECTING_MAX = 64;
  private static final int MESSAGE_MAX = 16 * 1_024;
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Loop loop;
  private final Target target;
  private final Progress progress;
  private final DoorSlot[] slots;
  private final CommandCheck check;
  private final Random random = new Random(1);
  private final AtomicInteger readyCount = new AtomicInteger();
  private final AtomicInteger connectingCount = new AtomicInteger();
  private final AtomicInteger commandCount = new AtomicInteger();
  private final AtomicInteger acknowledgedCount = new AtomicInteger();
  private final AtomicReference<@Nullable String> fault = new AtomicReference<>();
  private final Map<String, Integer> losses = new ConcurrentHashMap<>();

  /** Of connections, from their beginning until the door takes commands; the event loop's. */
  private Latencies connects = new Latencies();

  /** How long a door that was lost waits at most before it connects again; absent: it does not. */
  private volatile @Nullable Duration returnsWithin;

  private volatile boolean closed;

  private DoorFleet(
      Loop loop, Target target, Progress progress, DoorSlot[] slots, CommandCheck check) {
    this.loop = loop;
    this.target = target;
    this.progress = progress;
    this.slots = slots;
    this.check = check;
  }

  /** The first so many doors of a city, none of them connected. */
  public static DoorFleet make(Loop loop, Target target, int doorCount, Progress progress)
      throws CannotRun {
    DoorTls tls = DoorTls.read(target.pki());
    DoorSlot[] slots = new DoorSlot[doorCount];
    for (int number = 0; number < doorCount; number++) {
      slots[number] = new DoorSlot(number, tls.context(City.door(number)));
      progress.count("doors' certificates read", number + 1, doorCount);
    }
    return new DoorFleet(
        loop, target, progress, slots, new CommandCheck(GatewayKeys.of(target.http())));
  }

  /** All of them take commands when it returns; a door that is lost from now on is a fault. */
  public void connect() throws CannotRun {
    for (DoorSlot slot : slots) {
      if (!Waiting.until(
          LIMIT, () -> connectingCount.get() < CONNECTING_MAX || fault.get() != null)) {
        throw notAll(LIMIT);
      }
      progress.count("doors connected", readyCount.get(), slots.length);
      check();
      connectingCount.incrementAndGet();
      loop.executor().execute(() -> connect(slot));
    }
    awaitAll(LIMIT);
  }

  /**
   * All begin to connect at random moments within so long; one that fails, or is lost later, comes
   * again as long after it at most.
   */
  public void storm(Duration within) {
    returnWhenLost(within);
    for (DoorSlot slot : slots) {
      connectingCount.incrementAndGet();
      loop.executor().execute(() -> later(slot, within));
    }
  }

  /** A door that is lost is no fault from now on: it comes again. */
  public void returnWhenLost(Duration within) {
    returnsWithin = within;
  }

  /** Until all take commands. */
  public void awaitAll(Duration limit) throws CannotRun {
    boolean all =
        Waiting.until(
            limit,
            () -> {
              progress.count("doors connected", readyCount.get(), slots.length + 1);
              return readyCount.get() >= slots.length || fault.get() != null;
            });
    check();
    if (!all) {
      throw notAll(limit);
    }
    progress.count("doors connected", slots.length, slots.length);
  }

  /** Fails where a door was lost since: it would be missed in what is measured. */
  public void check() throws CannotRun {
    String why = fault.get();
    if (why != null) {
      throw new CannotRun(why);
    }
  }

  public int size() {
    return slots.length;
  }

  /** How many take commands. */
  public int readyCount() {
    return readyCount.get();
  }

  /** How many commands were answered so far. */
  public int commandCount() {
    return commandCount.get();
  }

  /** How many messages with QoS 1, beside those that answer commands, are safe so far. */
  public int acknowledgedCount() {
    return acknowledgedCount.get() - commandCount.get();
  }

  /** What was wrong with commands so far. */
  public Map<String, Integer> commandFaults() {
    return check.faults();
  }

  /** Of how many commands the signature was verified. */
  public int verifiedCount() {
    return check.verifiedCount();
  }

  /** Why connections failed or were lost that came again, and how often. */
  public Map<String, Integer> losses() {
    return new TreeMap<>(losses);
  }

  /** How long connections took since the last call. */
  public Latencies takeConnects() throws CannotRun {
    return loop.call(
        () -> {
          Latencies taken = connects;
          connects = new Latencies();
          return taken;
        });
  }

  /** On the event loop: whether it is connected and takes the message. */
  boolean publish(int door, String kind, MqttQoS qos, String payload) {
    DoorHandler handler = slots[door].handler;
    return slots[door].here && handler != null && handler.publish(kind, qos, payload);
  }

  /** On the event loop: cuts a door's connection; it stays away. */
  void sendAway(int door) {
    DoorSlot slot = slots[door];
    slot.sentAway = true;
    slot.absent = true;
    left(slot);
    DoorHandler handler = slot.handler;
    slot.handler = null;
    if (handler != null) {
      handler.close();
    }
  }

  /** On the event loop: a door that was sent away connects again. */
  void bringBack(int door) {
    DoorSlot slot = slots[door];
    slot.sentAway = false;
    connectingCount.incrementAndGet();
    connect(slot);
  }

  @Override
  public boolean anySince(int door, long since) {
    DoorSlot slot = slots[door];
    return slot.absent || (slot.backAt != 0 && slot.backAt - since >= 0);
  }

  @Override
  public void ready(DoorHandler door) {
    DoorSlot slot = slots[door.number()];
    if (slot.handler != door) {
      return;
    }
    long now = System.nanoTime();
    connects.record(now - slot.begunAt);
    slot.here = true;
    if (slot.absent) {
      slot.absent = false;
      slot.backAt = now;
    }
    readyCount.incrementAndGet();
    connectingCount.decrementAndGet();
  }

  @Override
  public void gone(DoorHandler door, String why) {
    DoorSlot slot = slots[door.number()];
    if (slot.handler != door || closed) {
      return;
    }
    slot.handler = null;
    if (!left(slot)) {
      connectingCount.decrementAndGet();
    }
    Duration within = returnsWithin;
    if (within == null) {
      fault.compareAndSet(null, "%s is not connected: %s".formatted(door.id(), why));
    } else {
      losses.merge(why, 1, Integer::sum);
      connectingCount.incrementAndGet();
      later(slot, within);
    }
  }

  @Override
  public void commanded(DoorHandler door, Command command, String jws) {
    commandCount.incrementAndGet();
    check.commanded(door.id(), command, jws);
  }

  @Override
  public void acknowledged() {
    acknowledgedCount.incrementAndGet();
  }

  /** Without a word, as doors that lost their power. */
  @Override
  public void close() throws CannotRun {
    closed = true;
    check.close();
    loop.call(
        () -> {
          for (DoorSlot slot : slots) {
            sendAway(slot.number);
            ReferenceCountUtil.release(slot.context);
          }
          return slots.length;
        });
  }

  private CannotRun notAll(Duration limit) {
    return new CannotRun(
        "%d of %d doors were connected within %d s"
            .formatted(readyCount(), slots.length, limit.toSeconds()));
  }

  /** Whether it was there until now. */
  private boolean left(DoorSlot slot) {
    boolean was = slot.here;
    slot.here = false;
    if (was) {
      readyCount.decrementAndGet();
    }
    return was;
  }

  private void later(DoorSlot slot, Duration within) {
    loop.executor()
        .schedule(
            () -> connect(slot),
            (long) (random.nextDouble() * within.toNanos()),
            TimeUnit.NANOSECONDS);
  }

  private void connect(DoorSlot slot) {
    if (closed || slot.sentAway || slot.handler != null) {
      connectingCount.decrementAndGet();
      return;
    }
    DoorHandler door = new DoorHandler(slot.number, this);
    slot.handler = door;
    slot.begunAt = System.nanoTime();
    loop.bootstrap()
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel
                    .pipeline()
                    .addLast(
                        slot.context.newHandler(
                            channel.alloc(), "localhost", target.mqtts().getPort()),
                        new MqttDecoder(MESSAGE_MAX),
                        MqttEncoder.INSTANCE,
                        door);
              }
            })
        .connect(target.mqtts())
        .addListener(
            connected -> {
              if (!connected.isSuccess()) {
                gone(
                    door,
                    connected.cause() instanceof ConnectException
                        ? "nobody listens"
                        : String.valueOf(connected.cause()));
              }
            });
  }
}
