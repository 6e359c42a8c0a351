package io.vestibule.load.stage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.load.wire.Courier;
import io.vestibule.load.wire.HttpAnswer;
import io.vestibule.load.wire.HttpConnection;
import io.vestibule.load.wire.HttpRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FloorTest {
  private static final String DOOR = "door-1";
  private static final Path JVM_OPTIONS =
      Path.of("../src/main/launcher/jvm.options").toAbsolutePath();

  @TempDir private Path work;

  @Test
  void aDoor_isOpened_betweenTwoRecordsInRedis() throws Exception {
    try (Started started = new Started(work.resolve("logs"))) {
      Progress progress = new Progress(new PrintWriter(Writer.nullWriter()));
      RedisBinary binary = new RedisBinary(Optional.empty(), progress);
      Redis redis = Redis.start(started, work, binary);

      Target floor = Floor.start(started, JVM_OPTIONS, pki(), redis);

      assertThat(floor.name()).isEqualTo("floor");
      assertThat(floor.processes()).extracting(Target.Part::name).containsExactly("floor", "redis");
      assertThat(floor.processes())
          .allMatch(part -> ProcessHandle.of(part.pid()).orElseThrow().isAlive());
      try (AckingDoor door = AckingDoor.connect(floor, DOOR)) {
        HttpAnswer answer = unlock(floor);
        assertThat(answer.outcome()).isEqualTo("opened");
        assertThat(door.connected()).isTrue();
        String unlock = new ObjectMapper().readTree(answer.body()).path("unlock").asText();
        List<String> records = records(redis);
        assertThat(records).allMatch(record -> record.contains("\"" + unlock + "\""));
        assertThat(records.get(0)).contains("vestibule.unlock.granted");
        assertThat(records.get(1)).contains("vestibule.unlock.opened");
        assertThat(ask(redis, "GETRANGE floor:attempt:" + unlock + " -7 -1", 2))
            .containsExactly("$7", ",opened");
      }
    }
  }

  /** One certificate for all: of the floor, of the door, and its own authority. */
  private Pki pki() throws Exception {
    Path directory = Files.createDirectories(work.resolve("pki"));
    Files.createDirectories(directory.resolve("doors"));
    Keypair.make(work, "own").writeAsDoor(directory);
    Files.copy(directory.resolve("doors/door-1.pem"), directory.resolve("server.pem"));
    Files.copy(directory.resolve("doors/door-1-key.pem"), directory.resolve("server-key.pem"));
    return new Pki(directory, "token");
  }

  private static HttpAnswer unlock(Target floor) throws IOException {
    byte[] request = new Courier("ana").sign(DOOR, "grant-1", "label");
    try (HttpConnection connection = new HttpConnection(floor.http())) {
      return connection.exchange(HttpRequest.unlock(DOOR, request));
    }
  }

  private static List<String> records(Redis redis) throws IOException {
    // Each is an array of its id and an array of a name and a value: eight lines.
    return ask(redis, "XRANGE floor:audit:" + DOOR + " - +", 1 + 2 * 8).stream()
        .filter(line -> line.startsWith("{"))
        .toList();
  }

  /** The first lines of what Redis answers; fails where they do not come. */
  private static List<String> ask(Redis redis, String command, int lineCount) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write((command + "\r\n").getBytes(US_ASCII));
      BufferedReader answer =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      List<String> lines = new ArrayList<>();
      while (lines.size() < lineCount) {
        lines.add(Objects.requireNonNull(answer.readLine()));
      }
      return lines;
    }
  }
}
