package io.vestibule.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * The bill of materials in the jar says what the jar carries, by what the jar carries. Its plugin
 * makes none while Maven is offline.
 */
@DisabledIfSystemProperty(named = "vestibule.offline", matches = "offline: true")
final class SbomIT {
  private static final Pattern PURL =
      Pattern.compile("pkg:maven/([^/]+)/([^@]+)@([^?]+)\\?(?:classifier=([^&]+)&)?type=jar");

  @Test
  void bundledDependencies_areEachNamed_andNoOther() throws Exception {
    assertThat(components().stream().map(SbomIT::file))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(PackedJar.bundled());
  }

  @Test
  void eachDependency_hasItsVersionLicenceAndPurl() throws Exception {
    assertThat(components())
        .hasSizeGreaterThan(50)
        .allSatisfy(
            component -> {
              MatchResult purl = purl(component);
              assertThat(component.path("group").asText()).isEqualTo(purl.group(1));
              assertThat(component.path("name").asText()).isEqualTo(purl.group(2));
              assertThat(component.path("version").asText()).isEqualTo(purl.group(3));
              assertThat(component.path("licenses")).as(purl.group()).isNotEmpty();
              assertThat(component.path("hashes").findValuesAsText("alg")).contains("SHA-256");
            });
  }

  @Test
  void itself_isNamedWithItsVersionAndLicence() throws Exception {
    JsonNode itself = bom().path("metadata").path("component");

    assertThat(PackedJar.text("META-INF/MANIFEST.MF"))
        .contains("Implementation-Version: " + itself.path("version").asText());
    assertThat(itself.path("type").asText()).isEqualTo("application");
    assertThat(itself.path("licenses").findValuesAsText("id")).containsExactly("Apache-2.0");
  }

  @Test
  void reportForPeople_hasEachOfThem() throws Exception {
    String report = PackedJar.text("META-INF/THIRD-PARTY.txt");

    assertThat(components())
        .allSatisfy(
            component -> {
              MatchResult purl = purl(component);
              assertThat(report)
                  .contains("(%s:%s:%s ".formatted(purl.group(1), purl.group(2), purl.group(3)));
            });
  }

  private static JsonNode bom() throws JsonProcessingException {
    return new ObjectMapper().readTree(PackedJar.text("META-INF/sbom/vestibule.cdx.json"));
  }

  private static List<JsonNode> components() throws JsonProcessingException {
    return StreamSupport.stream(bom().path("components").spliterator(), false).toList();
  }

  private static MatchResult purl(JsonNode component) {
    Matcher purl = PURL.matcher(component.path("purl").asText());
    assertThat(purl.matches()).as(component.path("purl").asText()).isTrue();
    return purl.toMatchResult();
  }

  /** As Maven's repository has it. */
  private static String file(JsonNode component) {
    MatchResult purl = purl(component);
    String classifier = purl.group(4) == null ? "" : "-" + purl.group(4);
    return purl.group(2) + "-" + purl.group(3) + classifier + ".jar";
  }
}
