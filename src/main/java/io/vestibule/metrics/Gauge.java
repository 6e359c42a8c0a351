package io.vestibule.metrics;

/** What is read at each scrape. */
public enum Gauge implements Metric {
  DOORS_CONNECTED("vestibule.doors.connected", "Doors connected", Tag.PROTOCOL, Tag.TRANSPORT),
  DOORS_CONNECTED_MAX(
      "vestibule.doors.connected.max",
      "Connections that the door ports take at once; more are turned away"),
  DOORS_REGISTERED(
      "vestibule.doors.registered",
      "Doors registered in all buildings, the same on every gateway and at most two minutes old; those that are connected nowhere are offline. NaN for the first seconds; while Redis is away, what it last was"),
  UNLOCKS_IN_FLIGHT("vestibule.unlocks.in.flight", "Attempts under way"),
  UNLOCKS_IN_FLIGHT_MAX(
      "vestibule.unlocks.in.flight.max",
      "Attempts that may be under way at once; more are overloaded"),
  NODE_REACHABLE(
      "vestibule.node.reachable",
      "1 while this gateway hears what others ask of its doors; while 0, its doors are opened only by requests that come to itself"),
  REGISTRATIONS_WAITING(
      "vestibule.registrations.waiting",
      "Doors that came or went and are not yet so in Redis, where other gateways look"),
  COMMANDS_REMOTE_WAITING(
      "vestibule.commands.remote.waiting", "Commands asked of other gateways and not answered yet"),
  READY("vestibule.ready", "1 while requests are taken; 0 while starting or draining"),
  HTTP_CONNECTIONS("vestibule.http.connections", "Open API connections"),
  STREAMS_OPEN("vestibule.http.streams.open", "Open streams of audit records", Tag.STREAM_KIND),
  STORE_CONNECTED("vestibule.store.connected", "1 while every event loop is connected to Redis"),
  STORE_WAITING(
      "vestibule.store.waiting", "Operations that wait for Redis, on all event loops together"),
  STORE_APPEND_ONLY(
      "vestibule.store.append.only",
      "1 while Redis keeps an append-only file, 0 where its restart forgets attempts"),
  CACHE_ENTRIES("vestibule.cache.entries", "Directory entries in memory", Tag.ENTRY_KIND),
  CACHE_SIZE(
      "vestibule.cache.size",
      "Memory of the directory entries, as it is counted toward its bound",
      Unit.BYTES,
      Tag.ENTRY_KIND),
  CACHE_STANDING(
      "vestibule.cache.standing",
      "1 while decisions stand on memory; 0 while each reads Redis, since changes are not told or not proven"),
  POLICY_AGE(
      "vestibule.policy.age",
      "How long ago the proof was sent that every change had been told; past cache.age-max decisions read Redis. 0 while nothing is kept",
      Unit.SECONDS),
  AUDIT_BACKLOG(
      "vestibule.audit.backlog",
      "What waits in memory to be put on record: outcomes past their deadline, doors' online and offline records",
      Tag.BACKLOG),
  SWEEP_LAST(
      "vestibule.sweep.last.done",
      "When the chore's last round that did all it should ended, as Unix time; the start of the process before the first",
      Unit.SECONDS,
      Tag.CHORE),
  SIGNING_PROVIDER(
      "vestibule.signing.provider.info",
      "1 for the JCE provider that signs and verifies",
      Tag.PROVIDER),
  CERTIFICATE_EXPIRY(
      "vestibule.certificate.expiry",
      "When it expires, as Unix time; of several in one file the first to expire, of a revocation list when the next is due",
      Unit.SECONDS,
      Tag.CERTIFICATE),
  BUFFERS_SIZE(
      "vestibule.buffers.size",
      "Memory outside the heap that buffers of connections hold, as Netty counts it on every Java",
      Unit.BYTES),
  BUILD("vestibule.build.info", "1 for what runs", Tag.VERSION, Tag.JAVA);

  private final Spec spec;

  Gauge(String name, String description, Tag... tags) {
    this(name, description, Unit.NONE, tags);
  }

  Gauge(String name, String description, Unit unit, Tag... tags) {
    this.spec = Spec.of(name, description, unit, tags);
  }

  @Override
  public Spec spec() {
    return spec;
  }

  @Override
  public String type() {
    return "gauge";
  }
}
