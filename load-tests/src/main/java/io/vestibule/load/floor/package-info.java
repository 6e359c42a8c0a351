/**
 * The floor of an unlock's cost: a program on Netty alone that does its input and output over the
 * wire and nothing else. It takes the request, puts the attempt and a record in Redis before it
 * commands the door over mTLS, takes the ack, puts a closing record in Redis, answers. It reads no
 * claim, verifies and signs nothing, has no policy, deadline, metric or trace, and trusts what the
 * generator sends. What it costs, no program over these sockets does without.
 */
@NullMarked
package io.vestibule.load.floor;

import org.jspecify.annotations.NullMarked;
