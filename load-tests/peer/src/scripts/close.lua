-- Closes an attempt; the first outcome stands. A visit is given back where the door did not open.
-- ARGV: state, reason, at, building, oldest record kept in ms, audit record.
local attempt_key, grant_key, pending_key, audit_key = unpack(KEYS)
local state, reason, at, building, oldest, record = unpack(ARGV)

redis.call('ZREM', pending_key, table.concat({attempt_key, grant_key, building}, ' '))
if redis.call('HGET', attempt_key, 'state') ~= 'pending' then
  return 0
end
redis.call('HSET', attempt_key, 'state', state, 'reason', reason, 'at', at)

if redis.call('EXISTS', grant_key) == 1 then
  local in_flight = redis.call('HINCRBY', grant_key, 'in_flight', -1)
  if state ~= 'refused' then
    redis.call('HSETNX', grant_key, 'opened_at', at)
  elseif in_flight == 0 and redis.call('HEXISTS', grant_key, 'opened_at') == 0 then
    redis.call('HINCRBY', grant_key, 'used', -1)
  end
end
redis.call('XADD', audit_key, 'MINID', '~', oldest, '*', 'record', record)
return 1
