package io.vestibule.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vestibule.access.Reason;
import io.vestibule.audit.RecordType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/openapi.yaml is about the API that there is. */
final class OpenApiTest {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");

  private final JsonNode document;

  OpenApiTest() throws IOException {
    document = new YAMLMapper().readTree(Path.of("docs/openapi.yaml").toFile());
  }

  @Test
  void routes_areThoseOfTheDocument() throws Exception {
    try (HttpFixture fixture = new HttpFixture()) {
      Set<String> served = new TreeSet<>();
      for (Route route : fixture.routes()) {
        Set<HttpMethod> methods = route.methods();
        if (methods != null) {
          methods.stream()
              .filter(method -> !method.equals(HttpMethod.HEAD)) // It goes with GET.
              .forEach(method -> served.add(method + " " + inBraces(route.getPath())));
        }
      }

      assertThat(documented()).isEqualTo(served);
    }
  }

  @Test
  void reasons_areThoseOfTheDocument_inOrderOfPrecedence() {
    List<String> codes =
        Stream.concat(
                Arrays.stream(Reason.values()).map(Reason::code),
                Arrays.stream(ApiReason.values()).map(ApiReason::code))
            .toList();

    assertThat(schemaEnum("Reason")).isEqualTo(codes);
  }

  @Test
  void recordTypes_areThoseOfTheDocument() {
    List<String> types =
        Stream.concat(
                Arrays.stream(RecordType.values()).map(RecordType::code),
                Stream.of("vestibule.audit.unreadable"))
            .toList();

    assertThat(schemaEnum("RecordType")).isEqualTo(types);
  }

  @Test
  void references_allLeadSomewhere() {
    for (JsonNode reference : document.findValues("$ref")) {
      assertThat(document.at(reference.textValue().substring(1)).isMissingNode())
          .as(reference.textValue())
          .isFalse();
    }
  }

  private Set<String> documented() {
    Set<String> documented = new TreeSet<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> {
                          if (METHODS.contains(method)) {
                            documented.add(HttpMethod.valueOf(upper(method)) + " " + path.getKey());
                          }
                        }));
    return documented;
  }

  private List<String> schemaEnum(String schema) {
    List<String> values = new ArrayList<>();
    document
        .path("components")
        .path("schemas")
        .path(schema)
        .path("enum")
        .forEach(value -> values.add(value.textValue()));
    return values;
  }

  private static String upper(String method) {
    return method.toUpperCase(java.util.Locale.ROOT);
  }

  private static String inBraces(String path) {
    return path.replaceAll(":([a-z]+)", "{$1}");
  }
}
