-- Closes a pending attempt and settles its visit. Of several outcomes the first stands.
-- Returns 1 or 0 for whether this one was it, then state, reason and time on record.
local attempt_key, grant_key, pending_key, audit_key = unpack(KEYS)
local unlock, state, reason, at = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local attempt_ttl_ms = ARGV[5]
local record, record_ttl_ms, claimant = ARGV[6], tonumber(ARGV[7]), ARGV[8]

local function write_record()
  redis.call('ZREM', pending_key, unlock)
  redis.call('XADD', audit_key, '*', 'record', record)
  -- The retention is as it was at the claim: it may lengthen the log's life, and never cuts it.
  if redis.call('PTTL', audit_key) < record_ttl_ms then
    redis.call('PEXPIRE', audit_key, record_ttl_ms)
  end
end

local attempt = redis.call('HMGET', attempt_key,
  'state', 'reason', 'at', 'claimed_at', 'deadline', 'visit', 'claimant')
if not attempt[1] then
  -- The claim was never made, or Redis lost it in a failover. What a door did, or may have done, is
  -- still worth a record; that it did nothing is not.
  if state ~= 'refused' then
    write_record()
    return {1, state, reason, at}
  end
  -- A claim that is still on its way must find that its attempt is over.
  redis.call('HSET', attempt_key, 'state', state, 'reason', reason, 'at', at, unpack(ARGV, 9))
  redis.call('PEXPIRE', attempt_key, attempt_ttl_ms)
  return {1, state, reason, at}
end
if attempt[1] ~= 'pending' then
  return {0, attempt[1], attempt[2], attempt[3]}
end
-- Of the same bytes on two gateways one made the claim, and it alone knows that nothing was
-- commanded. The other, whose own claim got lost, must not give back what may be opening a door.
if state == 'refused' and attempt[7] ~= claimant then
  return {0, 'unknown', '', attempt[5]}
end
local claimed_at, deadline = tonumber(attempt[4]), tonumber(attempt[5])

-- When the visit began by this attempt's word. Doors' clocks are not trusted with the length of a
-- grace: an opening lies between its claim and its deadline. One that may have happened began at
-- its claim.
local function opening()
  if state == 'unknown' then
    return claimed_at
  end
  return math.max(claimed_at, math.min(tonumber(at), deadline))
end

local function settle()
  local grant = redis.call('HMGET', grant_key,
    'visit_seq', 'visit_at', 'visit_pending', 'used', 'grace_ms')
  if not grant[1] then
    return -- Expired: nothing is left to settle, and a part of a grant must not come back.
  end
  local opened_at, used = tonumber(grant[2] or nil), tonumber(grant[4])
  if grant[1] ~= attempt[6] then
    -- A newer visit is under way. With a grace, it could begin only once this one had an opening,
    -- so nothing can be given back. Without, this attempt alone was its visit.
    if state == 'refused' and tonumber(grant[5]) == 0 then
      redis.call('HSET', grant_key, 'used', math.max(0, used - 1))
    end
    return
  end
  local in_flight = math.max(0, tonumber(grant[3]) - 1)
  redis.call('HSET', grant_key, 'visit_pending', in_flight)
  if state ~= 'refused' then
    redis.call('HSET', grant_key, 'visit_at', math.min(opened_at or opening(), opening()))
  elseif not opened_at and in_flight == 0 then
    redis.call('HSET', grant_key, 'used', math.max(0, used - 1))
  end
end

settle()
redis.call('HSET', attempt_key, 'state', state, 'reason', reason, 'at', at)
redis.call('PEXPIRE', attempt_key, attempt_ttl_ms)
write_record()
return {1, state, reason, at}
