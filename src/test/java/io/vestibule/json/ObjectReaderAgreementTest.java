package io.vestibule.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What the reader finds in any JSON object is what the tree of the same bytes holds. */
class ObjectReaderAgreementTest {
  private static final KnownTexts NONE = KnownTexts.of();
  private static final int DEPTH_MAX = 8;

  private static final String[] SCALARS = {
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-0.0",
    "12",
    "-3.25",
    "1e2",
    "1.5E-3",
    "123456789012345678",
    "\"\"",
    "\"x\"",
    "\"\\u0041\\n\\\"é🚀\\ud83d\\ude80\"",
    "\"a longer text than a key holds\""
  };

  private static final String[] SPACES = {"", "", "", " ", "\n", "\t \r"};

  @Property(tries = 3_000)
  void anyObject_isReadAsTheTreeHoldsIt(@ForAll long seed) throws Exception {
    String json = object(new Random(seed), 1);
    JsonNode tree = Json.read(json);

    ObjectReader reader = ObjectReader.open(json.getBytes(UTF_8));

    assertThat(read(reader, new Random(seed))).as(json).isEqualTo(members(tree, new Random(seed)));
  }

  /** The members as text, going into some of the objects and passing over the others. */
  private static String read(ObjectReader reader, Random random) throws MalformedJson {
    StringBuilder seen = new StringBuilder();
    while (reader.next()) {
      seen.append(reader.name(NONE)).append('=').append(reader.kind());
      if (reader.kind() == ObjectReader.Kind.OBJECT && random.nextBoolean()) {
        assertThat(reader.enter()).isTrue();
        seen.append('{').append(read(reader, random)).append('}');
      } else {
        reader.text().ifPresent(seen::append);
        reader.integer().ifPresent(seen::append);
        reader.number().ifPresent(seen::append);
      }
      seen.append(';');
    }
    return seen.toString();
  }

  private static String members(JsonNode object, Random random) {
    StringBuilder seen = new StringBuilder();
    object
        .properties()
        .forEach(
            member -> {
              JsonNode value = member.getValue();
              seen.append(member.getKey()).append('=').append(kind(value));
              if (value.isObject() && random.nextBoolean()) {
                seen.append('{').append(members(value, random)).append('}');
              } else {
                seen.append(scalar(value));
              }
              seen.append(';');
            });
    return seen.toString();
  }

  private static String kind(JsonNode value) {
    return value.isTextual() ? "TEXT" : value.getNodeType().name();
  }

  private static String scalar(JsonNode value) {
    if (value.isTextual()) {
      return value.textValue();
    }
    String integer = value.isIntegralNumber() ? String.valueOf(value.longValue()) : "";
    return value.isNumber() ? integer + value.doubleValue() : "";
  }

  private static String object(Random random, int depth) {
    StringBuilder json = new StringBuilder("{").append(space(random));
    Set<String> names = new HashSet<>();
    for (int count = random.nextInt(6); count > 0; count--) {
      String name = "n".repeat(random.nextInt(3) * 4) + random.nextInt(9);
      if (names.add(name)) {
        json.append(names.size() > 1 ? "," : "").append(space(random)).append('"').append(name);
        json.append('"').append(space(random)).append(':').append(value(random, depth));
      }
    }
    return json.append(space(random)).append('}').toString();
  }

  private static String array(Random random, int depth) {
    StringBuilder json = new StringBuilder("[").append(space(random));
    for (int count = random.nextInt(4); count > 0; count--) {
      json.append(value(random, depth)).append(count > 1 ? "," : "");
    }
    return json.append(space(random)).append(']').toString();
  }

  private static String value(Random random, int depth) {
    String value =
        switch (depth == DEPTH_MAX ? 0 : random.nextInt(4)) {
          case 1 -> object(random, depth + 1);
          case 2 -> array(random, depth + 1);
          default -> SCALARS[random.nextInt(SCALARS.length)];
        };
    return space(random) + value + space(random);
  }

  private static String space(Random random) {
    return SPACES[random.nextInt(SPACES.length)];
  }
}
