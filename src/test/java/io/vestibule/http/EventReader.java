package io.vestibule.http;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Reads server-sent events as the HTML standard has them parsed. */
final class EventReader implements AutoCloseable {
  /** What is dispatched: the last id seen, and the data. */
  record Event(String id, String data) {}

  final List<Event> events = new CopyOnWriteArrayList<>();
  final List<String> comments = new CopyOnWriteArrayList<>();
  final List<String> retries = new CopyOnWriteArrayList<>();
  private final HttpResponse<InputStream> response;
  private volatile String lastId = "";
  private volatile boolean ended;

  private EventReader(HttpResponse<InputStream> response) {
    this.response = response;
  }

  /** Connected, with the answer's head read. */
  static EventReader open(HttpRequest.Builder request, String... headers) {
    return open(HttpClient.newHttpClient(), request, headers);
  }

  static EventReader open(HttpClient client, HttpRequest.Builder request, String... headers) {
    try {
      HttpRequest.Builder all = headers.length == 0 ? request : request.headers(headers);
      EventReader reader =
          new EventReader(
              client.send(all.GET().build(), HttpResponse.BodyHandlers.ofInputStream()));
      Thread thread = new Thread(reader::read, "events");
      thread.setDaemon(true);
      thread.start();
      return reader;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  int status() {
    return response.statusCode();
  }

  String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** What a browser would send as Last-Event-ID. */
  String lastId() {
    return lastId;
  }

  List<Integer> numbers() {
    return events.stream().map(event -> AuditStage.number(AuditStage.json(event.data()))).toList();
  }

  /** Has begun: the first block has come. */
  EventReader awaitStarted() {
    await().atMost(AuditStage.PATIENCE).until(() -> !lastId.isEmpty());
    return this;
  }

  EventReader awaitCount(int count) {
    await()
        .atMost(AuditStage.PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> events.size() >= count);
    return this;
  }

  EventReader awaitEnd() {
    await().atMost(AuditStage.PATIENCE).until(() -> ended);
    return this;
  }

  /** Leaves, as a dropped connection does. */
  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      StringBuilder data = new StringBuilder();
      String id = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          lastId = id;
          if (data.length() > 0) {
            events.add(new Event(id, data.toString()));
            data.setLength(0);
          }
        } else if (line.startsWith(":")) {
          comments.add(line.substring(1).strip());
        } else if (line.startsWith("id:")) {
          id = line.substring(3).strip();
        } else if (line.startsWith("data:")) {
          data.append(line.substring(5).strip());
        } else if (line.startsWith("retry:")) {
          retries.add(line.substring(6).strip());
        } else {
          throw new IllegalStateException("no field of ours: " + line);
        }
      }
    } catch (IOException gone) {
      // The gateway cut it, or the test left.
    } finally {
      ended = true;
    }
  }
}
