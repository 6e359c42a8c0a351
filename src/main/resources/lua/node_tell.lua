-- Sends a message to a node. KEYS: its lease. ARGV: PUBLISH or SPUBLISH; the node's channel; the message; whether the node
-- must have a lease, 1 or 0. Replies how many heard it; -1 where the node has no lease and must, and nothing was sent.
if ARGV[4] == '1' and redis.call('EXISTS', KEYS[1]) == 0 then
  return -1
end
return redis.call(ARGV[1], ARGV[2], ARGV[3])
