package io.vestibule.load.traffic;

import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Crew;
import io.vestibule.load.stage.Progress;
import io.vestibule.load.stage.Target;
import io.vestibule.load.wire.Operator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Writes a city through the API of what is driven. */
public final class Provisioning {
  private static final Crew CREW = new Crew(8, Duration.ofMinutes(10));

  private final City city;
  private final Target target;
  private final Progress progress;

  public Provisioning(City city, Target target, Progress progress) {
    this.city = city;
    this.target = target;
    this.progress = progress;
  }

  /** All of it is there when it returns. */
  public void run() throws CannotRun {
    City.Size size = city.size();
    Instant now = Instant.now();
    put(
        "buildings",
        size.buildings(),
        number -> "/v1/buildings/" + City.building(number),
        number -> City.buildingJson());
    put("doors", size.doors(), number -> "/v1/doors/" + City.door(number), City::doorJson);
    put(
        "couriers",
        size.couriers(),
        number -> "/v1/couriers/" + city.courier(number).id(),
        city::courierJson);
    all(
        "grants",
        size.grants(),
        (operator, number) ->
            operator.perform(operator.post("/v1/grants", city.grantJson(number, now))));
  }

  /** One piece of it, by its number from 0. */
  private interface Piece {
    void write(Operator operator, int number) throws IOException;
  }

  /** What a number stands for. */
  private interface Text {
    String of(int number);
  }

  private void put(String what, int count, Text path, Text json) throws CannotRun {
    all(
        what,
        count,
        (operator, number) -> operator.perform(operator.put(path.of(number), json.of(number))));
  }

  private void all(String what, int count, Piece piece) throws CannotRun {
    CREW.run(progress, what + " written", 0, count - 1, () -> new Writer(target, piece));
  }

  /** A connection of its own to the API. */
  private static final class Writer implements Crew.Hand {
    private final Operator operator;
    private final Piece piece;

    Writer(Target target, Piece piece) throws IOException {
      this.operator = new Operator(target.http(), target.operatorToken());
      this.piece = piece;
    }

    @Override
    public void work(int number) throws IOException {
      piece.write(operator, number);
    }

    @Override
    public void close() throws IOException {
      operator.close();
    }
  }
}
