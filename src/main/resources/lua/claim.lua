-- Claims one visit under a grant for one attempt, or says why not. All or nothing: whatever can
-- refuse comes before the first write.
-- Times are milliseconds of the epoch by the caller's clock.
local attempt_key, grant_key, rate_key, lockdown_key, pending_key, audit_key = unpack(KEYS)
local now = tonumber(ARGV[1])
local unlock, request_hash = ARGV[2], ARGV[3]
local courier, carrier, door, building = ARGV[4], ARGV[5], ARGV[6], ARGV[7]
local grant_id, parcel, parcel_required = ARGV[8], ARGV[9], ARGV[10] == '1'
local deadline, retention_days = ARGV[11], ARGV[12]
local rate_max, rate_per_ms = tonumber(ARGV[13]), tonumber(ARGV[14])
local record, record_ttl_ms = ARGV[15], ARGV[16]
local overdue_ms, claimant = tonumber(ARGV[17]), ARGV[18]

-- What we did not write grants nothing: a number of ours is a row of digits.
local function number(text, name)
  if not text or not string.match(text, '^%d+$') then
    error({err = 'UNREADABLE no number: ' .. name})
  end
  return tonumber(text)
end
local function number_or_none(text, name)
  return text and number(text, name) or nil
end

local function denied(reason, retry_after_ms)
  return {'denied', reason, retry_after_ms or 0}
end

-- 1. The same bytes again are a retry; the same name on other bytes is a replay.
local known = redis.call('HGETALL', attempt_key)
if #known > 0 then
  local recorded_hash
  for index = 1, #known, 2 do
    if known[index] == 'request_hash' then
      recorded_hash = known[index + 1]
    end
  end
  if recorded_hash == request_hash then
    return {'on_record', known}
  elseif recorded_hash then
    return denied('replayed')
  end
  return redis.error_reply('UNREADABLE an attempt without request_hash')
end

-- 2. A lockdown that cannot be read is one without an end.
local lockdown = redis.call('GET', lockdown_key)
if lockdown then
  local readable, entry = pcall(cjson.decode, lockdown)
  local ends = readable and type(entry) == 'table' and tonumber(entry['until'])
  if not ends or ends > now then
    return denied('lockdown')
  end
end

-- 3. The list holds the latest claims of this door, newest first.
local bounding = number_or_none(redis.call('LINDEX', rate_key, rate_max - 1), 'rate')
if bounding and now - bounding < rate_per_ms then
  return denied('rate_limited', bounding + rate_per_ms - now)
end

-- 4. The grant, in the order of the reasons.
local values = redis.call('HMGET', grant_key,
  'courier', 'carrier', 'door', 'building', 'revoked_at', 'closed_at', 'not_before', 'not_after',
  'parcels', 'max_uses', 'grace_ms', 'used', 'visit_seq', 'visit_at', 'visit_pending',
  'visit_claimed_at', 'visit_due')
if not values[1] then
  return denied('unknown_grant')
end
if values[1] ~= courier or values[2] ~= carrier or values[3] ~= door or values[4] ~= building then
  return denied('grant_mismatch')
end
if values[5] then
  return denied('grant_revoked')
end
if values[6] then
  return denied('grant_closed')
end
if now < number(values[7], 'not_before') then
  return denied('grant_not_started')
end
if now >= number(values[8], 'not_after') then
  return denied('grant_expired')
end

local function parcel_matches()
  if parcel == '' then
    return not parcel_required
  end
  for expected in string.gmatch(values[9] or '', '[^,]+') do
    if expected == parcel then
      return true
    end
  end
  return false
end
if not parcel_matches() then
  return denied('parcel_mismatch')
end

-- A use is a visit. Within the grace of its first opening another attempt belongs to it; so it does
-- while the visit's first opening is still awaited. What is overdue will be closed as unknown by
-- somebody, so its visit began at its claim.
local max_uses, grace_ms = number(values[10], 'max_uses'), number(values[11], 'grace_ms')
local used, visit = number(values[12], 'used'), number(values[13], 'visit_seq')
local opened_at = number_or_none(values[14], 'visit_at')
local in_flight = number(values[15], 'visit_pending')
local claimed_at = number_or_none(values[16], 'visit_claimed_at')
local due = number_or_none(values[17], 'visit_due')
if in_flight > 0 and not (claimed_at and due) then
  return redis.error_reply('UNREADABLE a visit without its times')
end
local function joins_visit()
  if grace_ms == 0 then
    return false
  elseif opened_at then
    return now < opened_at + grace_ms
  elseif in_flight == 0 then
    return false
  end
  return now <= due + overdue_ms or now < claimed_at + grace_ms
end
local joins = joins_visit()
if not joins and used >= max_uses then
  return denied('grant_used_up')
end

-- 5. From here on everything is granted and only written. The keys that were not read come first: one
-- of another type must show while nothing else is written, or half a claim would be left.
local pending = table.concat({unlock, door, building, retention_days}, ' ')
redis.call('ZADD', pending_key, deadline, pending)
local recorded = redis.pcall('XADD', audit_key, '*', 'record', record)
if type(recorded) == 'table' then
  redis.call('ZREM', pending_key, pending)
  return recorded
end
redis.call('PEXPIRE', audit_key, record_ttl_ms)
if joins then
  redis.call('HSET', grant_key,
    'visit_pending', in_flight + 1, 'visit_due', math.max(due, tonumber(deadline)))
else
  visit = visit + 1
  redis.call('HSET', grant_key,
    'used', used + 1, 'visit_seq', visit, 'visit_pending', '1',
    'visit_claimed_at', ARGV[1], 'visit_due', deadline)
  if opened_at then
    redis.call('HDEL', grant_key, 'visit_at')
  end
end
redis.call('HSET', attempt_key,
  'unlock', unlock, 'request_hash', request_hash, 'courier', courier, 'carrier', carrier,
  'door', door, 'building', building, 'retention_days', retention_days, 'grant', grant_id,
  'claimed_at', ARGV[1], 'deadline', deadline, 'claimant', claimant, 'visit', visit,
  'state', 'pending')
if redis.call('LPUSH', rate_key, ARGV[1]) > rate_max then
  redis.call('LTRIM', rate_key, 0, rate_max - 1)
end
redis.call('PEXPIRE', rate_key, ARGV[14])
return {'claimed'}
