package io.vestibule.load.revocation;

import java.util.List;
import java.util.Optional;

/**
 * How one change was felt at one node.
 *
 * @param refusedAfterNanos from the change in Redis to the first answer that refuses; empty if none
 *     came
 * @param acceptedAfterAnswerCount requests sent after the change was answered, and accepted
 * @param acceptedAfterRefusalCount requests sent after the first refusal, and accepted
 * @param foreignOutcomes neither the acceptance nor the refusal, or a refusal before the change
 */
record Sighting(
    Optional<Long> refusedAfterNanos,
    long acceptedAfterAnswerCount,
    long acceptedAfterRefusalCount,
    List<String> foreignOutcomes) {

  /**
   * When a change was sent, when Redis had it, and when the node that it was sent to said that it
   * is done.
   */
  record Moment(long sentAt, long madeAt, long answeredAt) {}

  /** The probes are in the order in which they were sent, one at a time. */
  static Sighting of(List<Probe> probes, Moment change, Change.Target target, String refusal) {
    Optional<Probe> first =
        probes.stream()
            .filter(
                probe ->
                    probe.outcome().equals(refusal) && probe.answeredAt() - change.sentAt() > 0)
            .findFirst();
    return new Sighting(
        first.map(probe -> Math.max(0, probe.answeredAt() - change.madeAt())),
        acceptedSince(probes, target, change.answeredAt()),
        first.map(probe -> acceptedSince(probes, target, probe.answeredAt())).orElse(0L),
        probes.stream()
            .filter(probe -> foreign(probe, change, target, refusal))
            .map(Probe::outcome)
            .toList());
  }

  private static long acceptedSince(List<Probe> probes, Change.Target target, long since) {
    return probes.stream()
        .filter(probe -> probe.sentAt() - since >= 0 && probe.outcome().equals(target.accepted()))
        .count();
  }

  private static boolean foreign(Probe probe, Moment change, Change.Target target, String refusal) {
    boolean early = probe.outcome().equals(refusal) && probe.answeredAt() - change.sentAt() <= 0;
    return early || !(probe.outcome().equals(refusal) || probe.outcome().equals(target.accepted()));
  }
}
