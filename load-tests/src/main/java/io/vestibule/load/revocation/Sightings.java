package io.vestibule.load.revocation;

import io.vestibule.load.report.Bound;
import io.vestibule.load.report.Chart;
import io.vestibule.load.report.Charts;
import io.vestibule.load.report.Figure;
import io.vestibule.load.report.Latencies;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What all changes of a run came to. */
final class Sightings {
  private static final Bound P99_MS = Bound.timing(10);
  private static final Bound NONE = Bound.exact(0);
  private static final String TIMES = "From a change in Redis to the first refusal";
  private static final String BESIDE = "Beside it, from sending to the answer";
  private static final String KEPT = "Never honoured again";

  private final int nodeCount;
  private final Map<Kind, List<Latencies>> times = new EnumMap<>(Kind.class);
  private final Latencies changes = new Latencies();
  private final Latencies requests = new Latencies();
  private final Map<String, Integer> foreign = new TreeMap<>();
  private long acceptedAfterAnswer;
  private long acceptedAfterRefusal;
  private long neverRefused;

  Sightings(int nodeCount) {
    this.nodeCount = nodeCount;
    for (Kind kind : Kind.values()) {
      times.put(kind, latencies());
    }
  }

  /** The node of index 0 is the one that the changes are sent to. */
  void add(Kind kind, int node, Sighting sighting) {
    sighting
        .refusedAfterNanos()
        .ifPresentOrElse(nanos -> of(kind).get(node).record(nanos), () -> neverRefused++);
    acceptedAfterAnswer += node == 0 ? sighting.acceptedAfterAnswerCount() : 0;
    acceptedAfterRefusal += sighting.acceptedAfterRefusalCount();
    sighting.foreignOutcomes().forEach(outcome -> foreign.merge(outcome, 1, Integer::sum));
  }

  /** How long the answer to a change took. */
  void add(Sighting.Moment change) {
    changes.record(change.answeredAt() - change.sentAt());
  }

  /** How long the answers to requests took: the time until a refusal can be told no finer. */
  void add(List<Probe> probes) {
    probes.forEach(probe -> requests.record(probe.answeredAt() - probe.sentAt()));
  }

  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    List<Latencies> all = latencies();
    times.forEach(
        (kind, nodes) -> {
          for (int node = 0; node < nodeCount; node++) {
            figures.addAll(nodes.get(node).figures(time(kind.title() + ", node " + name(node))));
            all.get(node).add(nodes.get(node));
          }
        });
    for (int node = 0; node < nodeCount; node++) {
      figures.addAll(all.get(node).figures(time("all, node " + name(node)), P99_MS));
    }
    figures.addAll(changes.figures(new Figure.Subject(BESIDE, "changes")));
    figures.addAll(requests.figures(new Figure.Subject(BESIDE, "requests")));
    figures.addAll(keptFigures());
    return figures;
  }

  /** All kinds together, a curve a node. */
  Chart chart() {
    Map<String, Latencies> named = new LinkedHashMap<>();
    for (int node = 0; node < nodeCount; node++) {
      Latencies all = new Latencies();
      for (List<Latencies> nodes : times.values()) {
        all.add(nodes.get(node));
      }
      named.put("node " + name(node), all);
    }
    return Charts.percentiles(TIMES, named);
  }

  private List<Figure> keptFigures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(kept("changes never refused", neverRefused));
    figures.add(kept("accepted by node a, asked after it had answered", acceptedAfterAnswer));
    figures.add(kept("accepted by a node after its first refusal", acceptedAfterRefusal));
    figures.add(
        kept(
            "other outcomes" + (foreign.isEmpty() ? "" : " " + foreign),
            foreign.values().stream().mapToInt(Integer::intValue).sum()));
    return figures;
  }

  private List<Latencies> of(Kind kind) {
    return times.computeIfAbsent(kind, missing -> latencies());
  }

  private List<Latencies> latencies() {
    return IntStream.range(0, nodeCount)
        .mapToObj(node -> new Latencies())
        .collect(Collectors.toUnmodifiableList());
  }

  private static Figure.Subject time(String name) {
    return new Figure.Subject(TIMES, name);
  }

  private static Figure kept(String name, long count) {
    return new Figure.Subject(KEPT, name).figure("count", "", (double) count, NONE);
  }

  private static char name(int node) {
    return (char) ('a' + node);
  }
}
