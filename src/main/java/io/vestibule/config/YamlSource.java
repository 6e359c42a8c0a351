package io.vestibule.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys given in a YAML file: a tree of mappings whose joined names are the keys. Scalars are
 * taken by their text, so that no YAML type turns a value into another one.
 */
final class YamlSource {
  private static final int SIZE_BYTES_MAX = 1 << 20;
  private static final int DEPTH_MAX = 16;

  private static final YAMLFactory FACTORY =
      YAMLFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
          .build();

  private final Path file;
  private final FaultList faults;
  private final Map<Key, Found> found = new EnumMap<>(Key.class);
  private final Set<String> seen = new HashSet<>();

  YamlSource(Path file, FaultList faults) {
    this.file = file;
    this.faults = faults;
  }

  Map<Key, Found> read() {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(SIZE_BYTES_MAX + 1);
      if (bytes.length > SIZE_BYTES_MAX) {
        fault("larger than 1 MiB; is this the configuration file?");
      } else {
        read(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
      }
    } catch (CharacterCodingException e) {
      fault("not UTF-8; save it as UTF-8 text");
    } catch (IOException e) {
      fault(unreadable() + "; name a readable YAML file");
    }
    return found;
  }

  /** A container's mount goes wrong in each of these ways. */
  private String unreadable() {
    if (Files.isDirectory(file)) {
      return "is a directory";
    }
    return Files.exists(file) ? "may not be read by this user" : "is not there";
  }

  private void read(String text) throws IOException {
    try (YAMLParser parser = FACTORY.createParser(text)) {
      JsonToken first = next(parser);
      if (first == JsonToken.START_OBJECT) {
        mapping(parser, "");
        if (next(parser) != null) {
          fault("has more than one YAML document; keep the first");
        }
      } else if (first != null && first != JsonToken.VALUE_NULL) {
        fault("not a mapping of keys to values, as http: {port: 8080}");
      }
    } catch (JsonProcessingException e) {
      fault(syntaxFault(e));
    }
  }

  private static String syntaxFault(JsonProcessingException e) {
    String reason = e.getOriginalMessage().lines().findFirst().orElse("syntax");
    int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
    return (line > 0 ? "line " + line + ": " : "")
        + "cannot be read as YAML: "
        + Shown.onOneLine(reason);
  }

  /** Anchors are refused: no key needs one, and unexpanded aliases would read as plain texts. */
  private @Nullable JsonToken next(YAMLParser parser) throws IOException {
    JsonToken token = parser.nextToken();
    if (token != null && (parser.isCurrentAlias() || parser.getObjectId() != null)) {
      throw new AnchorFound(parser);
    }
    return token;
  }

  /** Whether there was anything in it. */
  private boolean mapping(YAMLParser parser, String prefix) throws IOException {
    boolean any = false;
    while (next(parser) == JsonToken.FIELD_NAME) {
      any = true;
      String dotted = prefix + parser.currentName();
      JsonToken token = next(parser);
      if (token == JsonToken.START_OBJECT) {
        if (Key.named(dotted).isPresent()) {
          faults.add(dotted, "found a mapping, expected " + Key.named(dotted).get().expectation());
          parser.skipChildren();
        } else if (!mapping(parser, dotted + ".") && !section(dotted)) {
          unknown(dotted);
        }
      } else {
        value(dotted, token == JsonToken.START_ARRAY, texts(parser, token, dotted));
      }
    }
    return any;
  }

  private List<String> texts(YAMLParser parser, @Nullable JsonToken token, String dotted)
      throws IOException {
    List<String> texts = new ArrayList<>();
    if (token == JsonToken.START_ARRAY) {
      for (JsonToken entry = next(parser);
          entry != null && entry != JsonToken.END_ARRAY;
          entry = next(parser)) {
        if (entry.isScalarValue()) {
          texts.add(parser.getText());
        } else {
          faults.add(Shown.onOneLine(dotted), "found a list of other than plain values");
          parser.skipChildren();
        }
      }
    } else if (token != null && token != JsonToken.VALUE_NULL) {
      texts.add(parser.getText());
    }
    return texts;
  }

  private void value(String dotted, boolean list, List<String> texts) {
    if (texts.isEmpty() && !list && section(dotted)) {
      return; // A section whose every line is commented out.
    }
    if (!seen.add(dotted)) {
      faults.add(Shown.onOneLine(dotted), "given twice; keep one");
      return;
    }
    Key.named(dotted).ifPresentOrElse(key -> known(key, list, texts), () -> unknown(dotted));
  }

  private void known(Key key, boolean list, List<String> texts) {
    if (texts.isEmpty() || texts.stream().anyMatch(String::isBlank)) {
      faults.add(key.dotted(), "has no value, expected " + key.expectation());
    } else if (list && !key.list()) {
      faults.add(key.dotted(), "found a list, expected " + key.expectation());
    } else {
      found.put(key, new Found(texts, "", directory()));
    }
  }

  private static boolean section(String dotted) {
    return Stream.of(Key.values()).anyMatch(key -> key.dotted().startsWith(dotted + "."));
  }

  private void unknown(String dotted) {
    if (section(dotted)) {
      faults.add(dotted, "found a value, expected a mapping of keys below it");
      return;
    }
    faults.add(
        Shown.onOneLine(dotted),
        "not a known key"
            + Nearest.to(dotted, Stream.of(Key.values()).map(Key::dotted).toList())
                .map(name -> "; did you mean " + name + "?")
                .orElse("; remove it"));
  }

  private Path directory() {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file : parent;
  }

  private void fault(String detail) {
    faults.add(file.toString(), detail);
  }

  /** A YAML anchor or alias stood in the file. */
  private static final class AnchorFound extends JsonProcessingException {
    private static final long serialVersionUID = 1L;

    AnchorFound(YAMLParser parser) {
      super(
          "anchors (&) and aliases (*) are not read; write the value out",
          parser.currentTokenLocation());
    }
  }
}
