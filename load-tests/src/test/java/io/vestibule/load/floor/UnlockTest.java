package io.vestibule.load.floor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vestibule.load.wire.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UnlockTest {
  private static final String CONNECT = "\20\22\0\4MQTT\4\2\377\377\0\6door-1";
  private static final String SUBSCRIBE = "\202\30\0\1\0\23door/door-1/command\1";
  private static final String UNLOCK =
      "POST /v1/doors/door-1/unlock HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\na.b.c";
  private static final String SET_AND_ADDED = "+OK\r\n$15\r\n1700000000000-0\r\n";
  private static final String APPENDED_AND_ADDED = ":345\r\n$15\r\n1700000000000-1\r\n";

  private final Map<String, Door> doors = new ConcurrentHashMap<>();
  private final List<String> losses = new ArrayList<>();
  private final RedisLine line = new RedisLine(losses::add);
  private final EmbeddedChannel redis = new EmbeddedChannel(line);
  private final EmbeddedChannel door = new EmbeddedChannel(new DoorLine(doors));
  private final EmbeddedChannel asker = new EmbeddedChannel(new HttpLine(doors, line));

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 4_096})
  void eachStep_waitsForTheOneBefore_howeverTheBytesCome(int chunkSize) throws Exception {
    receive(door, CONNECT, chunkSize);
    assertThat(sent(door)).isEqualTo("\40\2\0\0");
    receive(door, SUBSCRIBE, chunkSize);
    assertThat(sent(door)).isEqualTo("\220\3\0\1\1");

    receive(asker, UNLOCK, chunkSize);
    String claim = sent(redis);
    assertThat(claim).startsWith("*6\r\n$3\r\nSET\r\n").contains("\r\nXADD\r\n", "unlock.granted");
    receive(redis, "+OK\r\n", chunkSize);
    assertThat(sent(door)).isEmpty();

    receive(redis, "$15\r\n1700000000000-0\r\n", chunkSize);
    Command command = command(sent(door));
    assertThat(command.door()).isEqualTo("door-1");
    assertThat(claim).contains("floor:attempt:" + command.unlock() + "\r\n");
    assertThat(sent(redis)).isEmpty();

    receive(door, ack(command), chunkSize);
    assertThat(sent(door)).isEqualTo("\100\2\0\2");
    assertThat(sent(redis)).contains("APPEND", command.unlock(), ",opened", "unlock.opened");
    assertThat(sent(asker)).isEmpty();

    receive(redis, APPENDED_AND_ADDED, chunkSize);
    assertThat(sent(asker))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("\"unlock\":\"" + command.unlock() + "\"", "\"state\":\"opened\"");
    assertThat(losses).isEmpty();
  }

  @Test
  void twoUnlocksOfADoor_areToldApart_byTheirAcks() throws Exception {
    connectDoor();
    EmbeddedChannel another = new EmbeddedChannel(new HttpLine(doors, line));
    receive(asker, UNLOCK, 4_096);
    receive(another, UNLOCK, 4_096);
    receive(redis, SET_AND_ADDED, 4_096);
    Command first = command(sent(door));
    receive(redis, SET_AND_ADDED, 4_096);
    Command second = command(sent(door));

    receive(door, ack(second), 4_096);
    receive(redis, APPENDED_AND_ADDED, 4_096);

    assertThat(sent(another)).contains(second.unlock());
    assertThat(sent(asker)).isEmpty();
    assertThat(first.unlock()).isNotEqualTo(second.unlock());
  }

  @Test
  void aDoorThatIsNotThere_orLeaves_isOffline() {
    receive(asker, UNLOCK, 4_096);
    assertThat(sent(asker)).startsWith("HTTP/1.1 503").contains("door_offline");

    connectDoor();
    receive(asker, UNLOCK, 4_096);
    receive(redis, SET_AND_ADDED, 4_096);
    door.close();

    assertThat(sent(asker)).startsWith("HTTP/1.1 503").contains("door_offline");
    assertThat(doors).isEmpty();
  }

  @Test
  void whatTheGeneratorWrites_isTaken_andNoKeysArePublished() {
    receive(asker, "PUT /v1/doors/door-1 HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}", 4_096);
    assertThat(sent(asker)).startsWith("HTTP/1.1 200");

    receive(asker, "POST /v1/grants HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}", 4_096);
    assertThat(sent(asker)).startsWith("HTTP/1.1 200");

    receive(asker, "GET /.well-known/jwks.json HTTP/1.1\r\nContent-Length: 0\r\n\r\n", 4_096);
    assertThat(sent(asker)).startsWith("HTTP/1.1 404");
  }

  @Test
  void aRedisThatRefuses_orLeaves_isOfNoUse() {
    connectDoor();
    receive(asker, UNLOCK, 4_096);
    receive(redis, "-OOM command not allowed\r\n", 4_096);
    assertThat(losses).singleElement().asString().contains("OOM command not allowed");

    redis.close();
    assertThat(losses).hasSize(2);
  }

  private void connectDoor() {
    receive(door, CONNECT + SUBSCRIBE, 4_096);
    sent(door);
  }

  private static String ack(Command command) {
    String topic = "door/door-1/ack";
    String payload = command.ack("opened");
    int size = 2 + topic.length() + 2 + payload.length();
    return "\62" + (char) size + "\0" + (char) topic.length() + topic + "\0\2" + payload;
  }

  /** Of a PUBLISH with QoS 1. */
  private static Command command(String packet) throws Exception {
    String topic = "door/door-1/command";
    assertThat(packet).startsWith("\62").contains(topic);
    return Command.read(packet.substring(packet.indexOf(topic) + topic.length() + 2));
  }

  private static void receive(EmbeddedChannel channel, String bytes, int chunkSize) {
    for (int from = 0; from < bytes.length(); from += chunkSize) {
      String chunk = bytes.substring(from, Math.min(bytes.length(), from + chunkSize));
      channel.writeInbound(Unpooled.copiedBuffer(chunk, ISO_8859_1));
    }
  }

  private static String sent(EmbeddedChannel channel) {
    StringBuilder sent = new StringBuilder();
    for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
      sent.append(next.toString(ISO_8859_1));
      next.release();
    }
    return sent.toString();
  }
}
