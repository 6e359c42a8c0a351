package io.vestibule.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IdentifiersTest {
  static final List<Kind> KINDS =
      List.of(
          new Kind("building", BuildingId::new, BuildingId::parse),
          new Kind("carrier", CarrierId::new, CarrierId::parse),
          new Kind("courier", CourierId::new, CourierId::parse),
          new Kind("door", DoorId::new, DoorId::parse),
          new Kind("grant", GrantId::new, GrantId::parse),
          new Kind("manager", ManagerId::new, ManagerId::parse),
          new Kind("unlock", UnlockId::new, UnlockId::parse));

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "z", "A", "Z", "0", "9", "a.b_c-d", "9azAZ09", "a-", "a..", "front-door.2_B"})
  void text_thatFollowsTheSyntax_isLegal(String text) {
    assertThat(Identifiers.legal(text)).isTrue();
  }

  /** Among them the neighbours, in ASCII, of all that is legal. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ".a", "_a", "-a", "a b", " a", "a ", "a/b", "a:b", "a@b", "a[b", "a`b", "a{b", "a,b",
        "/", ":", "@", "[", "`", "{", "a+b", "a#", "ä", "aä", "a\n", "a\0"
      })
  void anyOtherText_isNot(String text) {
    assertThat(Identifiers.legal(text)).isFalse();
  }

  @Test
  void length_isAtMost64() {
    assertThat(Identifiers.legal("x".repeat(64))).isTrue();
    assertThat(Identifiers.legal("x".repeat(65))).isFalse();
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void id_keepsALegalText_andRefusesAnyOther(Kind kind) {
    assertThat(kind.make().apply("front-1")).hasToString("front-1");
    assertThat(kind.parse().apply("front-1").map(Object::toString)).hasValue("front-1");
    assertThat(kind.parse().apply("front 1")).isEmpty();
    assertThatThrownBy(() -> kind.make().apply("front 1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(kind.name())
        .hasMessageNotContaining("front 1");
  }

  record Kind(String name, Function<String, Object> make, Function<String, Optional<?>> parse) {
    @Override
    public String toString() {
      return name;
    }
  }
}
