package io.vestibule.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.config.Key;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a value of a key may be, by the words in which its documentation says so. */
final class ConfigForm {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NUMBER = Pattern.compile("a whole number from (\\d+) to (\\d+)");
  private static final Pattern DURATION = Pattern.compile("a duration from (\\S+) to ([^, ]+).*");
  private static final Pattern WORDS = Pattern.compile("([a-z]+)(, [a-z]+)* or [a-z]+");

  private final String expected;

  ConfigForm(Key key) {
    this.expected = key.expectation();
  }

  /** Whether it is a file, which only a Secret brings. */
  boolean file() {
    return expected.startsWith("a file's path") && !expected.contains("URL");
  }

  /** As JSON schema. */
  ObjectNode schema() {
    Matcher number = NUMBER.matcher(expected);
    if (number.matches()) {
      return read(
          "{'type':'integer','minimum':%s,'maximum':%s}"
              .formatted(number.group(1), number.group(2)));
    }
    if (expected.equals("true or false")) {
      return read("{'type':'boolean'}");
    }
    if (WORDS.matcher(expected).matches()) {
      return read("{'enum':['" + String.join("','", expected.split(", | or ")) + "']}");
    }
    return read(schemaByStart());
  }

  private String schemaByStart() {
    // Bare, off is false in YAML.
    return expected.equals("a port from 0 to 65535, or off")
        ? "{'anyOf':[{'type':'integer','minimum':1,'maximum':65535},{'enum':['off',false]}]}"
        : expected.startsWith("a port")
            ? "{'type':'integer','minimum':1,'maximum':65535}"
            : expected.startsWith("a duration")
                ? "{'type':'string','pattern':'^[1-9][0-9]{0,8}(ms|s|m)$'}"
                : expected.startsWith("a rate")
                    ? "{'type':'string','pattern':'^([1-9][0-9]{0,5}|1000000)/[smh]$'}"
                    : expected.startsWith("a number from 0 to 1")
                        ? "{'type':'number','minimum':0,'maximum':1}"
                        : expected.startsWith("a list of URLs")
                            ? "{'type':'array','items':{'type':'string','pattern':'^rediss?://[^/ ]+[^ ]*$'}}"
                            : expected.startsWith("an http(s) URL such as")
                                ? "{'type':'string','pattern':'^(https?://[^@?# ]+)?$'}"
                                : "{'type':'string'}";
  }

  /** The shortest and the longest duration that is taken; empty where it is none. */
  List<String> durationBounds() {
    Matcher duration = DURATION.matcher(expected);
    return duration.matches() ? List.of(duration.group(1), duration.group(2)) : List.of();
  }

  /** A legal value, as YAML; durations are the longest, so that they keep their order. */
  String sample() {
    Matcher duration = DURATION.matcher(expected);
    if (duration.matches()) {
      return duration.group(2);
    }
    if (NUMBER.matcher(expected).matches()) {
      return "100";
    }
    if (WORDS.matcher(expected).matches() && !expected.equals("true or false")) {
      return expected.split(", | or ")[0];
    }
    return sampleByStart();
  }

  private String sampleByStart() {
    return expected.equals("true or false")
        ? "false"
        : expected.startsWith("a rate")
            ? "7/m"
            : expected.startsWith("a number from 0 to 1")
                ? "0.25"
                : expected.startsWith("a list of URLs")
                    ? "[redis://redis.data:6379]"
                    : expected.contains("URL") ? "https://login.example/keys" : "doors.example";
  }

  private static ObjectNode read(String json) {
    try {
      JsonNode node = JSON.readTree(json.replace('\'', '"'));
      return (ObjectNode) node;
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
