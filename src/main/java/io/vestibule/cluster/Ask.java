package io.vestibule.cluster;

import java.time.Duration;

/**
 * Asks the owner of a door to command it, once.
 *
 * @param id names the answer to the asker
 * @param epoch of the session that the asker found registered
 * @param jws the signed command, which names door and unlock and says until when it holds
 * @param ackTimeout how long the door's ack is waited for
 */
public record Ask(long id, NodeName from, long epoch, String jws, Duration ackTimeout) {}
