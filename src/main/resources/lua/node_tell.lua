-- Sends a message to a node that is alive. KEYS: its lease. ARGV: PUBLISH or SPUBLISH; the node's channel; the message.
-- Replies how many heard it; -1 where the node has no lease, and nothing was sent.
if redis.call('EXISTS', KEYS[1]) == 0 then
  return -1
end
return redis.call(ARGV[1], ARGV[2], ARGV[3])
