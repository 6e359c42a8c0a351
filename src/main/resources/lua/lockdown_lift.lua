-- Lifts a lockdown and records that: 1, or 0 when there was none, or it had ended by itself. One that
-- cannot be read had no end. ARGV: record, life of records in ms, now in ms.
redis.call('XLEN', KEYS[2]) -- One of another type must show before the first write.
local lockdown = redis.call('GET', KEYS[1])
if not lockdown then
  return 0
end
redis.call('DEL', KEYS[1])
local readable, entry = pcall(cjson.decode, lockdown)
local ends = readable and type(entry) == 'table' and tonumber(entry['until'])
if ends and ends <= tonumber(ARGV[3]) then
  return 0
end
redis.call('XADD', KEYS[2], '*', 'record', ARGV[1])
redis.call('PEXPIRE', KEYS[2], ARGV[2])
return 1
