-- Claims one visit under a grant, or says why not. Whatever can refuse comes before the first write.
-- ARGV: digest, unlock, courier, door, parcel ('' without), whether one is required, now, deadline,
-- life of the attempt in ms, rate a minute, building, oldest record kept in ms, audit record.
local attempt_key, grant_key, rate_key, pending_key, audit_key = unpack(KEYS)
local digest, unlock, courier, door, parcel, parcel_required = unpack(ARGV, 1, 6)
local now, deadline, attempt_ttl, rate_max = unpack(ARGV, 7, 10)
local building, oldest, record = unpack(ARGV, 11, 13)
local now_ms = tonumber(now)

local attempt = redis.call('HMGET', attempt_key, 'digest', 'unlock', 'door', 'state', 'reason', 'at')
if attempt[1] then
  if attempt[1] ~= digest then
    return {'denied', 'replayed'}
  end
  return {'recorded', attempt[2], attempt[3], attempt[4], attempt[5] or '', attempt[6] or ''}
end

local claims = tonumber(redis.call('GET', rate_key) or '0')
if claims >= tonumber(rate_max) then
  return {'denied', 'rate_limited', redis.call('PTTL', rate_key)}
end

local grant = redis.call('HMGET', grant_key, 'courier', 'door', 'not_before', 'not_after', 'parcels',
  'max_uses', 'grace', 'used', 'in_flight', 'opened_at')
if not grant[1] then
  return {'denied', 'unknown_grant'}
elseif grant[1] ~= courier or grant[2] ~= door then
  return {'denied', 'grant_mismatch'}
elseif now_ms < tonumber(grant[3]) then
  return {'denied', 'grant_not_started'}
elseif now_ms >= tonumber(grant[4]) then
  return {'denied', 'grant_expired'}
elseif parcel == '' and parcel_required == '1' then
  return {'denied', 'parcel_mismatch'}
elseif parcel ~= '' and not string.find(grant[5], parcel, 1, true) then
  return {'denied', 'parcel_mismatch'}
end

-- Opening again within the grace belongs to the same visit, and so does coming while its first
-- opening is awaited.
local grace, used, in_flight = tonumber(grant[7]), tonumber(grant[8]), tonumber(grant[9])
local opened_at = tonumber(grant[10] or nil)
local joins = grace > 0 and ((opened_at and now_ms < opened_at + grace) or (not opened_at and in_flight > 0))
if joins then
  redis.call('HINCRBY', grant_key, 'in_flight', 1)
elseif used >= tonumber(grant[6]) then
  return {'denied', 'grant_used_up'}
else
  redis.call('HSET', grant_key, 'used', used + 1, 'in_flight', 1)
  redis.call('HDEL', grant_key, 'opened_at')
end

redis.call('HSET', attempt_key, 'digest', digest, 'unlock', unlock, 'door', door, 'state', 'pending')
redis.call('PEXPIRE', attempt_key, attempt_ttl)
if redis.call('INCR', rate_key) == 1 then
  redis.call('PEXPIRE', rate_key, 60000)
end
redis.call('ZADD', pending_key, deadline, table.concat({attempt_key, grant_key, building}, ' '))
redis.call('XADD', audit_key, 'MINID', '~', oldest, '*', 'record', record)
return {'claimed'}
