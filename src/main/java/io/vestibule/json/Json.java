package io.vestibule.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Strict JSON: UTF-8, no duplicate member, nothing after the value, at most 32 levels deep. */
public final class Json {
  static final int DEPTH_MAX = 32;

  /** Digits, wherever they stand in the number. */
  static final int NUMBER_LENGTH_MAX = 64;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxNumberLength(NUMBER_LENGTH_MAX)
                  .build())
          .build()
          .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION);

  private static final ObjectMapper MAPPER =
      new ObjectMapper(FACTORY).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Json() {}

  /** Reads one value. */
  public static JsonNode read(byte[] bytes) throws MalformedJson {
    return read(text(bytes));
  }

  /** Reads one value. */
  public static JsonNode read(String text) throws MalformedJson {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node == null || node.isMissingNode()) {
        throw new MalformedJson("empty");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new MalformedJson(e.getOriginalMessage().lines().findFirst().orElse("not JSON"));
    }
  }

  /** Writes compactly. */
  public static String write(JsonNode node) {
    return node.toString();
  }

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static String text(byte[] bytes) throws MalformedJson {
    try {
      // Jackson would guess UTF-16 and UTF-32 from the first bytes; JSON on a wire is UTF-8.
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedJson("not UTF-8");
    }
  }
}
