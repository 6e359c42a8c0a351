package io.vestibule.grant;

import io.vestibule.testing.StoreFixture;

/** What holds of grants on Redis holds on the simulated one. */
class SimulatedGrantsTest extends RedisGrantsIT {
  @Override
  ClaimStage on() {
    return new ClaimStage(StoreFixture.simulated());
  }
}
