-- Renews a node's lease and sends the node a message of its own, which shows whether it is heard where others publish.
-- KEYS: the lease. ARGV: its length in milliseconds; PUBLISH or SPUBLISH; the node's channel; the message.
-- Replies: whether the lease stood; how many heard the message.
local stood = redis.call('SET', KEYS[1], '1', 'PX', ARGV[1], 'GET')
return {stood and 1 or 0, redis.call(ARGV[2], ARGV[3], ARGV[4])}
