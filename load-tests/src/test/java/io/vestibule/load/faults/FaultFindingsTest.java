package io.vestibule.load.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FaultFindingsTest {
  @Test
  void couriersWhoDidNotCome_areCounted() {
    Evidence nothing = new Evidence(List.of(), List.of(), List.of(), List.of(), List.of());

    assertThat(new FaultFindings(nothing, List.of(), List.of(), 3).figures())
        .filteredOn(figure -> figure.subject().name().startsWith("couriers who did not come"))
        .singleElement()
        .extracting(figure -> figure.value())
        .isEqualTo(3.0);
  }
}
