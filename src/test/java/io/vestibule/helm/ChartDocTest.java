package io.vestibule.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.config.Key;
import io.vestibule.testing.GeneratedDoc;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The chart's README.md and the words of its schema are made from values.yaml and the keys. */
final class ChartDocTest {
  private static final String SCHEMA = "helm/vestibule/values.schema.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ValuesFile values = new ValuesFile();

  @Test
  void everyValue_isExplained() {
    assertThat(values.comments())
        .hasSizeGreaterThan(100)
        .allSatisfy((path, comment) -> assertThat(comment).as(path).matches(".+[.?]"));
  }

  @Test
  void readme_equalsTheComments() {
    GeneratedDoc.check("helm/vestibule/README.md", ReadmeText.of(values));
  }

  /** What a value may be is written there by hand; what it means, and all of `config`, is not. */
  @Test
  void schema_hasTheCommentsAndTheKeys() throws IOException {
    ObjectNode schema = (ObjectNode) JSON.readTree(Path.of(SCHEMA).toFile());
    ((ObjectNode) schema.path("properties")).set("config", config());

    describe("", schema);

    GeneratedDoc.check(SCHEMA, text(schema));
  }

  @Test
  void schema_isClosed_andDescribesEverything() throws IOException {
    JsonNode schema = JSON.readTree(Path.of(SCHEMA).toFile());
    List<String> faults = new ArrayList<>();

    look("", schema, faults);

    assertThat(faults).isEmpty();
    assertThat(values.comments().keySet())
        .allMatch(path -> !property(schema, path).isMissingNode());
  }

  private static void look(String path, JsonNode node, List<String> faults) {
    if (node.path("type").asText().equals("object")) {
      JsonNode others = node.path("additionalProperties");
      // Either closed, or a map of one kind of value, or empty.
      if (!others.isObject() && others.asBoolean(true) && node.path("maxProperties").asInt(1) > 0) {
        faults.add(path + " is open");
      }
    }
    node.path("properties")
        .properties()
        .forEach(
            property -> {
              if (property.getValue().path("description").asText().isBlank()) {
                faults.add(path + "/" + property.getKey() + " has no description");
              }
            });
    node.properties().forEach(child -> look(path + "/" + child.getKey(), child.getValue(), faults));
    if (node.isArray()) {
      Rendered.items(node).forEach(item -> look(path, item, faults));
    }
  }

  private void describe(String path, ObjectNode node) {
    JsonNode properties = node.path("properties");
    if (!path.equals("config")) {
      require(path, node);
    }
    for (String name : names(properties)) {
      String below = path.isEmpty() ? name : path + "." + name;
      ObjectNode property = (ObjectNode) properties.path(name);
      String comment = values.comments().get(below);
      if (comment != null && !below.startsWith("config.")) {
        ((ObjectNode) properties).set(name, described(comment, property));
        describe(below, (ObjectNode) properties.path(name));
      }
    }
  }

  /** What has a default is missing only where it was made null. */
  private void require(String path, ObjectNode node) {
    List<String> given =
        names(node.path("properties")).stream()
            .filter(
                name -> values.comments().containsKey(path.isEmpty() ? name : path + "." + name))
            .toList();
    if (!given.isEmpty()) {
      node.set("required", JSON.valueToTree(given));
    }
  }

  private static ObjectNode described(String words, ObjectNode schema) {
    ObjectNode described = JSON.createObjectNode().put("description", words);
    schema.remove("description");
    described.setAll(schema);
    return described;
  }

  private static ObjectNode config() {
    ObjectNode config = closed("");
    for (Key key : Key.values()) {
      ObjectNode section = config;
      List<String> path = List.of(key.dotted().split("\\."));
      for (String name : path.subList(0, path.size() - 1)) {
        ObjectNode properties = (ObjectNode) section.path("properties");
        if (!properties.has(name)) {
          properties.set(name, closed("The keys " + prefix(key, name) + ".*"));
        }
        section = (ObjectNode) properties.path(name);
      }
      ((ObjectNode) section.path("properties"))
          .set(path.get(path.size() - 1), described(words(key), new ConfigForm(key).schema()));
    }
    return config;
  }

  private static String prefix(Key key, String section) {
    return key.dotted().substring(0, key.dotted().indexOf(section) + section.length());
  }

  private static String words(Key key) {
    return key.description() + " Expected: " + key.expectation() + ".";
  }

  private static ObjectNode closed(String words) {
    ObjectNode schema = JSON.createObjectNode().put("description", words);
    schema.put("type", "object").put("additionalProperties", false).putObject("properties");
    return schema;
  }

  private static List<String> names(JsonNode properties) {
    return properties.properties().stream().map(entry -> entry.getKey()).toList();
  }

  private static JsonNode property(JsonNode schema, String path) {
    return schema.at(
        Stream.of(path.split("\\."))
            .map(name -> "/properties/" + name)
            .collect(Collectors.joining()));
  }

  private static String text(JsonNode schema) throws IOException {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER));
    printer.indentObjectsWith(lines);
    printer.indentArraysWith(lines);
    return JSON.writer(printer).writeValueAsString(schema) + "\n";
  }
}
