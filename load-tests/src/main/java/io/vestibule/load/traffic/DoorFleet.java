package io.vestibule.load.traffic;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Progress;
import io.vestibule.load.stage.Target;
import io.vestibule.load.stage.Waiting;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Doors that are connected over TLS with a certificate each, and answer their commands. */
public final class DoorFleet implements DoorHandler.Listener {
  private static final int CONNECTING_MAX = 64;
  private static final int MESSAGE_MAX = 16 * 1_024;
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Loop loop;
  private final Target target;
  private final Progress progress;
  private final DoorTls tls;
  private final AtomicInteger readyCount = new AtomicInteger();
  private final AtomicInteger connectingCount = new AtomicInteger();
  private final AtomicInteger commandCount = new AtomicInteger();
  private final AtomicReference<@Nullable String> fault = new AtomicReference<>();

  public DoorFleet(Loop loop, Target target, Progress progress) throws CannotRun {
    this.loop = loop;
    this.target = target;
    this.progress = progress;
    this.tls = DoorTls.read(target.pki());
  }

  /** The first so many doors of a city take commands when it returns. */
  public void connect(int doorCount) throws CannotRun {
    for (int number = 0; number < doorCount; number++) {
      Waiting.until(LIMIT, () -> connectingCount.get() < CONNECTING_MAX || fault.get() != null);
      progress.count("doors connected", readyCount.get(), doorCount);
      check();
      connect(City.door(number));
    }
    if (!Waiting.until(LIMIT, () -> readyCount.get() >= doorCount || fault.get() != null)) {
      throw new CannotRun(
          "%d of %d doors were connected within %s".formatted(readyCount.get(), doorCount, LIMIT));
    }
    check();
    progress.count("doors connected", doorCount, doorCount);
  }

  /** Fails where a door was lost since: it would be missed in what is measured. */
  public void check() throws CannotRun {
    String why = fault.get();
    if (why != null) {
      throw new CannotRun(why);
    }
  }

  /** How many commands were answered so far. */
  public int commandCount() {
    return commandCount.get();
  }

  @Override
  public void ready(DoorHandler door) {
    readyCount.incrementAndGet();
    connectingCount.decrementAndGet();
  }

  @Override
  public void gone(DoorHandler door, String why) {
    if (!loop.executor().isShuttingDown()) {
      fault.compareAndSet(null, "%s is not connected: %s".formatted(door.id(), why));
    }
  }

  @Override
  public void commanded(String jws) {
    commandCount.incrementAndGet();
  }

  private void connect(String id) throws CannotRun {
    connectingCount.incrementAndGet();
    SslContext context = tls.context(id);
    DoorHandler door = new DoorHandler(id, this);
    loop.bootstrap()
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                SslHandler secured =
                    context.newHandler(channel.alloc(), "localhost", target.mqtts().getPort());
                channel
                    .pipeline()
                    .addLast(secured, new MqttDecoder(MESSAGE_MAX), MqttEncoder.INSTANCE, door);
              }
            })
        .connect(target.mqtts())
        .addListener(
            connected -> {
              ReferenceCountUtil.release(context);
              if (!connected.isSuccess()) {
                gone(door, String.valueOf(connected.cause()));
              }
            });
  }
}
