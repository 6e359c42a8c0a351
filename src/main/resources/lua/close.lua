-- Closes a pending attempt and settles its visit. Of several outcomes the first stands.
-- Returns 1 or 0 for whether this one was it, then state, reason and time on record.
local attempt_key, grant_key, pending_key, audit_key = unpack(KEYS)
local unlock, state, reason, at = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local attempt_ttl_ms = ARGV[5]
local record, record_ttl_ms = ARGV[6], ARGV[7]
local claimant, request_hash, courier, carrier = ARGV[8], ARGV[9], ARGV[10], ARGV[11]
local door, building, retention_days, grant_id = ARGV[12], ARGV[13], ARGV[14], ARGV[15]
local claimed_at, deadline = ARGV[16], ARGV[17]

-- A value that is no number must show before the first write: an error further down would leave half
-- an outcome.
local function number(text, name)
  if not text or not string.match(text, '^%d+$') then
    error({err = 'UNREADABLE no number: ' .. name})
  end
  return tonumber(text)
end

local attempt = redis.call('HMGET', attempt_key,
  'state', 'reason', 'at', 'visit', 'claimant', 'deadline')
if attempt[1] and attempt[1] ~= 'pending' then
  return {0, attempt[1], attempt[2], attempt[3]}
end
-- That nothing was opened is known of one's own claim alone: the same bytes may have been claimed,
-- and commanded, by another gateway, while this one never heard what became of its claim.
if attempt[1] and state == 'refused' and attempt[5] and attempt[5] ~= claimant then
  return {0, 'unknown', '', attempt[6] or at}
end

local grant
local fields = redis.call('HMGET', grant_key,
  'visit_seq', 'visit_at', 'visit_pending', 'used', 'grace_ms', 'max_uses')
if fields[1] then
  grant = {
    visit = number(fields[1], 'visit_seq'),
    opened_at = fields[2] and number(fields[2], 'visit_at') or nil,
    in_flight = number(fields[3], 'visit_pending'),
    used = number(fields[4], 'used'),
    grace_ms = number(fields[5], 'grace_ms'),
    max_uses = number(fields[6], 'max_uses'),
  }
end
local visit = attempt[1] and number(attempt[4], 'visit')

local pending = table.concat({unlock, door, building, retention_days}, ' ')

-- The retention is as it was at the claim: it may lengthen the log's life, and never cuts it.
local function lengthen_log()
  if redis.call('PEXPIRE', audit_key, record_ttl_ms, 'GT') == 0 then
    -- Of a log that has no life yet nothing is greater.
    redis.call('PEXPIRE', audit_key, record_ttl_ms, 'NX')
  end
end

-- When the visit began by this attempt's word. Doors' clocks are not trusted with the length of a
-- grace: an opening lies between its claim and its deadline. One that may have happened began at
-- its claim.
local function opening()
  if state == 'unknown' then
    return tonumber(claimed_at)
  end
  return math.max(tonumber(claimed_at), math.min(tonumber(at), tonumber(deadline)))
end

-- With the claim, Redis lost the visit that it had counted. To count one too many costs a courier a
-- visit, to count none lets a used grant open again.
local function count_lost_visit()
  if grant then
    redis.call('HSET', grant_key,
      'used', math.min(grant.used + 1, grant.max_uses), 'visit_seq', grant.visit + 1,
      'visit_pending', 0, 'visit_at', opening())
  end
end

if not attempt[1] then
  -- The claim was never made, or Redis lost it in a failover. A claim that is still on its way, and a
  -- retry, must find that the attempt is over. What a door did, or may have done, is worth a record;
  -- that it did nothing is not, unless the claim is known to have been made.
  redis.call('XLEN', audit_key)
  local was_pending = redis.call('ZREM', pending_key, pending) == 1
  redis.call('HSET', attempt_key,
    'unlock', unlock, 'request_hash', request_hash, 'courier', courier, 'carrier', carrier,
    'door', door, 'building', building, 'retention_days', retention_days, 'grant', grant_id,
    'claimed_at', claimed_at, 'deadline', deadline, 'claimant', claimant,
    'state', state, 'reason', reason, 'at', at)
  redis.call('PEXPIRE', attempt_key, attempt_ttl_ms)
  if state ~= 'refused' then
    count_lost_visit()
  end
  if was_pending or state ~= 'refused' then
    redis.call('XADD', audit_key, '*', 'record', record)
    lengthen_log()
  end
  return {1, state, reason, at}
end

local function settle()
  if not grant then
    return -- Expired: nothing is left to settle, and a part of a grant must not come back.
  end
  if grant.visit ~= visit then
    -- A newer visit is under way. With a grace, it could begin only once this one had an opening,
    -- so nothing can be given back. Without, this attempt alone was its visit.
    if state == 'refused' and grant.grace_ms == 0 then
      redis.call('HSET', grant_key, 'used', math.max(0, grant.used - 1))
    end
    return
  end
  local in_flight = math.max(0, grant.in_flight - 1)
  if state ~= 'refused' then
    redis.call('HSET', grant_key, 'visit_pending', in_flight,
      'visit_at', math.min(grant.opened_at or opening(), opening()))
  elseif not grant.opened_at and in_flight == 0 then
    redis.call('HSET', grant_key, 'visit_pending', in_flight, 'used', math.max(0, grant.used - 1))
  else
    redis.call('HSET', grant_key, 'visit_pending', in_flight)
  end
end

-- The keys that were not read come first: one of another type must show while nothing else is
-- written.
local was_pending = redis.call('ZREM', pending_key, pending) == 1
local recorded = redis.pcall('XADD', audit_key, '*', 'record', record)
if type(recorded) == 'table' then
  if was_pending then
    redis.call('ZADD', pending_key, attempt[6] or deadline, pending)
  end
  return recorded
end
lengthen_log()
settle()
redis.call('HSET', attempt_key, 'state', state, 'reason', reason, 'at', at)
redis.call('PEXPIRE', attempt_key, attempt_ttl_ms)
return {1, state, reason, at}
