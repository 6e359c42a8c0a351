package io.vestibule.load.traffic;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.util.ReferenceCountUtil;
import io.vestibule.load.stage.Target;
import io.vestibule.load.wire.Command;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Makes the connections of a fleet's doors, and makes them again where they are to return. The
 * event loop owns it; what any thread may do says so.
 */
final class DoorConnections implements DoorHandler.Listener {
  private static final int MESSAGE_MAX = 16 * 1_024;

  private final Loop loop;
  private final Target target;
  private final DoorSlot[] slots;
  private final Attendance attendance;
  private final DoorAnswers answers;
  private final Random random = new Random(1);
  private final AtomicInteger underWayCount = new AtomicInteger();
  private final AtomicReference<@Nullable String> fault = new AtomicReference<>();
  private final Map<String, Integer> losses = new ConcurrentHashMap<>();

  private Connects connects = new Connects();

  /** How long a door that was lost waits at most before it connects again; absent: it does not. */
  private volatile @Nullable Duration returnsWithin;

  private boolean closed;

  DoorConnections(Loop loop, Target target, DoorSlot[] slots, DoorAnswers answers) {
    this.loop = loop;
    this.target = target;
    this.slots = slots;
    this.attendance = new Attendance(slots.length);
    this.answers = answers;
  }

  Attendance attendance() {
    return attendance;
  }

  DoorAnswers answers() {
    return answers;
  }

  /** A door begins to connect; any thread may tell it to. */
  void begin(int door) {
    underWayCount.incrementAndGet();
    long due = System.nanoTime();
    loop.executor().execute(() -> connect(slots[door], due));
  }

  /** The same, at a random moment within so long. */
  void beginWithin(int door, Duration within) {
    underWayCount.incrementAndGet();
    loop.executor().execute(() -> later(slots[door], within));
  }

  /** A door that is lost is no fault from now on: it comes again; any thread may say so. */
  void returnWhenLost(Duration within) {
    returnsWithin = within;
  }

  /** How many are being made, or wait for their moment; any thread may ask. */
  int underWayCount() {
    return underWayCount.get();
  }

  /** Which door was lost that was not to be, and why; any thread may ask. */
  Optional<String> fault() {
    return Optional.ofNullable(fault.get());
  }

  /** Why connections failed or were lost that came again, and how often; any thread may ask. */
  Map<String, Integer> losses() {
    return new TreeMap<>(losses);
  }

  /** Of the connections made since the last call. */
  Connects takeConnects() {
    Connects taken = connects;
    connects = new Connects();
    return taken;
  }

  /** Whether the door is connected and takes the message. */
  boolean publish(int door, String kind, MqttQoS qos, String payload) {
    DoorHandler handler = slots[door].handler;
    return attendance.here(door) && handler != null && handler.publish(kind, qos, payload);
  }

  /** Cuts a door's connection; it stays away. */
  void sendAway(int door) {
    attendance.sentAway(door);
    slots[door].firstDueAt = OptionalLong.empty();
    DoorHandler handler = slots[door].handler;
    slots[door].handler = null;
    if (handler != null) {
      ended(door);
      handler.close();
    }
  }

  /** A door that was sent away connects again. */
  void bringBack(int door) {
    attendance.calledBack(door);
    underWayCount.incrementAndGet();
    connect(slots[door], System.nanoTime());
  }

  /** All are cut, and none comes again. */
  void close() {
    closed = true;
    for (DoorSlot slot : slots) {
      sendAway(slot.number);
      ReferenceCountUtil.release(slot.context);
    }
  }

  @Override
  public void ready(DoorHandler door) {
    DoorSlot slot = slots[door.number()];
    if (slot.handler != door) {
      // It was sent away while it connected.
      door.close();
      return;
    }
    long now = System.nanoTime();
    connects.record(slot.firstDueAt.orElse(slot.dueAt), slot.dueAt, now);
    slot.firstDueAt = OptionalLong.empty();
    attendance.arrived(slot.number, now);
    underWayCount.decrementAndGet();
  }

  @Override
  public void gone(DoorHandler door, String why) {
    DoorSlot slot = slots[door.number()];
    if (slot.handler != door || closed) {
      return;
    }
    slot.handler = null;
    boolean connected = ended(slot.number);
    Duration within = returnsWithin;
    if (within == null) {
      fault.compareAndSet(null, "%s is not connected: %s".formatted(door.id(), why));
    } else {
      losses.merge(connected ? "was connected, then " + why : why, 1, Integer::sum);
      underWayCount.incrementAndGet();
      later(slot, within);
    }
  }

  @Override
  public void commanded(DoorHandler door, Command command, String jws) {
    answers.commanded(door.id(), command, jws);
  }

  @Override
  public void acknowledged() {
    answers.acknowledged();
  }

  /** Its connection, or the making of it; whether it was connected. */
  private boolean ended(int door) {
    boolean connected = attendance.left(door);
    if (!connected) {
      underWayCount.decrementAndGet();
    }
    return connected;
  }

  private void later(DoorSlot slot, Duration within) {
    long wait = (long) (random.nextDouble() * within.toNanos());
    long due = System.nanoTime() + wait;
    loop.executor().schedule(() -> connect(slot, due), wait, TimeUnit.NANOSECONDS);
  }

  /** It began when it was due, however late the loop comes to it. */
  private void connect(DoorSlot slot, long due) {
    if (closed || !attendance.mayCome(slot.number) || slot.handler != null) {
      underWayCount.decrementAndGet();
      return;
    }
    DoorHandler door = new DoorHandler(slot.number, this);
    slot.handler = door;
    slot.dueAt = due;
    slot.firstDueAt = OptionalLong.of(slot.firstDueAt.orElse(due));
    loop.bootstrap()
        .handler(pipeline(slot, door))
        .connect(target.mqtts())
        .addListener(
            connected -> {
              if (!connected.isSuccess()) {
                gone(door, why(connected.cause()));
              }
            });
  }

  private ChannelInitializer<SocketChannel> pipeline(DoorSlot slot, DoorHandler door) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        channel
            .pipeline()
            .addLast(
                slot.context.newHandler(channel.alloc(), "localhost", target.mqtts().getPort()),
                new MqttDecoder(MESSAGE_MAX),
                MqttEncoder.INSTANCE,
                door);
      }
    };
  }

  private static String why(Throwable cause) {
    return cause instanceof ConnectException ? "nobody listens" : String.valueOf(cause);
  }
}
