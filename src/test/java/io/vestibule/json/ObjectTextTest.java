package io.vestibule.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ObjectTextTest {
  @Test
  void membersStandInTheirOrder_withObjectsInside() {
    String text =
        new ObjectText()
            .put("type", "opened")
            .put("count", 3L)
            .put("data", new ObjectText().put("last", (Object) true).put("of", (Object) 2.5))
            .put("reasons", (Object) Map.of("expired", 7))
            .put("nothing", new ObjectText())
            .toString();

    assertThat(text)
        .isEqualTo(
            "{\"type\":\"opened\",\"count\":3,\"data\":{\"last\":true,\"of\":2.5},"
                + "\"reasons\":{\"expired\":7},\"nothing\":{}}");
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
