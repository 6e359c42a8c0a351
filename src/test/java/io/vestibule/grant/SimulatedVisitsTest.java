package io.vestibule.grant;

import io.vestibule.testing.StoreFixture;

/** What holds of visits on Redis holds on the simulated one. */
class SimulatedVisitsTest extends VisitsIT {
  @Override
  ClaimStage on() {
    return new ClaimStage(StoreFixture.simulated());
  }
}
