-- Appends the record of a denial while its building's minute has room for it, and counts it from then
-- on; first writes the one record of what was counted in a minute that is over. Returns 1 for a record
-- of its own, else 0.
-- The minute is the caller's and only moves forward: clocks of several gateways differ, and a denial of
-- one that is behind counts in the latest minute, so that none is begun or ended twice.
-- ARGV: building, start of the minute in ms; and, unless only the minute before is to end: records a
-- minute, reason, record, record of what is counted, life of records in ms.
local tally_key, suppressed_key, audit_key = unpack(KEYS)
local building, minute = ARGV[1], tonumber(ARGV[2])
local count_max, reason, record, template, record_ttl_ms = unpack(ARGV, 3)
local minute_ms = 60000

-- A key of another type must show before the first write.
redis.call('HLEN', tally_key)
redis.call('ZCARD', suppressed_key)
redis.call('XLEN', audit_key)

local function write_counted()
  local tally = redis.call('HGETALL', tally_key)
  local fields, total, reasons = {}, 0, {}
  for index = 1, #tally, 2 do
    local name, value = tally[index], tally[index + 1]
    local counted = string.match(name, '^reason:(.*)$')
    if counted then
      total = total + tonumber(value)
      reasons[#reasons + 1] = '"' .. counted .. '":' .. value
    end
    fields[name] = value
  end
  local counts = string.gsub(fields['template'], '"count":0', '"count":' .. total, 1)
  counts = string.gsub(counts, '"reasons":{}', '"reasons":{' .. table.concat(reasons, ',') .. '}', 1)
  redis.call('XADD', audit_key, '*', 'record', counts)
  if redis.call('PTTL', audit_key) < tonumber(fields['record_ttl_ms']) then
    redis.call('PEXPIRE', audit_key, fields['record_ttl_ms'])
  end
end

local latest = tonumber(redis.call('HGET', tally_key, 'minute') or nil)
local over = not latest or minute > latest
if over then
  if redis.call('ZREM', suppressed_key, building) == 1 and latest then
    write_counted()
  end
  redis.call('DEL', tally_key)
  redis.call('HSET', tally_key, 'minute', ARGV[2])
  redis.call('PEXPIRE', tally_key, 2 * minute_ms)
end
if not record then
  return 0
end
if redis.call('HSETNX', tally_key, 'template', template) == 1 then
  redis.call('HSET', tally_key, 'record_ttl_ms', record_ttl_ms)
end

if redis.call('HINCRBY', tally_key, 'count', 1) <= tonumber(count_max) then
  redis.call('PEXPIRE', tally_key, 2 * minute_ms)
  redis.call('XADD', audit_key, '*', 'record', record)
  redis.call('PEXPIRE', audit_key, record_ttl_ms)
  return 1
end
redis.call('HINCRBY', tally_key, 'reason:' .. reason, 1)
-- What is counted must not end before it is on record.
redis.call('PERSIST', tally_key)
redis.call('ZADD', suppressed_key, 'NX', (latest and not over and latest or minute) + minute_ms, building)
return 0
