package io.vestibule.http;

import java.time.Duration;

/**
 * The bounds of streams of audit records.
 *
 * @param countMax open streams over all loops; one more is refused
 * @param poll how often a log that is watched is asked for new records, once a loop
 * @param look how often a stream's token, ownership and progress are looked at
 * @param heartbeat between two comments that show that a live stream lives
 * @param unreadMax how long a reader may take nothing while something waits for it
 */
public record StreamLimits(
    int countMax, Duration poll, Duration look, Duration heartbeat, Duration unreadMax) {

  public static StreamLimits standard(int countMax) {
    return new StreamLimits(
        countMax,
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        Duration.ofSeconds(15),
        Duration.ofSeconds(10));
  }
}
