package io.vestibule.config;

import io.vestibule.access.Identifiers;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How a key's text becomes a value, and how that is said to a reader. */
record Form<T>(
    String expectation, boolean list, Class<T> type, Function<String, Optional<T>> parser) {
  private static final int TEXT_LENGTH_MAX = 1_000;
  private static final int COUNT_MAX = 1_000_000;
  private static final Pattern HOST_SYNTAX = Pattern.compile("[A-Za-z0-9.:_%-]{1,255}");
  private static final Pattern RATIO_SYNTAX = Pattern.compile("0|1|[01]\\.0{1,9}|0\\.[0-9]{1,9}");
  private static final Pattern RATE_SYNTAX = Pattern.compile("([0-9]{1,7})/([smh])");

  static final Form<String> HOST = one("a host name or an IP address", String.class, Form::host);
  static final Form<Integer> PORT =
      one("a port from 0 to 65535", Integer.class, text -> number(text, 0, 65_535));
  static final Form<OptionalInt> PORT_OR_OFF =
      one("a port from 0 to 65535, or off", OptionalInt.class, Form::portOrOff);
  static final Form<Path> FILE = one("a file's path", Path.class, Form::path);
  static final Form<Path> FILES =
      new Form<>("a file's path, or a list of them", true, Path.class, Form::path);
  static final Form<String> FILE_OR_URL =
      one("a file's path or an http(s) URL", String.class, Form::fileOrUrl);
  static final Form<String> TEXT =
      one("a text of 1 to 1000 characters on one line", String.class, Form::text);
  static final Form<String> IDENTIFIER =
      one(
          "1 to 64 letters, digits, '.', '_' or '-', the first a letter or digit",
          String.class,
          text -> Optional.of(text).filter(Identifiers::legal));
  static final Form<Boolean> TRUTH = one("true or false", Boolean.class, Form::truth);
  static final Form<RedisConfig.Mode> REDIS_MODE =
      one(
          "standalone, sentinel or cluster",
          RedisConfig.Mode.class,
          text -> word(RedisConfig.Mode.class, text));
  static final Form<Durability> DURABILITY =
      one("primary, replica or disk", Durability.class, Form::durability);
  static final Form<LogConfig.Format> LOG_FORMAT =
      one("text or json", LogConfig.Format.class, text -> word(LogConfig.Format.class, text));
  static final Form<LogConfig.Level> LOG_LEVEL =
      one(
          "error, warn, info or debug",
          LogConfig.Level.class,
          text -> word(LogConfig.Level.class, text));
  static final Form<String> REDIS_ENDPOINT =
      new Form<>(
          "a list of URLs such as redis://127.0.0.1:6379 or rediss://cache.example:6379",
          true,
          String.class,
          Form::redisEndpoint);
  static final Form<Duration> LEASE =
      duration("from 1s to 5s", Duration.ofSeconds(1), Duration.ofSeconds(5));
  static final Form<Duration> DEADLINE =
      duration("from 1s to 60s", Duration.ofSeconds(1), Duration.ofSeconds(60));
  static final Form<Duration> ACK_TIMEOUT =
      duration("from 500ms to 30s", Duration.ofMillis(500), Duration.ofSeconds(30));
  static final Form<Duration> AGE =
      duration("from 400ms to 60s", Duration.ofMillis(400), Duration.ofSeconds(60));
  static final Form<Integer> MEBIBYTES =
      one("a whole number from 1 to 65536", Integer.class, text -> number(text, 1, 65_536));
  static final Form<Integer> STREAMS =
      one("a whole number from 1 to 100000", Integer.class, text -> number(text, 1, 100_000));
  static final Form<Integer> IN_FLIGHT =
      one("a whole number from 1 to 1000000", Integer.class, text -> number(text, 1, COUNT_MAX));
  static final Form<Rate> RATE =
      one(
          "a rate from 1 to 1000000 a second, minute or hour, as 1/s, 15/m or 100/h",
          Rate.class,
          Form::rate);
  static final Form<String> COLLECTOR =
      one(
          "an http(s) URL such as http://127.0.0.1:4318/v1/traces, without user or query",
          String.class,
          Form::collector);
  static final Form<Double> RATIO = one("a number from 0 to 1, as 0.01", Double.class, Form::ratio);

  Optional<T> parse(String text) {
    return parser.apply(text);
  }

  private static <T> Form<T> one(
      String expectation, Class<T> type, Function<String, Optional<T>> parser) {
    return new Form<>(expectation, false, type, parser);
  }

  private static Form<Duration> duration(String range, Duration min, Duration max) {
    return one(
        "a duration " + range + ", as 500ms, 8s or 1m",
        Duration.class,
        text ->
            Durations.parse(text)
                .filter(value -> value.compareTo(min) >= 0 && value.compareTo(max) <= 0));
  }

  private static Optional<Rate> rate(String text) {
    Matcher matcher = RATE_SYNTAX.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Duration per =
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(1);
          case "m" -> Duration.ofMinutes(1);
          default -> Duration.ofHours(1);
        };
    return number(matcher.group(1), 1, COUNT_MAX).map(count -> new Rate(count, per));
  }

  private static Optional<Integer> number(String text, int min, int max) {
    if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    return Optional.of(Integer.parseInt(text)).filter(value -> value >= min && value <= max);
  }

  private static Optional<OptionalInt> portOrOff(String text) {
    return text.equals("off")
        ? Optional.of(OptionalInt.empty())
        : PORT.parse(text).map(OptionalInt::of);
  }

  private static Optional<String> host(String text) {
    return Optional.of(text).filter(host -> HOST_SYNTAX.matcher(host).matches());
  }

  private static Optional<String> text(String text) {
    return Optional.of(text)
        .filter(
            value ->
                !value.isBlank()
                    && value.length() <= TEXT_LENGTH_MAX
                    && value.chars().noneMatch(Character::isISOControl));
  }

  private static Optional<Boolean> truth(String text) {
    return switch (text) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Optional<Durability> durability(String text) {
    return switch (text) {
      case "primary" -> Optional.of(Durability.PRIMARY);
      case "replica" -> Optional.of(Durability.REPLICA);
      case "disk" -> Optional.of(Durability.DISK);
      default -> Optional.empty();
    };
  }

  private static <E extends Enum<E>> Optional<E> word(Class<E> words, String text) {
    return Stream.of(words.getEnumConstants())
        .filter(word -> word.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst();
  }

  private static Optional<Path> path(String text) {
    try {
      return text(text).map(Path::of);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> fileOrUrl(String text) {
    return isUrl(text)
        ? uri(text).filter(uri -> uri.getHost() != null).map(URI::toString)
        : path(text).map(Path::toString);
  }

  /** Whether a value of {@link #FILE_OR_URL} is a URL. */
  static boolean isUrl(String text) {
    return text.startsWith("https://") || text.startsWith("http://");
  }

  private static Optional<String> collector(String text) {
    return Optional.of(text)
        .filter(Form::isUrl)
        .flatMap(Form::uri)
        .filter(uri -> uri.getHost() != null && uri.getPort() != 0 && uri.getPort() <= 65_535)
        .filter(uri -> uri.getUserInfo() == null && uri.getQuery() == null)
        .filter(uri -> uri.getFragment() == null)
        .map(URI::toString);
  }

  private static Optional<Double> ratio(String text) {
    return Optional.of(text)
        .filter(number -> RATIO_SYNTAX.matcher(number).matches())
        .map(Double::valueOf);
  }

  private static Optional<String> redisEndpoint(String text) {
    return uri(text)
        .filter(uri -> "redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme()))
        .filter(uri -> uri.getHost() != null && uri.getPort() != 0 && uri.getPort() <= 65_535)
        .map(URI::toString);
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
