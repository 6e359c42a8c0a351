package io.vestibule.load.traffic;

import io.vestibule.load.wire.Courier;
import io.vestibule.load.wire.HttpRequest;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which door is asked for next, by whom and under which grant: every door once, in an order that
 * looks like none, before any comes again.
 */
final class Itinerary {
  private final City city;
  private final int[] order;
  private final AtomicLong next = new AtomicLong();

  Itinerary(City city, long seed) {
    this.city = city;
    this.order = shuffled(city.size().doors(), new Random(seed));
  }

  /**
   * Takes so many, and returns the number of the first. A city that is too small for a scenario is
   * a bug in the scenario: its grants would be used up.
   */
  long advance(int count) {
    long first = next.getAndAdd(count);
    if (first + count > city.size().unlocksMax()) {
      throw new IllegalStateException(
          "%d grants are too few for %d unlocks".formatted(city.size().grants(), first + count));
    }
    return first;
  }

  /** The number of the door that is asked for. */
  int door(long number) {
    return order[(int) (number % order.length)];
  }

  /** A signed request, in order from now on; any thread may ask. */
  HttpRequest request(long number) {
    int door = door(number);
    int grant = city.grantOf(door, number / order.length);
    Courier courier = city.courierOf(grant);
    String id = City.door(door);
    return HttpRequest.unlock(id, courier.sign(id, city.grant(grant), City.LABEL));
  }

  private static int[] shuffled(int count, Random random) {
    int[] order = new int[count];
    for (int last = 0; last < count; last++) {
      int at = random.nextInt(last + 1);
      order[last] = order[at];
      order[at] = last;
    }
    return order;
  }
}
