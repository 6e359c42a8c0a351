package io.vestibule.metrics;

import java.util.List;

/** What is read at each scrape: each name with its meaning, its tag and every value of that tag. */
public enum Gauge {
  DOORS_CONNECTED("vestibule.doors.connected", "Doors connected", "", List.of()),
  UNLOCKS_IN_FLIGHT("vestibule.unlocks.in.flight", "Attempts under way", "", List.of()),
  HTTP_CONNECTIONS("vestibule.http.connections", "Open API connections", "", List.of()),
  STREAMS_OPEN(
      "vestibule.http.streams.open",
      "Open streams of audit records, by kind",
      "kind",
      List.of("ndjson", "events")),
  STORE_CONNECTED(
      "vestibule.store.connected", "1 while every event loop is connected to Redis", "", List.of()),
  STORE_APPEND_ONLY(
      "vestibule.store.append.only",
      "1 while Redis keeps an append-only file, 0 where its restart forgets attempts",
      "",
      List.of()),
  CACHE_ENTRIES(
      "vestibule.cache.entries",
      "Directory entries in memory, by kind",
      "kind",
      List.of("building", "door", "courier")),
  CACHE_BYTES(
      "vestibule.cache.bytes",
      "Memory of the directory entries, as it is counted toward its bound, by kind",
      "kind",
      List.of("building", "door", "courier")),
  CACHE_STANDING(
      "vestibule.cache.standing",
      "1 while decisions stand on memory; 0 while each reads Redis, since changes are not told or not proven",
      "",
      List.of()),
  SIGNING_PROVIDER(
      "vestibule.signing.provider.info",
      "1 for the JCE provider that signs and verifies",
      "provider",
      List.of("corretto", "bouncy_castle")),
  POLICY_AGE(
      "vestibule.policy.age.seconds",
      "How long ago the proof was sent that every change had been told; past cache.age-max decisions read Redis. 0 while nothing is kept",
      "",
      List.of());

  private final String meterName;
  private final String description;
  private final String tag;
  private final List<String> tagValues;

  Gauge(String meterName, String description, String tag, List<String> tagValues) {
    this.meterName = meterName;
    this.description = description;
    this.tag = tag;
    this.tagValues = tagValues;
  }

  public String meterName() {
    return meterName;
  }

  public String description() {
    return description;
  }

  /** Empty when there is none. */
  public String tag() {
    return tag;
  }

  public List<String> tagValues() {
    return tagValues;
  }
}
