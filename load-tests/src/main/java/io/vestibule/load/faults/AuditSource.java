package io.vestibule.load.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.load.stage.CannotRun;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the whole audit log of a building, oldest first: from a gateway where it serves the log,
 * else from the stream in Redis.
 */
final class AuditSource {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE_COUNT = 1_000;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Node node;
  private final String token;
  private final int redisPort;

  AuditSource(Node node, String token, int redisPort) {
    this.node = node;
    this.token = token;
    this.redisPort = redisPort;
  }

  List<AuditRecord> read(List<String> buildings) throws CannotRun {
    List<AuditRecord> records = new ArrayList<>();
    try {
      for (String building : buildings) {
        if (!readFromGateway(building, records)) {
          readFromRedis(building, records);
        }
      }
      return records;
    } catch (IOException e) {
      throw new CannotRun("cannot read the audit log", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("interrupted");
    }
  }

  /** False, and nothing was read, if the gateway does not serve it. */
  private boolean readFromGateway(String building, List<AuditRecord> to)
      throws IOException, InterruptedException, CannotRun {
    String cursor = "";
    do {
      HttpResponse<String> answer =
          client.send(page(building, cursor), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 404 && cursor.isEmpty()) {
        return false;
      }
      if (answer.statusCode() != 200) {
        throw new IOException("the audit log was answered " + answer.statusCode());
      }
      JsonNode page = JSON.readTree(answer.body());
      page.path("records").forEach(record -> to.add(AuditRecord.read(record)));
      cursor = page.path("next").asText("");
    } while (!cursor.isEmpty());
    return true;
  }

  private HttpRequest page(String building, String cursor) throws CannotRun {
    String from =
        cursor.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
    return HttpRequest.newBuilder(
            URI.create(
                "http://127.0.0.1:%d/v1/buildings/%s/audit?limit=%d%s"
                    .formatted(node.port("http"), building, PAGE_COUNT, from)))
        .header("Authorization", "Bearer " + token)
        .build();
  }

  private void readFromRedis(String building, List<AuditRecord> to) throws IOException {
    try (Socket redis = new Socket(InetAddress.getLoopbackAddress(), redisPort)) {
      List<?> keys = (List<?>) ask(redis, "KEYS vb:*:audit:" + building);
      for (Object key : keys) {
        for (Object entry : (List<?>) ask(redis, "XRANGE " + key + " - +")) {
          List<?> fields = (List<?>) ((List<?>) entry).get(1);
          to.add(AuditRecord.read(JSON.readTree((String) fields.get(1))));
        }
      }
    }
  }

  private static Object ask(Socket redis, String line) throws IOException {
    redis.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    return reply(new DataInputStream(new BufferedInputStream(redis.getInputStream())));
  }

  /** A text, or a list of replies; nothing else is asked for. */
  private static Object reply(DataInputStream in) throws IOException {
    String head = line(in);
    int count = Integer.parseInt(head.substring(1));
    if (head.charAt(0) == '*') {
      List<Object> items = new ArrayList<>();
      for (int index = 0; index < count; index++) {
        items.add(reply(in));
      }
      return items;
    }
    byte[] text = new byte[count];
    in.readFully(text);
    line(in);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }
}
