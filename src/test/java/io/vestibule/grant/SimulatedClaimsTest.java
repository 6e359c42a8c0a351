package io.vestibule.grant;

import io.vestibule.testing.StoreFixture;

/** What holds of claims on Redis holds on the simulated one. */
class SimulatedClaimsTest extends RedisClaimsIT {
  @Override
  ClaimStage on() {
    return new ClaimStage(StoreFixture.simulated());
  }
}
