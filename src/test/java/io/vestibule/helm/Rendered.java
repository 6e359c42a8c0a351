package io.vestibule.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a release would bring into the cluster. */
public final class Rendered {
  private static final Pattern SOURCE = Pattern.compile("(?m)^# Source: vestibule/(.+)$");

  private final String text;
  private final List<JsonNode> objects;

  Rendered(String text) {
    this.text = text;
    this.objects = Yaml.readAll(text);
  }

  String text() {
    return text;
  }

  List<JsonNode> objects() {
    return objects;
  }

  /** The templates that rendered something. */
  Set<String> templates() {
    return SOURCE
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .map(line -> SOURCE.matcher(line).replaceAll("$1"))
        .collect(Collectors.toSet());
  }

  Stream<JsonNode> all(String kind) {
    return objects.stream().filter(object -> object.path("kind").asText().equals(kind));
  }

  boolean has(String kind, String name) {
    return all(kind).anyMatch(object -> name(object).equals(name));
  }

  JsonNode one(String kind, String name) {
    return all(kind)
        .filter(object -> name(object).equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " " + name + " in\n" + text));
  }

  /** The one of its kind. */
  JsonNode only(String kind) {
    List<JsonNode> found = all(kind).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " of " + kind);
    }
    return found.get(0);
  }

  JsonNode gateway() {
    return only("Deployment");
  }

  public JsonNode gatewayPod() {
    return gateway().at("/spec/template/spec");
  }

  JsonNode gatewayContainer() {
    return gatewayPod().at("/containers/0");
  }

  /** The gateway's configuration, as the pod has it. */
  String configText() {
    return all("ConfigMap")
        .map(map -> map.at("/data/vestibule.yaml"))
        .filter(JsonNode::isTextual)
        .findFirst()
        .orElseThrow()
        .asText();
  }

  public JsonNode config() {
    return Yaml.read(configText());
  }

  /** The value of a variable of the gateway's container, or what it is taken from. */
  JsonNode variable(String name) {
    return items(gatewayContainer().path("env")).stream()
        .filter(variable -> variable.path("name").asText().equals(name))
        .map(variable -> variable.has("value") ? variable.get("value") : variable.get("valueFrom"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no variable " + name));
  }

  /** Templates of pods, and pods, by the name of what has them. */
  Map<String, JsonNode> pods() {
    Map<String, JsonNode> pods = new TreeMap<>();
    for (JsonNode object : objects) {
      if (object.path("kind").asText().equals("Pod")) {
        pods.put(name(object), object);
      } else if (object.at("/spec/template/spec/containers").isArray()) {
        pods.put(name(object), object.at("/spec/template"));
      }
    }
    return pods;
  }

  /** The container's ports by name. */
  static Map<String, Integer> ports(JsonNode container) {
    return items(container.path("ports")).stream()
        .collect(
            Collectors.toMap(
                port -> port.path("name").asText(), port -> port.path("containerPort").asInt()));
  }

  /** Whether labels have all that a selector asks for. */
  static boolean selects(JsonNode selector, JsonNode labels) {
    return selector.properties().stream()
        .allMatch(entry -> entry.getValue().equals(labels.get(entry.getKey())));
  }

  static String name(JsonNode object) {
    return object.at("/metadata/name").asText();
  }

  static List<JsonNode> items(JsonNode array) {
    List<JsonNode> items = new ArrayList<>();
    array.forEach((Consumer<JsonNode>) items::add);
    return items;
  }
}
