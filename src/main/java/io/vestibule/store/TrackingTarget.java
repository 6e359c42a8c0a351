package io.vestibule.store;

import io.vertx.redis.client.RedisOptions;

/**
 * One server whose changes are to be heard.
 *
 * @param options how it is reached
 * @param slotTag a hash tag whose slot that server owns: a key with it is written there
 */
record TrackingTarget(RedisOptions options, String slotTag) {}
