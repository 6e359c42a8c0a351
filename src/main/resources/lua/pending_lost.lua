-- Ends a pending entry whose attempt is gone, with its closing record: 1, or 0 when another did.
-- ARGV: entry, record, life of records in ms.
-- A key of another type must show before the first write.
redis.call('XLEN', KEYS[2])
if redis.call('ZREM', KEYS[1], ARGV[1]) == 0 then
  return 0
end
redis.call('XADD', KEYS[2], '*', 'record', ARGV[2])
if redis.call('PTTL', KEYS[2]) < tonumber(ARGV[3]) then
  redis.call('PEXPIRE', KEYS[2], ARGV[3])
end
return 1
