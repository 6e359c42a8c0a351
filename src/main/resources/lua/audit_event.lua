-- Appends a door's event unless it was stored before: 1, or 0. Of each of a door's last boots it
-- keeps '<last heard>:<highest seq>:<window>', where the window has one digit for each of the
-- latest seqs, the highest first: 1 if that one was stored. Of a seq below that window nothing is
-- known any more; it is stored, for to lose an event is worse than to repeat one.
local seen_key, audit_key = unpack(KEYS)
local boot, seq, heard_at = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local record, record_ttl_ms = ARGV[4], ARGV[5]
local window_max, boots_max, seen_ttl_ms = tonumber(ARGV[6]), tonumber(ARGV[7]), ARGV[8]

-- A log of another type must show before the event is noted as stored, or it would be lost.
redis.call('XLEN', audit_key)

-- What cannot be read goes first.
local function forget_longest_unheard()
  local oldest, oldest_at
  local entries = redis.call('HGETALL', seen_key)
  for index = 1, #entries, 2 do
    local at = tonumber(string.match(entries[index + 1], '^%d+') or 0)
    if not oldest or at < oldest_at then
      oldest, oldest_at = entries[index], at
    end
  end
  redis.call('HDEL', seen_key, oldest)
end

-- The window with this seq in it, unchanged when it lies below; nil when it was there.
local function advanced(highest, window)
  local ahead = seq - highest
  if ahead >= window_max then
    return '1'
  elseif ahead > 0 then
    return string.sub('1' .. string.rep('0', ahead - 1) .. window, 1, window_max)
  end
  local place = 1 - ahead
  if place > window_max then
    return window
  elseif string.sub(window, place, place) == '1' then
    return nil
  end
  local padded = window .. string.rep('0', place - #window)
  return string.sub(padded, 1, place - 1) .. '1' .. string.sub(padded, place + 1)
end

local highest, window = seq, '1'
local known = redis.call('HGET', seen_key, boot)
if known then
  local highest_known, window_known = string.match(known, '^%d+:(%d+):([01]+)$')
  if not highest_known then
    return redis.error_reply('UNREADABLE what a door\'s events were')
  end
  window = advanced(tonumber(highest_known), window_known)
  if not window then
    return 0
  end
  highest = math.max(seq, tonumber(highest_known))
elseif redis.call('HLEN', seen_key) >= boots_max then
  forget_longest_unheard()
end
redis.call('HSET', seen_key, boot, heard_at .. ':' .. string.format('%.0f', highest) .. ':' .. window)
redis.call('PEXPIRE', seen_key, seen_ttl_ms)
redis.call('XADD', audit_key, '*', 'record', record)
redis.call('PEXPIRE', audit_key, record_ttl_ms)
return 1
