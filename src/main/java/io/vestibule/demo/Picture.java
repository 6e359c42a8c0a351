package io.vestibule.demo;

import io.vestibule.client.DoorFleet;
import io.vestibule.client.SimulatedDoor;
import java.util.List;

/**
 * One moment of the play.
 *
 * @param doors a letter a door: {@code o} connected, {@code .} not
 */
record Picture(
    long elapsedMs,
    long lengthMs,
    String doors,
    Scoreboard.Tally tally,
    int sceneCount,
    List<Played> played) {
  long onlineCount() {
    return doors.chars().filter(letter -> letter == 'o').count();
  }

  static String doors(DoorFleet fleet) {
    StringBuilder letters = new StringBuilder();
    for (SimulatedDoor door : fleet.doors()) {
      letters.append(door.online() ? 'o' : '.');
    }
    return letters.toString();
  }
}
