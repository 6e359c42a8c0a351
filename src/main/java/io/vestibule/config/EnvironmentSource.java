package io.vestibule.config;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The keys given as environment variables; unknown ones of a section of ours are faults. */
final class EnvironmentSource {
  private static final String PREFIX = "VESTIBULE_";

  /** What Kubernetes sets in each pod for a Service whose name starts with "vestibule". */
  private static final Pattern SERVICE_LINK_NAME =
      Pattern.compile(
          "VESTIBULE_([A-Z0-9_]+_)?(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?"
              + "|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

  private static final Pattern SERVICE_LINK_VALUE = Pattern.compile("(tcp|udp|sctp)://.*");

  private final Map<String, String> environment;
  private final FaultList faults;

  EnvironmentSource(Map<String, String> environment, FaultList faults) {
    this.environment = new TreeMap<>(environment);
    this.faults = faults;
  }

  Map<Key, Found> read() {
    Map<Key, Found> found = new EnumMap<>(Key.class);
    environment.forEach(
        (variable, value) -> {
          if (variable.startsWith(PREFIX)) {
            Key.ofEnvironment(variable)
                .ifPresentOrElse(
                    key -> given(key, value).ifPresent(given -> found.put(key, given)),
                    () -> unknown(variable, value));
          }
        });
    return found;
  }

  private Optional<Found> given(Key key, String value) {
    if (value.isBlank()) {
      faults.add(
          key.dotted(), key.environment() + " is empty; unset it or set " + key.expectation());
      return Optional.empty();
    }
    if (SERVICE_LINK_VALUE.matcher(value).matches()) {
      faults.add(
          key.dotted(),
          key.environment()
              + " is a Kubernetes service link; set enableServiceLinks: false in the pod");
      return Optional.empty();
    }
    List<String> texts =
        key.list() ? Stream.of(value.split(",", -1)).map(String::trim).toList() : List.of(value);
    return Optional.of(new Found(texts, " in " + key.environment(), Path.of("")));
  }

  private void unknown(String variable, String value) {
    if (SERVICE_LINK_NAME.matcher(variable).matches()
        || SERVICE_LINK_VALUE.matcher(value).matches()) {
      return;
    }
    List<String> known = Stream.of(Key.values()).map(Key::environment).toList();
    Optional<String> meant = Nearest.to(variable, known);
    if (meant.isPresent() || inASection(variable)) {
      faults.add(
          Shown.onOneLine(variable),
          "not a known environment variable"
              + meant.map(name -> "; did you mean " + name + "?").orElse("; unset it"));
    }
  }

  /** What is in none, as VESTIBULE_HOME, is somebody else's. */
  private static boolean inASection(String variable) {
    return Stream.of(Key.values())
        .map(key -> key.environment().substring(0, key.environment().indexOf('_', PREFIX.length())))
        .anyMatch(section -> variable.startsWith(section + "_"));
  }
}
