package io.vestibule.load.scrape;

import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Crew;
import io.vestibule.load.stage.Gateway;
import io.vestibule.load.stage.Pki;
import io.vestibule.load.stage.Progress;
import io.vestibule.load.wire.Operator;
import io.vestibule.load.wire.TlsDoor;
import io.vestibule.load.wire.TlsIdentity;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Doors that are registered and connected, and from then on silent. */
final class Fleet implements AutoCloseable {
  private static final int BUILDING_COUNT = 100;
  private static final String BUILDING =
      "{\"manager\":\"elm-homes\",\"timezone\":\"America/New_York\",\"admits\":[]}";
  private static final Crew REGISTERING = new Crew(8, Duration.ofMinutes(5));
  private static final Crew CONNECTING = new Crew(16, Duration.ofMinutes(10));

  private final Gateway gateway;
  private final Pki pki;
  private final Progress progress;
  private final TlsIdentity.Authority authority;
  private final Queue<TlsDoor> doors = new ConcurrentLinkedQueue<>();

  Fleet(Gateway gateway, Pki pki, Progress progress) throws IOException {
    this.gateway = gateway;
    this.pki = pki;
    this.progress = progress;
    this.authority = TlsIdentity.Authority.read(pki.authority());
  }

  /** The doors of these numbers, both included, are there when it returns. */
  void grow(int first, int last) throws CannotRun, IOException {
    int httpPort = gateway.port("http");
    try (Operator operator = new Operator(httpPort, pki.operatorToken())) {
      for (int number = first; number <= Math.min(last, BUILDING_COUNT); number++) {
        register(operator, "/v1/buildings/" + building(number), BUILDING);
      }
    }
    REGISTERING.run(progress, "doors registered", first, last, () -> new Registrar(httpPort, pki));
    int tlsPort = gateway.port("mqtts");
    CONNECTING.run(
        progress, "doors connected", first, last, () -> number -> connect(tlsPort, number));
  }

  @Override
  public void close() throws IOException {
    for (TlsDoor door : doors) {
      door.close();
    }
  }

  private void connect(int port, int number) throws IOException {
    String id = door(number);
    TlsIdentity identity =
        TlsIdentity.read(
            pki.doors().resolve(id + ".pem"), pki.doors().resolve(id + "-key.pem"), authority);
    doors.add(TlsDoor.connect(port, id, identity));
  }

  private static void register(Operator operator, String path, String json) throws IOException {
    operator.perform(operator.put(path, json));
  }

  private static String door(int number) {
    return "door-" + number;
  }

  /** The first doors have one each. */
  private static String building(int number) {
    return "building-" + ((number - 1) % BUILDING_COUNT + 1);
  }

  /** A connection of its own to the API. */
  private static final class Registrar implements Crew.Hand {
    private final Operator operator;

    Registrar(int port, Pki pki) throws IOException {
      this.operator = new Operator(port, pki.operatorToken());
    }

    @Override
    public void work(int number) throws IOException {
      register(
          operator,
          "/v1/doors/" + door(number),
          "{\"building\":\"%s\"}".formatted(building(number)));
    }

    @Override
    public void close() throws IOException {
      operator.close();
    }
  }
}
