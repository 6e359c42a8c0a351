package io.vestibule.grant;

import io.vestibule.testing.StoreFixture;

/** What holds of the end of attempts on Redis holds on the simulated one. */
class SimulatedClosedAttemptsTest extends ClosedAttemptsIT {
  @Override
  ClaimStage on() {
    return new ClaimStage(StoreFixture.simulated());
  }
}
