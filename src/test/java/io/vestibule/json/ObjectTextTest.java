package io.vestibule.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ObjectTextTest {
  @Test
  void membersStandInTheirOrder_withObjectsInside() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("of", 2.5);
    data.put("reasons", Map.of("expired", 7));
    data.put("all", false);

    String text =
        new ObjectText()
            .put("type", "opened")
            .put("count", 3L)
            .put("data", data)
            .put("nothing", Map.of())
            .put("text", "{")
            .put("last", true)
            .toString();

    assertThat(text)
        .isEqualTo(
            "{\"type\":\"opened\",\"count\":3,\"data\":{\"of\":2.5,"
                + "\"reasons\":{\"expired\":7},\"all\":false},\"nothing\":{},"
                + "\"text\":\"{\",\"last\":true}");
  }

  @Property
  void anyText_isReadAsItWas(@ForAll String value) throws MalformedJson {
    ObjectNode expected = Json.object().put("a", value).put("b", 1L);

    String text = new ObjectText().put("a", value).put("b", 1L).toString();

    assertThat(Json.read(text)).isEqualTo(Json.read(Json.write(expected)));
  }

  @Test
  void whatIsNoJson_isRefused() {
    assertThatThrownBy(() -> new ObjectText().put("list", (Object) List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("list");
  }
}
