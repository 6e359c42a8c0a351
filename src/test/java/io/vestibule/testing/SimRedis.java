package io.vestibule.testing;

import io.vestibule.store.Call;
import io.vestibule.store.Reply;
import io.vestibule.store.Script;
import io.vestibule.testing.SimKeyspace.Entry;
import io.vestibule.testing.SimKeyspace.Hash;
import io.vestibule.testing.SimKeyspace.Members;
import io.vestibule.testing.SimKeyspace.Sorted;
import io.vestibule.testing.SimKeyspace.Stream;
import io.vestibule.testing.SimKeyspace.Texts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * A Redis in memory, as far as the gateway uses one: it runs the project's own scripts, and refuses
 * a command that it does not know. One thread at a time; its clock is the caller's.
 */
public final class SimRedis {
  /** A call that Redis answers with an error. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String error) {
      super(error);
    }
  }

  private final SimKeyspace keys;
  private final SimScripts scripts = new SimScripts(this);
  private final Map<String, Function<List<String>, Reply>> commands = new HashMap<>();

  /**
   * @param nowMs milliseconds of the epoch
   */
  public SimRedis(LongSupplier nowMs) {
    this.keys = new SimKeyspace(nowMs);
    texts();
    hashes();
    lists();
    sets();
    streams();
    lives();
  }

  /** Throws {@link Refused}. */
  public Reply call(Call call) {
    try {
      return run(call.name(), call.args());
    } finally {
      keys.commit();
    }
  }

  /** Throws {@link Refused}; as in Redis, what a script wrote before it failed is kept. */
  public Reply eval(Script script, List<String> keyNames, List<String> args) {
    try {
      return scripts.run(script, keyNames, args);
    } finally {
      keys.commit();
    }
  }

  /** Told of each key that was written. */
  public void onChange(Consumer<String> listener) {
    keys.onChange(listener);
  }

  /**
   * Takes back the latest calls that wrote, as when a replica that never saw them takes over.
   *
   * @return how many there were to lose
   */
  public int lose(int callCountMax) {
    return keys.lose(callCountMax);
  }

  /** The JSON of each record of a stream, oldest first, from this one on. */
  public List<String> records(String key, int from) {
    List<Entry> all = keys.find(key, Stream.class).orElseGet(Stream::new);
    return all.stream().skip(from).map(entry -> entry.fields().get(1)).toList();
  }

  /** As it is now, to be read at once. */
  public Map<String, String> hash(String key) {
    return Collections.unmodifiableMap(keys.find(key, Hash.class).orElseGet(Hash::new));
  }

  /** As it is now, to be read at once. */
  public Map<String, Double> sorted(String key) {
    return Collections.unmodifiableMap(keys.find(key, Sorted.class).orElseGet(Sorted::new));
  }

  /** What a command does, also inside of a script. */
  Reply run(String name, List<String> args) {
    Function<List<String>, Reply> command = commands.get(name.toUpperCase(Locale.ROOT));
    if (command == null) {
      throw new Refused("ERR the simulated Redis has no command " + name);
    }
    return command.apply(args);
  }

  private void texts() {
    commands.put("DBSIZE", args -> number(keys.names().size()));
    commands.put("KEYS", this::named);
    commands.put("PING", args -> new Reply.Text("PONG"));
    commands.put("FLUSHALL", args -> ok(keys::clear));
    commands.put("GET", args -> text(keys.find(args.get(0), String.class)));
    commands.put("SET", this::set);
    commands.put("INCR", args -> increased(args.get(0), 1));
    commands.put("INCRBY", args -> increased(args.get(0), Long.parseLong(args.get(1))));
  }

  /** Only as it is used: by what the names begin with. */
  private Reply named(List<String> args) {
    String prefix = args.get(0).substring(0, args.get(0).length() - 1);
    if (!args.get(0).equals(prefix + "*")) {
      throw new Refused("ERR the simulated Redis knows patterns with * at their end alone");
    }
    return items(
        keys.names().stream().filter(name -> name.startsWith(prefix)).toList(), Reply.Text::new);
  }

  private Reply set(List<String> args) {
    String key = args.get(0);
    Optional<Long> ends = Optional.empty();
    boolean onlyNew = false;
    boolean tellsOld = false;
    for (int index = 2; index < args.size(); index++) {
      switch (args.get(index).toUpperCase(Locale.ROOT)) {
        case "NX" -> onlyNew = true;
        case "GET" -> tellsOld = true;
        case "PX" -> ends = Optional.of(keys.nowMs() + Long.parseLong(args.get(++index)));
        case "EX" -> ends = Optional.of(keys.nowMs() + 1_000 * Long.parseLong(args.get(++index)));
        default -> throw new Refused("ERR syntax error");
      }
    }
    Optional<String> old = keys.find(key, String.class);
    if (onlyNew && old.isPresent()) {
      return tellsOld ? text(old) : new Reply.Absent();
    }
    keys.put(key, args.get(1), ends);
    return tellsOld ? text(old) : new Reply.Text("OK");
  }

  private Reply increased(String key, long by) {
    Optional<SimKeyspace.Value> old = keys.find(key);
    long value = keys.find(key, String.class).map(Long::parseLong).orElse(0L) + by;
    keys.put(key, Long.toString(value), old.flatMap(SimKeyspace.Value::endsAtMs));
    return new Reply.Numeral(value);
  }

  private void hashes() {
    commands.put("HGET", args -> text(field(args.get(0), args.get(1))));
    commands.put("HLEN", args -> number(hash(args.get(0)).size()));
    commands.put("HGETALL", args -> flat(keys.find(args.get(0), Hash.class)));
    commands.put("HMGET", args -> items(rest(args), name -> text(field(args.get(0), name))));
    commands.put("HSET", this::putFields);
    commands.put(
        "HSETNX",
        args -> field(args.get(0), args.get(1)).isPresent() ? number(0) : putFields(args));
    commands.put(
        "HINCRBY",
        args -> {
          long by = Long.parseLong(args.get(2));
          long sum = field(args.get(0), args.get(1)).map(Long::parseLong).orElse(0L) + by;
          keys.write(args.get(0), Hash.class, Hash::new).put(args.get(1), Long.toString(sum));
          return number(sum);
        });
    commands.put(
        "HDEL",
        args -> removed(args, Hash.class, Hash::new, (all, name) -> all.remove(name) != null));
  }

  private Reply putFields(List<String> args) {
    Hash hash = keys.write(args.get(0), Hash.class, Hash::new);
    int made = 0;
    for (int index = 1; index < args.size(); index += 2) {
      made += hash.put(args.get(index), args.get(index + 1)) == null ? 1 : 0;
    }
    return number(made);
  }

  private void lists() {
    commands.put(
        "LPUSH",
        args -> {
          Texts list = keys.write(args.get(0), Texts.class, Texts::new);
          rest(args).forEach(text -> list.add(0, text));
          return number(list.size());
        });
    commands.put("LLEN", args -> number(list(args.get(0)).size()));
    commands.put(
        "LINDEX",
        args -> {
          Texts list = list(args.get(0));
          int index = Integer.parseInt(args.get(1));
          return index < list.size() ? new Reply.Text(list.get(index)) : new Reply.Absent();
        });
    commands.put(
        "LTRIM",
        args -> {
          Texts list = keys.write(args.get(0), Texts.class, Texts::new);
          int last = Integer.parseInt(args.get(2));
          list.subList(Math.min(list.size(), last + 1), list.size()).clear();
          keys.dropIfEmpty(args.get(0));
          return new Reply.Text("OK");
        });
  }

  private void sets() {
    commands.put(
        "SADD",
        args -> {
          Members set = keys.write(args.get(0), Members.class, Members::new);
          return number(rest(args).stream().filter(set::add).count());
        });
    commands.put(
        "SREM",
        args -> removed(args, Members.class, Members::new, (all, name) -> all.remove(name)));
    commands.put(
        "SCARD",
        args -> number(keys.find(args.get(0), Members.class).orElseGet(Members::new).size()));
    commands.put(
        "ZADD",
        args -> {
          Sorted set = keys.write(args.get(0), Sorted.class, Sorted::new);
          return number(set.put(args.get(2), Double.valueOf(args.get(1))) == null ? 1 : 0);
        });
    commands.put(
        "ZREM",
        args -> removed(args, Sorted.class, Sorted::new, (all, name) -> all.remove(name) != null));
    commands.put("ZCARD", args -> number(sorted(args.get(0)).size()));
    commands.put("ZRANGEBYSCORE", this::lowest);
  }

  /** Only as it is used: from the lowest on, with a limit. */
  private Reply lowest(List<String> args) {
    if (!args.get(1).equals("-inf") || !args.get(3).equals("LIMIT") || !args.get(4).equals("0")) {
      throw new Refused("ERR the simulated Redis knows ranges from -inf with LIMIT 0 alone");
    }
    double highest = Double.parseDouble(args.get(2));
    List<String> found =
        sorted(args.get(0)).entrySet().stream()
            .filter(entry -> entry.getValue() <= highest)
            .sorted(
                Map.Entry.<String, Double>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
            .limit(Long.parseLong(args.get(5)))
            .map(Map.Entry::getKey)
            .toList();
    return items(found, Reply.Text::new);
  }

  private void streams() {
    commands.put("XADD", this::append);
    commands.put("XLEN", args -> number(stream(args.get(0)).size()));
    commands.put(
        "XRANGE",
        args -> new Reply.Items(stream(args.get(0)).stream().<Reply>map(SimRedis::entry).toList()));
  }

  /** An approximate trim may leave everything, and does. */
  private Reply append(List<String> args) {
    int idAt = args.get(1).equals("MINID") ? 4 : 1;
    if (!args.get(idAt).equals("*") || (idAt == 4 && !args.get(2).equals("~"))) {
      throw new Refused("ERR the simulated Redis appends with ids of its own, trimming about");
    }
    Stream stream = keys.write(args.get(0), Stream.class, Stream::new);
    long now = keys.nowMs();
    Entry last = stream.isEmpty() ? new Entry(0, 0, List.of()) : stream.get(stream.size() - 1);
    List<String> fields = List.copyOf(args.subList(idAt + 1, args.size()));
    Entry made =
        now > last.ms()
            ? new Entry(now, 0, fields)
            : new Entry(last.ms(), last.number() + 1, fields);
    stream.add(made);
    return new Reply.Text(made.id());
  }

  private void lives() {
    commands.put(
        "EXISTS", args -> number(args.stream().filter(key -> keys.find(key).isPresent()).count()));
    commands.put("DEL", args -> number(args.stream().filter(keys::remove).count()));
    commands.put("PEXPIRE", this::expire);
    commands.put(
        "PTTL",
        args ->
            number(
                keys.find(args.get(0))
                    .map(value -> value.endsAtMs().map(end -> end - keys.nowMs()).orElse(-1L))
                    .orElse(-2L)));
  }

  /** Of one option at most, as the scripts use it: a life without an end is the greatest. */
  private Reply expire(List<String> args) {
    Optional<Long> was = keys.find(args.get(0)).flatMap(SimKeyspace.Value::endsAtMs);
    long ends = keys.nowMs() + Long.parseLong(args.get(1));
    boolean wanted =
        switch (args.size() == 2 ? "" : args.get(2)) {
          case "" -> true;
          case "NX" -> was.isEmpty();
          case "GT" -> was.filter(end -> ends > end).isPresent();
          default -> throw new Refused("ERR the simulated Redis has no such option of PEXPIRE");
        };
    return number(wanted && keys.expire(args.get(0), ends) ? 1 : 0);
  }

  private interface Removal<T> {
    boolean from(T all, String name);
  }

  private <T> Reply removed(
      List<String> args, Class<T> form, java.util.function.Supplier<T> none, Removal<T> removal) {
    if (keys.find(args.get(0), form).isEmpty()) {
      return number(0);
    }
    T all = keys.write(args.get(0), form, none);
    long count = rest(args).stream().filter(name -> removal.from(all, name)).count();
    keys.dropIfEmpty(args.get(0));
    return number(count);
  }

  private Optional<String> field(String key, String name) {
    return keys.find(key, Hash.class).map(hash -> hash.get(name));
  }

  private Texts list(String key) {
    return keys.find(key, Texts.class).orElseGet(Texts::new);
  }

  private Stream stream(String key) {
    return keys.find(key, Stream.class).orElseGet(Stream::new);
  }

  private static Reply entry(Entry entry) {
    return new Reply.Items(
        List.of(new Reply.Text(entry.id()), items(entry.fields(), Reply.Text::new)));
  }

  private static Reply flat(Optional<Hash> hash) {
    List<Reply> flat = new ArrayList<>();
    hash.orElseGet(Hash::new)
        .forEach(
            (name, value) -> {
              flat.add(new Reply.Text(name));
              flat.add(new Reply.Text(value));
            });
    return new Reply.Items(flat);
  }

  private static Reply items(List<String> texts, Function<String, Reply> reply) {
    return new Reply.Items(texts.stream().map(reply).toList());
  }

  private static Reply text(Optional<String> text) {
    return text.<Reply>map(Reply.Text::new).orElseGet(Reply.Absent::new);
  }

  private static Reply number(long number) {
    return new Reply.Numeral(number);
  }

  private static Reply ok(Runnable done) {
    done.run();
    return new Reply.Text("OK");
  }

  private static List<String> rest(List<String> args) {
    return args.subList(1, args.size());
  }
}
