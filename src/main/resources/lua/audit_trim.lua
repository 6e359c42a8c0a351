-- Removes from a building's log what is older than its retention, at most so many records and then
-- once those of one node of the stream. Returns how many it removed, or -1 where there is no log.
-- By the clock of Redis, as are the ids of the records: a gateway's may be wrong, and what is trimmed
-- is gone.
-- ARGV: building, records removed at most in whole nodes.
local audit_key, retention_key = unpack(KEYS)
local building, count_max = ARGV[1], tonumber(ARGV[2])
local batch_max, day_ms = 1000, 86400000

if redis.call('EXISTS', audit_key) == 0 then
  return -1
end
local days = tonumber(string.match(redis.call('HGET', retention_key, building) or '', '^%d+'))
if not days then
  return 0
end
local cutoff = string.format('%.0f', math.max(0, redis.call('TIME')[1] * 1000 - days * day_ms))
local removed, last = 0, nil
repeat
  last = redis.call('XTRIM', audit_key, 'MINID', '~', cutoff, 'LIMIT', batch_max)
  removed = removed + last
until last == 0 or removed >= count_max
if last == 0 then
  -- The first node is partly younger.
  removed = removed + redis.call('XTRIM', audit_key, 'MINID', '=', cutoff)
end
return removed
